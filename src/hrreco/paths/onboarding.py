"""What a caller gets for a new hire: the first 90 days, and what they need not learn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from hrreco.paths.notes import Note
from hrreco.paths.path import Omission, Step
from hrreco.settings import Language

Known = Literal["waived", "equivalent", "assessed"]


@dataclass(frozen=True, slots=True)
class Saved:
    """A course of the role's programme that need not be taken, and why.

    Attributes
    ----------
    code
        ``waived`` (tested out, or known already), ``equivalent`` (another course that counts as
        it was taken), or ``assessed`` (all that it teaches).
    """

    course_id: str
    title: str
    hours: float
    code: Known
    text: str

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "course_id": self.course_id,
            "title": self.title,
            "hours": self.hours,
            "code": self.code,
            "reason": self.text,
        }


@dataclass(frozen=True, slots=True)
class Stage:
    """What is to be done by one day of the onboarding.

    Attributes
    ----------
    days
        30, 60 or 90: the days after the first one that it ends with.
    """

    days: int
    ends_on: date
    steps: tuple[Step, ...]

    @property
    def hours(self) -> float:
        """Return how long its steps take."""
        return sum((step.hours for step in self.steps), 0.0)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "days": self.days,
            "ends_on": self.ends_on.isoformat(),
            "steps": [step.to_json() for step in self.steps],
        }


@dataclass(frozen=True)
class Onboarding:
    """The plan of somebody's first 90 days.

    Attributes
    ----------
    first_day
        The day of hiring; the day that is asked for, where that is not known or long ago.
    saved
        The courses of the role's standard programme that are left out, as they are known.
    done
        Those that have been completed already, by id.
    programme_hours
        How long the standard programme of the role takes: mandatory training, and the quickest
        way from nothing to its essential skills.
    left_out
        What of the programme did not fit.
    notes
        What there is to know of the plan as a whole.
    decision_id
        By which the log of answers names it; None where none is kept.
    """

    employee_id: str
    role: str
    first_day: date
    lang: Language
    stages: tuple[Stage, ...]
    saved: tuple[Saved, ...]
    done: tuple[str, ...]
    programme_hours: float
    left_out: tuple[Omission, ...]
    notes: tuple[Note, ...]
    decision_id: str | None = field(default=None, compare=False)

    @property
    def hours_saved(self) -> float:
        """Return how much shorter it is than the programme, for what is known already."""
        return sum((course.hours for course in self.saved), 0.0)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the steps of all stages."""
        return tuple(step for stage in self.stages for step in stage.steps)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "employee_id": self.employee_id,
            "role": self.role,
            "first_day": self.first_day.isoformat(),
            "notes": [note.to_json() for note in self.notes],
            "stages": [stage.to_json() for stage in self.stages],
            "saved": [course.to_json() for course in self.saved],
            "done": list(self.done),
            "programme_hours": self.programme_hours,
            "hours_saved": self.hours_saved,
            "left_out": [omission.to_json() for omission in self.left_out],
            "decision_id": self.decision_id,
        }
