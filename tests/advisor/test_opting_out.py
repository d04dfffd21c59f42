"""Opting out costs nothing: whoever did gets what anybody gets where only the rules apply."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from hrreco import Advisor, LearningData, TrainedModel
from hrreco.privacy import PURPOSES
from hrreco.training import Recipe, refit
from tests.conftest import AS_OF

COURSE = "C00041"

CALLS: dict[str, Callable[[Advisor, str], Any]] = {
    "recommend": lambda advisor, me: advisor.recommend(me, 8, as_of=AS_OF),
    "why_not": lambda advisor, me: advisor.why_not(me, COURSE, as_of=AS_OF),
    "gap": lambda advisor, me: advisor.gap(me, as_of=AS_OF),
    "path": lambda advisor, me: advisor.path(me, months=3, as_of=AS_OF),
    "onboarding": lambda advisor, me: advisor.onboarding(me, as_of=AS_OF),
    "careers": lambda advisor, me: advisor.careers(me, as_of=AS_OF),
}
"""Every call about one person; `recommend_all` is for others."""


@pytest.fixture(scope="module")
def model(learning_data: LearningData) -> TrainedModel:
    return refit(Recipe(name="ease"), learning_data, as_of=AS_OF)


@pytest.fixture(scope="module")
def some(learning_data: LearningData) -> list[str]:
    here = learning_data.employees.filter(pl.col("left_on").is_null())
    return here["employee_id"][::60].to_list()


def only_rules(model: TrainedModel) -> TrainedModel:
    """Return the model of a company where no other was found."""
    return TrainedModel(model.rules, model.origin)


def with_nothing_declared(data: LearningData) -> LearningData:
    """Return the data as if nobody had named skills or preferences."""
    nothing = pl.lit(None, pl.List(pl.String))
    plain = data.employees.with_columns(preferred_formats=nothing, preferred_times=nothing)
    return replace(data, employees=plain, employee_skills=data.employee_skills[:0])


def test_these_are_all_calls_about_one_person() -> None:
    public = {name for name, _ in inspect.getmembers(Advisor, inspect.isfunction)}
    about_one = {name for name in public if not name.startswith("_")}
    assert about_one == {*CALLS, "recommend_all", "opt_out", "opt_in", "warm_up"}


@pytest.mark.parametrize("call", CALLS)
def test_the_answer_is_the_one_of_a_company_with_no_model_to_whoever_declared_nothing(
    call: str, model: TrainedModel, learning_data: LearningData, some: list[str]
) -> None:
    ask = CALLS[call]
    advisor = Advisor(model, learning_data)
    nobody_knows = Advisor(only_rules(model), with_nothing_declared(learning_data))
    changed = 0
    for me in some:
        before = ask(advisor, me)
        advisor.opt_out(me, ["profiling"])
        assert ask(advisor, me) == ask(nobody_knows, me)
        changed += ask(advisor, me) != before
        advisor.opt_in(me)
        assert ask(advisor, me) == before
    assert changed or call == "why_not"


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("purpose", [one for one in PURPOSES if one != "profiling"])
def test_no_answer_depends_on_any_other_opt_out(
    call: str, purpose: Any, model: TrainedModel, learning_data: LearningData, some: list[str]
) -> None:
    advisor, ask = Advisor(model, learning_data), CALLS[call]
    before = ask(advisor, some[0])
    advisor.opt_out(some[0], [purpose])
    assert ask(advisor, some[0]) == before


@pytest.mark.parametrize("call", ["path", "onboarding"])
def test_mandatory_training_is_planned_alike(
    call: str, model: TrainedModel, learning_data: LearningData, some: list[str]
) -> None:
    def mandatory(advisor: Advisor, me: str) -> set[tuple[str, Any]]:
        answer = CALLS[call](advisor, me)
        plans = answer.stages if call == "onboarding" else [answer]
        steps = [step for plan in plans for step in plan.steps]
        return {(one.course_id, one.due_on) for one in steps if one.kind == "mandatory"}

    found = [
        [mandatory(advisor, me) for me in some]
        for advisor in (Advisor(model, learning_data), Advisor(model, learning_data, some))
    ]
    assert found[0] == found[1]
    assert any(found[0])
