"""Plans as answers show them: the forms of the command line's ``--json``."""

from __future__ import annotations

from typing import Literal

from hrreco.service.shown.base import Shown, example
from hrreco.service.shown.suggestions import DECISION

_MISSING = {
    "skill": "wound care",
    "level": 3,
    "known_level": 1,
    "importance": "essential",
    "taught": True,
    "courses": ["C00042"],
}
_STEP = {
    "course_id": "C00042",
    "title": "Wound care",
    "kind": "elective",
    "starts_on": "2026-09-01",
    "ends_on": "2026-09-30",
    "due_on": None,
    "session": None,
    "hours": 6.0,
    "closes": ["wound care"],
    "reasons": [{"code": "closes_skill", "text": "You need wound care in your role"}],
}
_OMITTED = {
    "course_id": "C00117",
    "title": "Pain management",
    "code": "no_room",
    "reason": "It takes 10 hours, and the months are full",
}


class MissingSkill(Shown):
    """A skill that is missing, or known at too low a level."""

    skill: str
    level: int | None
    known_level: int | None
    importance: str
    taught: bool
    courses: list[str]


class GapShown(Shown):
    """What is lacking for a role; `untaught` are the skills that no course leads to."""

    model_config = example(
        {
            "employee_id": "E000123",
            "target_role": "Nurse",
            "gap": [_MISSING],
            "untaught": [],
            "decision_id": DECISION,
        }
    )

    employee_id: str
    target_role: str
    gap: list[MissingSkill]
    untaught: list[str]
    decision_id: str | None


class Told(Shown):
    """A code, and a text in the language of the answer."""

    code: str
    text: str


class SessionShown(Shown):
    """A dated occurrence of a course."""

    session_id: str | None
    starts_at: str
    ends_at: str
    location: str | None


class StepShown(Shown):
    """One course of a plan, on its days; `closes` are the skills it is the first to close."""

    course_id: str
    title: str
    kind: Literal["mandatory", "elective"]
    starts_on: str
    ends_on: str
    due_on: str | None
    session: SessionShown | None
    hours: float
    closes: list[str]
    reasons: list[Told]


class OmittedCourse(Shown):
    """A course that was wanted and did not fit."""

    course_id: str
    title: str | None
    code: str
    reason: str


class OmittedSkill(Shown):
    """A skill that was wanted, and that nothing which fits leads to."""

    skill: str
    code: str
    reason: str


class SkillsLeft(Shown):
    """The skills that are missing before a path, and after it."""

    before: list[str]
    after: list[str]


class PathShown(Shown):
    """What to learn, month by month."""

    model_config = example(
        {
            "employee_id": "E000123",
            "target_role": "Nurse",
            "notes": [],
            "steps": [_STEP],
            "left_out": [_OMITTED],
            "gap": {"before": ["wound care"], "after": []},
            "optimality_gap": 0.0,
            "decision_id": DECISION,
        }
    )

    employee_id: str
    target_role: str
    notes: list[Told]
    steps: list[StepShown]
    left_out: list[OmittedCourse | OmittedSkill]
    gap: SkillsLeft
    optimality_gap: float
    decision_id: str | None


class StageShown(Shown):
    """What is to be done by day 30, 60 or 90."""

    days: int
    ends_on: str
    steps: list[StepShown]


class SavedCourse(Shown):
    """A course of the role's programme that need not be taken, and why."""

    course_id: str
    title: str
    hours: float
    code: str
    reason: str


class OnboardingShown(Shown):
    """The first 90 days."""

    model_config = example(
        {
            "employee_id": "E000123",
            "role": "Nurse",
            "first_day": "2026-09-01",
            "notes": [],
            "stages": [{"days": 30, "ends_on": "2026-09-30", "steps": [_STEP]}],
            "saved": [
                {
                    "course_id": "C00007",
                    "title": "Hand hygiene",
                    "hours": 2.0,
                    "code": "waived",
                    "reason": "You were found to know it",
                }
            ],
            "done": [],
            "programme_hours": 24.0,
            "hours_saved": 2.0,
            "left_out": [],
            "decision_id": DECISION,
        }
    )

    employee_id: str
    role: str
    first_day: str
    notes: list[Told]
    stages: list[StageShown]
    saved: list[SavedCourse]
    done: list[str]
    programme_hours: float
    hours_saved: float
    left_out: list[OmittedCourse | OmittedSkill]
    decision_id: str | None


class CourseBetween(Shown):
    """A course between an employee and a role."""

    course_id: str
    title: str
    hours: float


class CareerShown(Shown):
    """A role, and what is between the employee and it."""

    role: str
    hours: float
    skills: list[MissingSkill]
    courses: list[CourseBetween]


class CareersShown(Shown):
    """Roles within reach, the nearest first; the others with the skills nothing leads to."""

    model_config = example(
        {
            "employee_id": "E000123",
            "role": "Nurse",
            "within_reach": [
                {
                    "role": "Head nurse",
                    "hours": 6.0,
                    "skills": [_MISSING],
                    "courses": [{"course_id": "C00042", "title": "Wound care", "hours": 6.0}],
                }
            ],
            "out_of_reach": {"Pharmacist": ["pharmacology"]},
            "decision_id": DECISION,
        }
    )

    employee_id: str
    role: str
    within_reach: list[CareerShown]
    out_of_reach: dict[str, list[str]]
    decision_id: str | None
