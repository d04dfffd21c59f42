"""Ladders of prerequisites: of each rung one of two courses, and more ways than can be tried."""

from __future__ import annotations

from typing import Any

import pytest

from hrreco.paths import LearningPath, Obstacle

from .companies import AS_OF, ME, advisor_of, company

RUNGS = 40
TOP = {"mandatory_for": ["*"], "prerequisites": ["A01"]}


def ladder(**special: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return courses below a mandatory one: on each rung two that count as each other."""
    courses: dict[str, dict[str, Any]] = {"TOP": TOP}
    for rung in range(1, RUNGS + 1):
        below = [f"A{rung + 1:02}"] if rung < RUNGS else []
        courses[f"A{rung:02}"] = {"prerequisites": below, "equivalent_to": [f"B{rung:02}"]}
        courses[f"B{rung:02}"] = {"prerequisites": below}
    return {course_id: told | special.get(course_id, {}) for course_id, told in courses.items()}


def path_of(courses: dict[str, dict[str, Any]], hours: float = 100, **told: Any) -> LearningPath:
    advisor = advisor_of(company(courses, **told))
    return advisor.path(ME, as_of=AS_OF, start="2026-04-01", months=1, hours_per_month=hours)


def missed(path: LearningPath) -> list[tuple[str | None, str]]:
    return [(one.course_id, one.code) for one in path.left_out]


NOTHING = {"active": False}
LONG = {"hours": 500.0}


@pytest.mark.parametrize(
    ("special", "hours"),
    [
        ({"A40": NOTHING, "B40": NOTHING}, 100),  # nothing at the bottom
        ({"A40": LONG, "B40": LONG}, 100),
        ({"A40": {"prerequisites": ["A01"]}, "B40": {"prerequisites": ["A01"]}}, 100),  # a ring
        ({"A40": {"prerequisites": ["A20"]}, "B40": {"prerequisites": ["A20"]}}, 100),
        ({}, 20),  # as many rungs as there are hours for, and no more
    ],
)
def test_a_ladder_that_fails_has_failed_at_once(
    special: dict[str, dict[str, Any]], hours: float
) -> None:
    path = path_of(ladder(**special), hours)
    assert missed(path) == [("TOP", Obstacle.PREREQUISITE_MISSING)]


def test_a_ladder_with_one_good_course_at_the_bottom_is_climbed() -> None:
    path = path_of(ladder(A40=NOTHING))
    assert path.left_out == ()
    assert [step.course_id for step in path.steps[:2]] == ["B40", "A39"]
    assert len(path.steps) == RUNGS + 1


def test_what_failed_for_want_of_room_is_tried_again_where_there_is_more() -> None:
    """A needs long P and then Z, for which no room is left; B needs only Z."""
    courses = {
        "TOP": TOP | {"prerequisites": ["A"], "hours": 1.0},
        "A": {"prerequisites": ["P", "Z"], "equivalent_to": ["B"]},
        "B": {"prerequisites": ["Z"]},
        "P": {"hours": 8.0},
        "Z": {"hours": 4.0},
    }
    path = path_of(courses, hours=10)
    assert path.left_out == ()
    assert {step.course_id for step in path.steps} == {"TOP", "B", "Z"}


def test_what_failed_as_it_needs_what_is_on_the_way_is_tried_again_elsewhere() -> None:
    """YU builds on Y and that on X, so neither comes before it; but X has another way: Z."""
    courses = {
        "TOP": TOP | {"prerequisites": ["M"]},
        "M": {"prerequisites": ["X", "ZERO"], "equivalent_to": ["N"]},
        "N": {"prerequisites": ["V"]},
        "V": {"prerequisites": ["YU"]},
        "X": {"prerequisites": ["Q"], "equivalent_to": ["X2"]},
        "X2": {"prerequisites": ["ZERO"]},
        "Q": NOTHING | {"equivalent_to": ["Y", "YU", "Z"]},
        "Y": {"prerequisites": ["X"]},
        "YU": {"prerequisites": ["Y"]},
        "Z": {},
        "ZERO": NOTHING,
    }
    path = path_of(courses)
    assert path.left_out == ()
    assert [step.course_id for step in path.steps] == ["Z", "X", "Y", "YU", "V", "N", "TOP"]
