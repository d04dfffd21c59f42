"""Suggestions, and why a course is not among them, as answers show them."""

from __future__ import annotations

from typing import Literal

from hrreco.service.shown.base import Shown, example

_REASON = {"code": "role_next", "text": "Nurses often take this next", "share": 0.44}
DECISION = "0b9f4c1de2a84f37"


class ReasonShown(Shown):
    """One reason; its `share` is its part of all that speaks for the course, 0 to 1."""

    code: str
    text: str
    share: float


class Suggestion(Shown):
    """One course that is suggested, and why; what the catalogue does not say is null."""

    course_id: str
    title: str
    kind: Literal["mandatory", "elective"]
    hours: float | None
    format: str | None
    url: str | None
    due_on: str | None
    reasons: list[ReasonShown]


class Suggestions(Shown):
    """What is suggested, best first; what was left out by which rule is counted."""

    model_config = example(
        {
            "employee_id": "E000123",
            "as_of": "2026-03-31",
            "recommendations": [
                {
                    "course_id": "C00042",
                    "title": "Wound care",
                    "kind": "elective",
                    "hours": 6.0,
                    "format": "classroom",
                    "url": "https://lms.example/C00042",
                    "due_on": None,
                    "reasons": [_REASON],
                }
            ],
            "left_out": {"taken": 12, "prerequisite_missing": 3},
            "decision_id": DECISION,
        }
    )

    employee_id: str
    as_of: str
    """The day it holds for, in the company's time zone."""
    recommendations: list[Suggestion]
    left_out: dict[str, int]
    decision_id: str | None


class WhyNotShown(Shown):
    """Why a course is, or is not, among the suggestions."""

    model_config = example(
        {
            "employee_id": "E000123",
            "course_id": "C00042",
            "title": "Wound care",
            "suggested": False,
            "code": "below_cut",
            "text": "Other courses fit better: it is number 7",
            "rank": 7,
            "course_ids": [],
            "until": None,
            "reasons": [_REASON],
            "decision_id": DECISION,
        }
    )

    employee_id: str
    course_id: str
    title: str
    suggested: bool
    code: str
    text: str
    rank: int | None
    course_ids: list[str]
    until: str | None
    reasons: list[ReasonShown]
    decision_id: str | None
