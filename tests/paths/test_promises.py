"""What holds for every path: checked against the raw tables, and asked for in many ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings

from hrreco import Advisor, LearningData, TrainedModel
from hrreco.paths import LearningPath
from hrreco.training import Recipe, refit
from tests.conftest import AS_OF

from .awkward import companies, questions, seeds
from .checker import Checker
from .companies import ME, advisor_of, company

_STARTS = (None, AS_OF, date(2026, 1, 31), date(2025, 2, 14), date(2026, 4, 17), date(2026, 8, 1))
_HOURS = (None, 1, 2.5, 7, 12.25, 40)
_MONTHS = (12, 1, 3, 6, 24)


@pytest.fixture(scope="module")
def model(learning_data: LearningData) -> TrainedModel:
    return refit(Recipe(name="ease"), learning_data, as_of=AS_OF)


@pytest.fixture(scope="module")
def some(learning_data: LearningData) -> list[str]:
    """60 people who have not left, of all roles."""
    here = learning_data.employees.filter(pl.col("left_on").is_null())["employee_id"]
    return here.gather_every(len(here) // 60).to_list()[:60]


def test_everybody_gets_a_path_that_passes_the_checker(
    model: TrainedModel, learning_data: LearningData, some: list[str]
) -> None:
    advisor = Advisor(model, learning_data, some[::5])
    checker = Checker(learning_data)
    roles = sorted(set(learning_data.role_skills["role"]))
    steps = []
    for number, employee_id in enumerate(some[: len(_HOURS) * len(_STARTS)]):  # each with each
        hours = _HOURS[number % len(_HOURS)]
        for target_role in (None, roles[number % len(roles)]):
            path = advisor.path(
                employee_id,
                target_role=target_role,
                hours_per_month=hours,
                start=_STARTS[(number + number // 6) % len(_STARTS)],
                months=_MONTHS[number % len(_MONTHS)],
                as_of=AS_OF,
            )
            assert checker.problems(path) == [], employee_id
            assert hours is None or path.hours_per_month == hours
            assert target_role is None or path.target_role == target_role
            steps += path.steps
    assert len(steps) > 600
    assert {step.kind for step in steps} == {"mandatory", "elective"}
    assert sum(step.session is not None for step in steps) > 100
    assert {reason.code for step in steps for reason in step.reasons} == {
        *("required", "overdue", "late", "prerequisite", "closes_skill", "suits", "format")
    }


@settings(max_examples=100)
@given(companies(), questions, seeds)
def test_in_awkward_companies_too(
    told: dict[str, Any], question: dict[str, Any], seed: int
) -> None:
    check_paths(told, question, seed)


@pytest.mark.torture
@settings(max_examples=3_000)
@given(companies(), questions, seeds)
def test_in_thousands_of_awkward_companies(
    told: dict[str, Any], question: dict[str, Any], seed: int
) -> None:
    check_paths(told, question, seed)


def check_paths(told: dict[str, Any], question: dict[str, Any], seed: int) -> None:
    """Check the path of whoever takes part and of whoever opted out."""
    data = company(**told)
    checker = Checker(data)
    for opted_out in ((), (ME,)):
        path = advisor_of(data, *opted_out, seed=seed).path(ME, **question)
        assert checker.problems(path) == []


@settings(max_examples=40)
@given(companies(), questions, seeds)
def test_the_same_question_has_the_same_answer(
    told: dict[str, Any], question: dict[str, Any], seed: int
) -> None:
    path = advisor_of(company(**told), seed=seed).path(ME, **question)
    assert advisor_of(company(**told), seed=seed).path(ME, **question) == path


def test_a_path_is_the_same_each_time_and_whoever_asked_before(
    model: TrainedModel, learning_data: LearningData, some: list[str]
) -> None:
    def paths(advisor: Advisor, asked: list[str]) -> dict[str, LearningPath]:
        return {e: advisor.path(e, hours_per_month=6, as_of=AS_OF) for e in asked}

    first = paths(Advisor(model, learning_data), some[:8])
    assert paths(Advisor(model, learning_data), some[7::-1]) == first


def test_a_start_in_the_past_is_planned_as_of_then(
    model: TrainedModel, learning_data: LearningData, some: list[str]
) -> None:
    past = AS_OF - timedelta(days=200)
    advisor = Advisor(model, learning_data)
    for employee_id in some[:5]:
        path = advisor.path(employee_id, start=past, as_of=AS_OF, months=2)
        assert path == advisor.path(employee_id, as_of=past, months=2)
        assert path.as_of == path.start == past


def test_who_opted_out_gets_what_role_history_and_hours_give_in_the_same_form(
    model: TrainedModel, learning_data: LearningData, some: list[str]
) -> None:
    plain = learning_data.employees.with_columns(
        preferred_formats=pl.lit(None, pl.List(pl.String)),
        preferred_times=pl.lit(None, pl.List(pl.String)),
    )
    bare = replace(
        learning_data, employees=plain, employee_skills=learning_data.employee_skills[:0]
    )
    courses, changed = set(learning_data.courses["course_id"]), 0
    for employee_id in some[:20]:
        ask = {"hours_per_month": 5, "months": 6, "as_of": AS_OF}
        out = Advisor(model, learning_data, [employee_id]).path(employee_id, **ask)
        assert out == Advisor(model, bare, [employee_id]).path(employee_id, **ask)
        reasons = [reason for step in out.steps for reason in step.reasons]
        assert courses.isdisjoint(r.subject for r in reasons if r.code == "suits")
        personal = Advisor(model, learning_data).path(employee_id, **ask)
        assert _form(out.to_json()) == _form(personal.to_json())
        changed += out != personal
    assert changed > 10


def test_two_people_who_opted_out_get_the_same_path_where_role_and_history_are_the_same(
    learning_data: LearningData, model: TrainedModel, some: list[str]
) -> None:
    one = some[0]
    twin = pl.col("employee_id").replace({one: "TWIN"})
    data = replace(
        learning_data,
        employees=pl.concat(
            [
                learning_data.employees,
                learning_data.employees.filter(employee_id=one).with_columns(
                    twin, preferred_formats=pl.lit(["online"]), preferred_times=pl.lit(["evening"])
                ),
            ]
        ),
        events=pl.concat(
            [learning_data.events, learning_data.events.filter(employee_id=one).with_columns(twin)]
        ),
    )
    advisor = Advisor(model, data, [one, "TWIN"])
    paths = [advisor.path(e, as_of=AS_OF).to_json() for e in (one, "TWIN")]
    assert [path.pop("employee_id") for path in paths] == [one, "TWIN"]
    assert paths[0] == paths[1]
    assert paths[0]["steps"]


def _form(value: Any) -> Any:
    """Return the keys of JSON, and what is under them; of lists, all forms that there are."""
    if isinstance(value, dict):
        return {key: _form(one) for key, one in value.items() if key not in ("session", "due_on")}
    if isinstance(value, list):
        return sorted({str(_form(one)) for one in value if not isinstance(one, str)})
    return None
