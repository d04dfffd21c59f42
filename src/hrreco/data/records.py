"""The rows of one employee, as plain typed values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol


class EventRow(NamedTuple):
    """One event, as stored. `occurred_at` is in UTC."""

    course_id: str
    kind: str
    occurred_at: datetime
    rating: float | None = None


@dataclass(frozen=True, slots=True)
class SkillRow:
    """One skill of an employee, or one that a role needs or a course teaches.

    A `level` of None means that no level was given; any level satisfies it.
    """

    skill: str
    level: int | None = None
    source: str = "declared"


@dataclass(frozen=True, slots=True)
class EmployeeRecord:
    """Everything the tables hold about one employee.

    Attributes
    ----------
    events
        In the order in which they occurred.
    """

    employee_id: str
    role: str
    department: str | None = None
    started_on: date | None = None
    left_on: date | None = None
    language: str | None = None
    location: str | None = None
    grade: str | None = None
    hours_per_month: float | None = None
    preferred_formats: tuple[str, ...] = ()
    preferred_times: tuple[str, ...] = ()
    events: tuple[EventRow, ...] = ()
    skills: tuple[SkillRow, ...] = ()


class People(Protocol):
    """Whatever can hand out the rows of one employee: frames in memory, or the store."""

    def employee(self, employee_id: str) -> EmployeeRecord:
        """Return the rows of `employee_id`; raise `UnknownIdError` with the close match."""
        ...

    def knows(self, employee_id: str) -> bool:
        """Return whether there is such an employee."""
        ...
