"""Small companies where everything is as awkward as can be, and questions about them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from .companies import AS_OF, on, teaching

IDS = tuple(f"C{i}" for i in range(9))
SKILLS = ("S0", "S1", "S2")

levels = st.sampled_from([None, 1, 2, 3])
some_skills = st.lists(st.tuples(st.sampled_from(SKILLS), levels), max_size=2)
languages = st.sampled_from([None, None, "fi", "sv-FI"])
hours = st.sampled_from([None, 0.0, 0.5, 1.0, 1.25, 2.0, 7.5, 8.0, 16.0, 60.0])
rules = st.sampled_from([[], [], [], ["*"], ["role:Nurse"], ["department:Care"], ["role:Clerk"]])


@st.composite
def a_course(draw: st.DrawFn, number: int) -> dict[str, Any]:
    """A course that builds on those before it, so that nothing builds on itself."""
    before = st.lists(st.sampled_from(IDS[:number]), max_size=2) if number else st.just([])
    return {
        "hours": draw(hours),
        "prerequisites": draw(before),
        "equivalent_to": draw(st.one_of(st.just([]), before)),
        "mandatory_for": draw(rules),
        "due_within_days": draw(st.sampled_from([None, 0, 10, 100, 400])),
        "valid_for_days": draw(st.sampled_from([None, None, 0, 1, 7, 90, 365])),
        "language": draw(languages),
        "format": draw(st.sampled_from([None, "online"])),
        "active": draw(st.sampled_from([True, True, True, True, False])),
        "sensitive": draw(st.sampled_from([False, False, False, True])),
        "skills": teaching(*draw(some_skills)),
    }


@st.composite
def sessions(draw: st.DrawFn) -> tuple[Any, ...]:
    starts_at = on(
        draw(st.sampled_from([-3, 0, 1, 2, 6, 29, 30, 60])),
        draw(st.sampled_from([0, 9, 9, 9.5, 13, 22])),
    )
    hours_ = draw(st.sampled_from([None, 0, 1, 4, 26, 200]))
    ends_at = None if hours_ is None else starts_at + timedelta(hours=hours_)
    seats = draw(st.sampled_from([None, 0, 1, 20]))
    return draw(st.sampled_from(IDS)), starts_at, ends_at, seats


@st.composite
def companies(draw: st.DrawFn) -> dict[str, Any]:
    """What `company` is to be told; that is shorter to read than the tables."""
    courses = {
        course_id: draw(a_course(number))
        for number, course_id in enumerate(IDS[: draw(st.integers(1, len(IDS)))])
    }
    for course_id, course in courses.items():
        # That a course counts as one it builds on is nonsense, and so is what then follows.
        needed = _needed(course_id, courses)
        course["equivalent_to"] = [one for one in course["equivalent_to"] if one not in needed]
    held = draw(st.lists(sessions(), max_size=8))
    needs = draw(st.dictionaries(st.sampled_from(SKILLS), levels, min_size=1))
    kinds = st.sampled_from(["started", "dismissed", "wrong_level", "already_known", "dropped"])
    return {
        "courses": courses,
        "taken": draw(
            st.dictionaries(st.sampled_from(IDS), st.sampled_from([0, 5, 80, 400]), max_size=3)
        ),
        "events": [
            {"course_id": course_id, "kind": kind, "occurred_at": on(-days)}
            for course_id, kind, days in draw(
                st.lists(st.tuples(st.sampled_from(IDS), kinds, st.integers(0, 200)), max_size=2)
            )
        ],
        "sessions": [one for one in held if one[0] in courses],
        "needs": list(needs.items()),
        "skills": draw(st.lists(st.tuples(st.sampled_from(SKILLS), levels), max_size=1)),
        "department": draw(st.sampled_from([None, "Care"])),
        "language": draw(languages),
        "started_on": draw(st.sampled_from([None, AS_OF - timedelta(5), AS_OF - timedelta(300)])),
        "preferred_formats": draw(st.sampled_from([None, ["online"]])),
        "preferred_times": draw(st.sampled_from([None, ["morning"]])),
    }


def _needed(course_id: str, courses: dict[str, dict[str, Any]]) -> set[str]:
    direct = set(courses[course_id]["prerequisites"])
    return direct.union(*(_needed(one, courses) for one in direct))


questions = st.fixed_dictionaries(
    {
        "as_of": st.just(AS_OF),
        "hours_per_month": st.sampled_from([0.01, 1, 2.5, 8, 40, 700]),
        "months": st.sampled_from([1, 1, 2, 3, 6, 24]),
        "start": st.sampled_from([-40, 0, 1, 4, 20, 45]).map(lambda d: AS_OF + timedelta(d)),
    }
)

seeds = st.integers(0, 9)
"""Of the scores of the model."""
