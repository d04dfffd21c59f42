"""Plans heed what a person in charge has decided."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hrreco import Advisor
from hrreco.paths import Omission

from .companies import AS_OF, ME, advisor_of, company, on, teaching

MAIJA = {"by": "Maija Virtanen", "reason": "a reason of hers"}
COURSES: dict[str, dict[str, Any]] = {
    "LONG": {"skills": teaching(("sql", None)), "hours": 3.0},
    "SHORT": {"skills": teaching(("sql", None)), "hours": 1.0},
    "OTHER": {"hours": 2.0},
    "HELD": {"hours": 2.0},
}


def advisor(**more: Any) -> Advisor:
    sessions = [("HELD", on(400), None, 5)]
    return advisor_of(company(COURSES, needs=[("sql", None)], sessions=sessions, **more))


def planned(asked: Advisor) -> dict[str, list[str]]:
    path = asked.path(ME, months=2, lang="en", as_of=AS_OF)
    return {step.course_id: [reason.code for reason in step.reasons] for step in path.steps}


def test_a_suppressed_course_is_in_no_plan_and_another_one_closes_the_gap() -> None:
    asked = advisor()
    assert "closes_skill" in planned(asked)["LONG"]
    asked.overseer.suppress("LONG", **MAIJA)
    assert "closes_skill" in planned(asked)["SHORT"]
    assert "LONG" not in planned(asked)
    (missing,) = asked.gap(ME, as_of=AS_OF).skills
    assert missing.courses == ("SHORT",)


def test_a_suppressed_course_is_in_no_programme() -> None:
    asked = advisor()
    assert asked.onboarding(ME, as_of=AS_OF).programme_hours == 1.0
    asked.overseer.suppress("SHORT", **MAIJA)
    onboarding = asked.onboarding(ME, as_of=AS_OF)
    assert onboarding.programme_hours == 3.0
    assert "SHORT" not in [step.course_id for step in onboarding.steps]


def test_what_only_a_suppressed_course_closes_is_told() -> None:
    asked = advisor()
    asked.overseer.suppress("SHORT", **MAIJA)
    asked.overseer.override(ME, "LONG", **MAIJA)
    left_out = asked.path(ME, months=2, lang="en", as_of=AS_OF).left_out
    assert {(one.skill, one.code) for one in left_out if one.skill} == {("sql", "overridden")}


def test_a_skill_that_a_suppressed_course_gave_is_known_all_the_same() -> None:
    asked = advisor(taken={"SHORT": 9})
    asked.overseer.suppress("SHORT", **MAIJA)
    assert asked.gap(ME, as_of=AS_OF).skills == ()
    assert asked.why_not(ME, "SHORT", as_of=AS_OF).code == "taken"
    steps = asked.onboarding(ME, as_of=AS_OF).steps
    assert "core" not in [reason.code for step in steps for reason in step.reasons]


def test_careers_lead_through_no_suppressed_course() -> None:
    data = company(COURSES, needs=[("sql", None)])
    clerks = data.employees.with_columns(role=data.employees["role"].replace("Nurse", "Clerk"))
    asked = advisor_of(replace(data, employees=clerks))
    (career,) = asked.careers(ME, as_of=AS_OF).within_reach
    assert [course.course_id for course in career.courses] == ["SHORT"]
    asked.overseer.suppress("SHORT", **MAIJA)
    (career,) = asked.careers(ME, as_of=AS_OF).within_reach
    assert [course.course_id for course in career.courses] == ["LONG"]


@pytest.mark.parametrize("plan", ["path", "onboarding"])
def test_what_is_put_instead_is_planned_with_an_honest_reason(plan: str) -> None:
    asked = advisor()
    asked.overseer.override(ME, "SHORT", instead="OTHER", **MAIJA)
    steps = getattr(asked, plan)(ME, lang="en", as_of=AS_OF).steps
    (step,) = (step for step in steps if step.course_id == "OTHER")
    (reason,) = step.reasons
    assert (reason.code, reason.text) == ("chosen", "Chosen for you by a person in charge")


@pytest.mark.parametrize("plan", ["path", "onboarding"])
def test_what_is_put_instead_and_does_not_fit_is_told(plan: str) -> None:
    asked = advisor()
    asked.overseer.override(ME, "SHORT", instead="HELD", **MAIJA)
    asked_for = {"months": 2} if plan == "path" else {}
    made = getattr(asked, plan)(ME, lang="en", as_of=AS_OF, **asked_for)
    told: list[Omission] = [one for one in made.left_out if one.course_id == "HELD"]
    assert [one.code for one in told] == ["no_session"]
    assert "HELD" not in [step.course_id for step in made.steps]
