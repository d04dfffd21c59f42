"""Who asks, and what they may."""

from __future__ import annotations

from dataclasses import dataclass

from hrreco.workspace.roles import GRANTED, Role, Scope


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks.

    Attributes
    ----------
    subject
        The employee, for employees and managers; else the name of the system.
    scopes
        What may be asked for; no more than the role is granted.
    """

    subject: str
    role: Role
    scopes: frozenset[Scope]

    @classmethod
    def of(cls, subject: str, role: Role, named: frozenset[str] | None = None) -> Principal:
        """Return who asks, with the scopes named, or all that the role is granted."""
        granted = GRANTED[role]
        if named is not None:
            granted = frozenset(scope for scope in granted if scope in named)
        return cls(subject, role, granted)

    def may(self, scope: Scope, employee_id: str | None = None) -> bool:
        """Return whether something may be asked for; of an employee, where one is named."""
        if scope not in self.scopes:
            return False
        return self.role is not Role.EMPLOYEE or employee_id == self.subject
