"""What is known of one employee at one moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

from hrreco.settings import Moment

SkillSource = Literal["declared", "assessed", "inferred"]


class HistoryEntry(NamedTuple):
    """What one employee has done with one course.

    A tuple, as `KnownSkill` is: a profile has dozens, and frozen dataclasses take thrice as long.

    Attributes
    ----------
    evidence
        Evidence of interest, 0 to 2; 0 for mandatory and sensitive courses.
    shown_at
        When the employee last did something that shows interest; of a course with evidence,
        and none such event (only a rating), the latest event. None where there is no evidence.
    completed
        Whether the course was completed or passed, and not merely waived or known already.
    taken_at, in_progress_at, dismissed_at, wrong_level_at
        When the course was last taken (or waived), started, dismissed, or said to be of the
        wrong level; None where that never happened.
    """

    course_id: str
    evidence: float
    shown_at: datetime | None = None
    completed: bool = False
    taken_at: datetime | None = None
    in_progress_at: datetime | None = None
    dismissed_at: datetime | None = None
    wrong_level_at: datetime | None = None


class KnownSkill(NamedTuple):
    """A skill an employee has. A `level` of None means that no level is known."""

    level: int | None
    source: SkillSource


@dataclass(frozen=True, slots=True)
class EmployeeProfile:
    """What is known of one employee, built from rows at one moment.

    Attributes
    ----------
    as_of
        The moment the profile was built for; later events are not in it.
    history
        By course id, in the order of the latest event.
    skills
        By skill; declared and assessed ones, and those inferred from courses taken.
    recorded_skills
        Those of them that a row names as declared or assessed.
    """

    employee_id: str
    as_of: Moment
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
    history: dict[str, HistoryEntry] = field(default_factory=dict)
    skills: dict[str, KnownSkill] = field(default_factory=dict)
    recorded_skills: frozenset[str] = frozenset()

    @property
    def has_left(self) -> bool:
        """Whether the employee has left the company by the profile's day."""
        return self.left_on is not None and self.left_on <= self.as_of.today

    def has_completed(self, course_id: str) -> bool:
        """Return whether a course was completed or passed."""
        entry = self.history.get(course_id)
        return entry is not None and entry.completed
