"""A small path, put together by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hrreco.paths import (
    Gap,
    LearningPath,
    MissingSkill,
    Omission,
    Session,
    Step,
    StepReason,
)

HELSINKI = ZoneInfo("Europe/Helsinki")
DAY = date(2026, 3, 31)


def step(course_id: str = "C1", **other: Any) -> Step:
    """Return an elective of two hours on 7 April 2026."""
    day = date(2026, 4, 7)
    reason = StepReason("suits", "Suits you: it is short")
    plain = Step(course_id, f"Course {course_id}", "elective", day, day, 2.0, (), (reason,))
    return replace(plain, **other)


def held(starts_at: datetime, ends_at: datetime, location: str | None = "Turku") -> Session:
    """Return a session."""
    return Session("S1", starts_at, ends_at, None, location)


MANDATORY = step(
    "FIRE",
    title="Fire safety",
    kind="mandatory",
    hours=3.0,
    due_on=date(2026, 5, 14),
    reasons=(StepReason("required", "Required for everyone by May 14, 2026"),),
)
HELD = step(
    "TALK",
    title="Public speaking",
    starts_on=date(2026, 5, 5),
    ends_on=date(2026, 5, 5),
    closes=("speaking",),
    session=held(
        datetime(2026, 5, 5, 9, 0, tzinfo=HELSINKI), datetime(2026, 5, 5, 11, 30, tzinfo=HELSINKI)
    ),
)
LONG = step("LONG", title="A long one", ends_on=date(2026, 4, 9), hours=20.5)


def missing(skill: str, importance: str = "essential") -> MissingSkill:
    """Return a skill that is known at level 1 and needed at level 2."""
    return MissingSkill(skill, 2, 1, importance, taught=True, courses=())


def path(*steps: Step, **other: Any) -> LearningPath:
    """Return a path of some steps to the role of a speaker, which lacks two skills."""
    plain = LearningPath(
        employee_id="E000042",
        target_role="Speaker",
        as_of=DAY,
        start=DAY,
        months=12,
        hours_per_month=24.0,
        lang="en",
        steps=steps,
        left_out=(Omission("not_taught", "No course teaches it.", skill="singing"),),
        gap=Gap("E000042", "Speaker", (missing("speaking"), missing("singing", "optional")), 5),
        optimality_gap=0.0,
        notes=(),
    )
    return replace(plain, **other)
