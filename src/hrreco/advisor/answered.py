"""What an advisor tells whoever keeps a log of its answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from hrreco.advisor.prepared import Prepared
from hrreco.privacy import Rulings, Served
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
    served
        The rows of the employee as the door handed them out.
    rulings
        What people decided that is about them, or about everybody.
    removed
        What the rules said of each course of the catalogue.
    """

    call: str
    arguments: Mapping[str, Any]
    served: Served
    rulings: Rulings
    prepared: Prepared
    removed: Codes
    told: Told


class AnswerLog(Protocol):
    """Keeps what was answered."""

    def ready(self, prepared: Prepared) -> None:
        """Find all that answers made with it have in common, so that none waits for it."""
        ...

    def record(self, answered: Answered) -> str:
        """Keep an answer; return the id by which it can be asked for."""
        ...
