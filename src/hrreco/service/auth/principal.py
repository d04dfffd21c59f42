"""Who asks, and what they may."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """In what capacity somebody asks."""

    EMPLOYEE = "employee"
    MANAGER = "manager"
    LMS = "lms"
    ADMIN = "admin"


class Scope(StrEnum):
    """What may be asked for."""

    SUGGESTIONS = "suggestions"
    """Recommendations, reasons why not, paths, onboarding and careers."""

    FEEDBACK = "feedback"
    OPT_OUTS = "opt-outs"
    EXPORT = "export"
    """All that is held about one person."""

    ERASURE = "erasure"
    EVENTS = "events"
    """Handing in what employees did with courses, as rows or as xAPI statements."""

    CATALOGUE = "catalogue"
    """Handing in courses and employees."""

    REPORTS = "reports"
    """Figures of groups."""

    METRICS = "metrics"


ABOUT_ONESELF = frozenset({Scope.SUGGESTIONS, Scope.FEEDBACK, Scope.OPT_OUTS, Scope.EXPORT})
"""What an employee may ask for: never of somebody else."""

GRANTED: dict[Role, frozenset[Scope]] = {
    Role.EMPLOYEE: ABOUT_ONESELF,
    Role.MANAGER: frozenset({Scope.REPORTS}),
    Role.LMS: frozenset({Scope.SUGGESTIONS, Scope.FEEDBACK, Scope.OPT_OUTS, Scope.EVENTS}),
    Role.ADMIN: frozenset(
        {Scope.CATALOGUE, Scope.REPORTS, Scope.EXPORT, Scope.ERASURE, Scope.METRICS}
    ),
}
"""The most that each role may ask for; a token or key may name less, and never more."""


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
