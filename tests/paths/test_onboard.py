"""What an onboarding leaves out, and what it says of its days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hrreco.paths import Onboarding

from .companies import AS_OF, ME, advisor_of, company, on, teaching

SQL = {"skills": teaching(("sql", 2))}


def onboarding(courses: dict[str, dict[str, Any]], **told: Any) -> Onboarding:
    data = company(courses, **{"needs": [("sql", 2)], "started_on": AS_OF} | told)
    return advisor_of(data).onboarding(ME, as_of=AS_OF)


def left_out(plan: Onboarding) -> list[tuple[str | None, str]]:
    return [(one.course_id or one.skill, one.code) for one in plan.left_out]


@pytest.mark.parametrize(
    ("course", "told", "expected"),
    [
        ({}, {}, [("sql", "not_taught")]),
        ({"skills": teaching(("sql", 1))}, {}, [("sql", "level_not_taught")]),
        (SQL, {}, []),
        (SQL | {"mandatory_for": ["*"]}, {}, []),
        ({}, {"skills": [("sql", 2)]}, []),
        ({}, {"taken": {"C": 3}, "needs": []}, []),
    ],
)
def test_essential_skills_that_no_course_teaches_are_left_out(
    course: dict[str, Any], told: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert left_out(onboarding({"C": course}, **told)) == expected


def test_a_skill_that_the_employee_cannot_learn_here_is_left_out_with_the_nearest_course() -> None:
    plan = onboarding({"C": SQL | {"language": "sv"}}, language="fi")
    assert left_out(plan) == [("sql", "language"), ("C", "language")]


def test_courses_that_did_not_fit_stand_before_skills() -> None:
    long = {"skills": teaching(("law", 1)), "hours": 300.0}
    plan = onboarding({"C": long}, needs=[("sql", 2), ("law", 1)])
    assert left_out(plan) == [("C", "over_budget"), ("sql", "not_taught")]


def test_optional_skills_are_not_missed() -> None:
    data = company({"C": {}}, needs=[("sql", 2)], started_on=AS_OF)
    data.role_skills.replace_column(
        data.role_skills.get_column_index("importance"),
        data.role_skills["importance"].str.replace("essential", "optional"),
    )
    assert advisor_of(data).onboarding(ME, as_of=AS_OF).left_out == ()


@pytest.mark.parametrize(("days", "codes"), [(0, []), (-10, []), (7, ["before_hiring"])])
def test_a_plan_for_somebody_who_has_not_begun_says_so(days: int, codes: list[str]) -> None:
    plan = onboarding({"C": {}}, started_on=on(days).date())
    assert [note.code for note in plan.notes] == codes
    assert plan.first_day == AS_OF + timedelta(days)
    assert plan.to_json()["notes"] == [note.to_json() for note in plan.notes]
