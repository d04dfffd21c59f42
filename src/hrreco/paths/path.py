"""What a caller gets: a path, its steps, and what did not fit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hrreco.paths.gap import Gap
from hrreco.paths.notes import Note
from hrreco.paths.obstacle import Obstacle
from hrreco.paths.sessions import Session
from hrreco.recommend import Kind
from hrreco.settings import Language

if TYPE_CHECKING:
    import altair as alt

PICTURES = (".html", ".png")
"""What files of pictures end in."""


class StepReason(NamedTuple):
    """One reason for a step.

    Attributes
    ----------
    code
        ``required``, ``overdue``, ``late``, ``prerequisite``, ``chosen``, ``closes_skill``,
        ``suits`` or ``format``; the same in every language.
    text
        A sentence or phrase for the employee, in the path's language.
    subject
        The course id or skill that the reason is about, if there is one.
    """

    code: str
    text: str
    subject: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {"code": self.code, "text": self.text}


@dataclass(frozen=True, slots=True)
class Step:
    """One course of a path, on its days.

    Attributes
    ----------
    starts_on, ends_on
        The first and the last day.
    hours
        How long the course takes; they count in the month of `starts_on`.
    closes
        The skills of the gap that this step is the first to close.
    due_on
        The last day on which a mandatory course is in time, if that is known.
    session
        The one that is attended; None for a course that is taken at any time.
    reasons
        At least one.
    """

    course_id: str
    title: str
    kind: Kind
    starts_on: date
    ends_on: date
    hours: float
    closes: tuple[str, ...]
    reasons: tuple[StepReason, ...]
    due_on: date | None = None
    session: Session | None = None
    url: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values; dates are ``YYYY-MM-DD``."""
        return {
            "course_id": self.course_id,
            "title": self.title,
            "kind": self.kind,
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "session": self.session.to_json() if self.session else None,
            "hours": self.hours,
            "closes": list(self.closes),
            "reasons": [reason.to_json() for reason in self.reasons],
        }


@dataclass(frozen=True, slots=True)
class Omission:
    """A course or a skill that was wanted and did not fit, and the constraint that stopped it.

    Attributes
    ----------
    course_id, skill
        One of them; the other is None.
    title
        That of the course.
    """

    code: Obstacle
    text: str
    course_id: str | None = None
    skill: str | None = None
    title: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        course = {"course_id": self.course_id, "title": self.title}
        what = {"skill": self.skill} if self.course_id is None else course
        return {**what, "code": self.code, "reason": self.text}


@dataclass(frozen=True)
class LearningPath:
    """An ordered, dated plan for one employee.

    Attributes
    ----------
    as_of
        The day that the plan was made for: what happened later is not in it.
    start
        The first day of the plan.
    hours_per_month
        The budget of each calendar month.
    steps
        In the order in which they start.
    left_out
        What was wanted and did not fit: mandatory courses, those that a person in charge has put
        in the place of others, and skills of the gap.
    gap
        What the employee lacks for `target_role` before the path.
    notes
        What there is to know of the path as a whole.
    optimality_gap
        By which part, 0 to 1, a better choice of courses could be worth more; 0 when none can.
    decision_id
        By which the log of answers names it; None where none is kept.
    """

    employee_id: str
    target_role: str
    as_of: date
    start: date
    months: int
    hours_per_month: float
    lang: Language
    steps: tuple[Step, ...]
    left_out: tuple[Omission, ...]
    gap: Gap
    optimality_gap: float
    notes: tuple[Note, ...]
    decision_id: str | None = field(default=None, compare=False)

    @property
    def closed(self) -> tuple[str, ...]:
        """Return the skills that the path closes, in its order."""
        return tuple(skill for step in self.steps for skill in step.closes)

    @property
    def gap_before(self) -> tuple[str, ...]:
        """Return the skills that are missing or too low before the path, essential ones first."""
        return tuple(missing.skill for missing in self.gap.skills)

    @property
    def gap_after(self) -> tuple[str, ...]:
        """Return those of them that are left after it."""
        return tuple(skill for skill in self.gap_before if skill not in self.closed)

    @property
    def hours(self) -> float:
        """Return how long all steps take."""
        return sum((step.hours for step in self.steps), 0.0)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "employee_id": self.employee_id,
            "target_role": self.target_role,
            "notes": [note.to_json() for note in self.notes],
            "steps": [step.to_json() for step in self.steps],
            "left_out": [omission.to_json() for omission in self.left_out],
            "gap": {"before": list(self.gap_before), "after": list(self.gap_after)},
            "optimality_gap": self.optimality_gap,
            "decision_id": self.decision_id,
        }

    def to_ics(self) -> bytes:
        """Return the steps as an iCalendar file (RFC 5545), one event each."""
        from hrreco.paths.ics import calendar_of

        return calendar_of(self.employee_id, self.steps, self.lang, self.as_of)

    def chart(self) -> alt.VConcatChart:
        """Return a picture of the path over its months, and of the gap before and after."""
        from hrreco.paths.chart import path_chart

        return path_chart(self)

    def save_chart(self, file: str | Path) -> None:
        """Write the picture: as a page that needs no network (``.html``), or as ``.png``.

        Raises
        ------
        WorkspaceError
            When the file is named otherwise, or cannot be written.
        """
        from hrreco.paths.picture import save

        save(self, Path(file))
