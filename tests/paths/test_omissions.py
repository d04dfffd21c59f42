"""What did not fit, and why not."""

from __future__ import annotations

from typing import Any

import pytest

from hrreco.paths import LearningPath

from .companies import AS_OF, ME, advisor_of, company, on, teaching

SQL = {"skills": teaching(("sql", 3))}


def path_of(courses: dict[str, dict[str, Any]], months: int = 1, **told: Any) -> LearningPath:
    data = company(courses, needs=[("sql", 3)], **told)
    return advisor_of(data).path(ME, as_of=AS_OF, start="2026-04-01", months=months)


def why(path: LearningPath) -> dict[str | None, str]:
    """Return the code by course id or skill."""
    assert path.gap_after == ("sql",)
    assert len({(one.course_id, one.skill) for one in path.left_out}) == len(path.left_out)
    assert all("{" not in one.text for one in path.left_out)
    return {one.course_id or one.skill: one.code for one in path.left_out}


def test_a_renewal_that_is_due_after_the_plan_is_left_to_the_next() -> None:
    course = SQL | {"mandatory_for": ["*"], "valid_for_days": 90}
    told = {"course_id": "C", "kind": "completed", "occurred_at": on(-45)}
    path = path_of({"C": course}, events=[told])
    assert path.left_out == ()
    assert path.steps == ()


def test_a_course_that_an_equivalent_in_the_plan_counts_as_is_not_taken_besides() -> None:
    courses = {"A": {"mandatory_for": ["*"]}, "B": SQL | {"equivalent_to": ["A"]}}
    assert why(path_of(courses)) == {"sql": "equivalent_planned", "B": "equivalent_planned"}


def test_a_skill_whose_mandatory_course_ends_after_the_plan_says_so() -> None:
    course = SQL | {"mandatory_for": ["*"]}
    held = ("C", on(29), on(34), 5)
    assert why(path_of({"C": course}, sessions=[held])) == {"sql": "ends_late", "C": "ends_late"}


def test_a_mandatory_course_whose_equivalent_is_taken_for_it_says_so() -> None:
    courses = {
        "A": {"mandatory_for": ["*"]},
        "B": SQL | {"mandatory_for": ["*"], "equivalent_to": ["A"]},
    }
    assert why(path_of(courses)) == {"sql": "equivalent_planned", "B": "equivalent_planned"}


def test_a_mandatory_course_that_did_not_fit_is_named_once_with_what_stopped_it() -> None:
    path = path_of({"C": SQL | {"mandatory_for": ["*"], "hours": 50.0}})
    assert why(path) == {"C": "over_budget", "sql": "over_budget"}


@pytest.mark.parametrize(
    ("course", "told", "code"),
    [
        ({"skills": teaching(("sql", 2))}, {}, "level_not_taught"),
        ({"skills": []}, {}, "not_taught"),
        (SQL | {"sensitive": True}, {}, "not_taught"),
        (SQL | {"active": False}, {}, "not_taught"),
        (SQL | {"hours": 50.0}, {}, "over_budget"),
        (SQL | {"language": "sv"}, {"language": "fi"}, "language"),
        (SQL, {"sessions": [("C", on(40), None, None)]}, "no_session"),
        (SQL, {"sessions": [("C", on(0), None, None)]}, "no_session"),
        (SQL, {"sessions": [("C", on(2), None, 0)]}, "full"),
        (
            SQL,
            {"events": [{"course_id": "C", "kind": "started", "occurred_at": on(-1)}]},
            "in_progress",
        ),
    ],
)
def test_the_constraint_that_stopped_it_is_named(
    course: dict[str, Any], told: dict[str, Any], code: str
) -> None:
    assert why(path_of({"C": course}, **told))["sql"] == code


def test_a_prerequisite_that_cannot_be_taken_is_named_unless_it_is_sensitive() -> None:
    courses = {"C": SQL | {"prerequisites": ["P"]}, "P": {"hours": 50.0}}
    path = path_of(courses)
    assert why(path) == {"sql": "prerequisite_missing", "C": "prerequisite_missing"}
    assert "Title P" in path.left_out[0].text
    courses["P"] = {"sensitive": True}
    path = path_of(courses)
    assert why(path)["sql"] == "prerequisite_missing"
    assert "Title P" not in path.left_out[0].text


def test_of_several_courses_that_would_close_a_need_the_nearest_is_named() -> None:
    courses = {
        "A": SQL | {"language": "sv"},
        "B": SQL | {"hours": 60.0},
        "C": SQL | {"hours": 50.0},
    }
    assert why(path_of(courses, language="fi")) == {"sql": "over_budget", "C": "over_budget"}
