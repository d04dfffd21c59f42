"""What an advisor tells whoever keeps a log of its answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from hrreco.advisor.prepared import Prepared
from hrreco.privacy import Rulings, Served
from hrreco.profiles import EmployeeProfile
from hrreco.recommend import Codes


class Told(Protocol):
    """What an employee was told."""

    @property
    def decision_id(self) -> str | None:
        """By which the log of answers names it; None where none is kept."""
        ...

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        ...


@dataclass(frozen=True, slots=True)
class Rows:
    """What an employee was told in a table of many: see `Advisor.recommend_all`."""

    rows: tuple[Mapping[str, Any], ...]
    decision_id: None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {"rows": [dict(row) for row in self.rows]}


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer, and all that it was made from.

    Attributes
    ----------
    call
        The method of the advisor, such as ``recommend``.
    arguments
        What else was asked, in plain JSON values: the same call with them gives the answer again.
    profile
        What the rows say of the employee at that moment.
    served
        The rows of the employee as the door handed them out.
    rulings
        What people decided that is about them, or about everybody.
    """

    call: str
    arguments: Mapping[str, Any]
    profile: EmployeeProfile
    served: Served
    rulings: Rulings
    prepared: Prepared
    told: Told

    @property
    def removed(self) -> Codes:
        """What the rules say of each course of the catalogue."""
        return self.prepared.suggester(self.served, self.rulings).removed(self.profile)


class AnswerLog(Protocol):
    """Keeps what was answered."""

    def record(self, answered: Answered) -> str:
        """Keep an answer; return the id by which it can be asked for."""
        ...
