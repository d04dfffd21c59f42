"""The promises as a caller sees them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from hrreco import Advisor, LearningData, TrainedModel
from hrreco.errors import UnknownIdError
from hrreco.training import RULES_RECIPE, Recipe, refit
from tests.conftest import AS_OF


@pytest.fixture(scope="module")
def model(learning_data: LearningData) -> TrainedModel:
    return refit(Recipe(name="ease"), learning_data, as_of=AS_OF)


@pytest.fixture(scope="module")
def everyone(learning_data: LearningData) -> list[str]:
    return learning_data.employees["employee_id"].to_list()


def advise(model: TrainedModel, data: LearningData, *opted_out: str) -> Advisor:
    return Advisor(model, data, opted_out)


def test_everyone_gets_a_reason_for_every_course(
    model: TrainedModel, learning_data: LearningData, everyone: list[str]
) -> None:
    advisor = advise(model, learning_data)
    for employee_id in everyone:
        answer = advisor.recommend(employee_id, 5, as_of=AS_OF)
        assert len(answer) or answer.left_out
        assert all(item.reasons for item in answer)
        for item in answer:
            assert 0 < sum(reason.share for reason in item.reasons) <= 1 + 1e-6


def test_a_plain_opt_out_that_names_nobody_is_not_passed_over(
    model: TrainedModel, learning_data: LearningData
) -> None:
    with pytest.warns(UserWarning, match="1 of 1 opt-outs name nobody") as caught:
        advise(model, learning_data, "nobody")
    assert caught[0].filename == __file__


def test_opting_out_gives_what_the_rules_give_in_the_same_form(
    model: TrainedModel, learning_data: LearningData, everyone: list[str]
) -> None:
    rules = advise(refit(RULES_RECIPE, learning_data, as_of=AS_OF), learning_data)
    advisor = advise(model, learning_data, *everyone[:60])
    for employee_id in everyone[:60]:
        assert advisor.recommend(employee_id, as_of=AS_OF) == rules.recommend(
            employee_id, as_of=AS_OF
        )


def test_mandatory_training_stays_when_opting_out(
    model: TrainedModel, learning_data: LearningData, everyone: list[str]
) -> None:
    before = advise(model, learning_data)
    after = advise(model, learning_data, *everyone)
    seen = 0
    for employee_id in everyone:
        mandatory = [
            [item for item in advisor.recommend(employee_id, 9, as_of=AS_OF) if item.due_on]
            for advisor in (before, after)
        ]
        assert mandatory[0] == mandatory[1]
        seen += len(mandatory[0])
    assert seen


def test_opting_out_is_in_force_at_the_next_call_and_opting_in_gives_the_very_answer_of_before(
    model: TrainedModel, learning_data: LearningData, everyone: list[str]
) -> None:
    advisor = advise(model, learning_data)
    answers = {e: advisor.recommend(e, as_of=AS_OF) for e in everyone[:100]}
    changed = 0
    for employee_id, before in answers.items():
        advisor.opt_out(employee_id, ["profiling"])
        after = advisor.recommend(employee_id, as_of=AS_OF)
        codes = {reason.code for item in after for reason in item.reasons}
        assert codes <= {"required", "role_next", "popular"}
        changed += after != before
        advisor.opt_in(employee_id)
        assert advisor.recommend(employee_id, as_of=AS_OF) == before
    assert changed > 20


def test_opting_out_of_training_alone_changes_no_answer(
    model: TrainedModel, learning_data: LearningData, everyone: list[str]
) -> None:
    advisor = advise(model, learning_data)
    before = advisor.recommend(everyone[0], as_of=AS_OF)
    advisor.opt_out(everyone[0], ["training"])
    assert advisor.recommend(everyone[0], as_of=AS_OF) == before


def test_a_course_completed_a_second_ago_counts_at_once(
    model: TrainedModel, learning_data: LearningData, everyone: list[str]
) -> None:
    now = datetime.combine(AS_OF, datetime.min.time(), UTC) + timedelta(hours=12)
    advisor = advise(model, learning_data)
    for employee_id in everyone:
        electives = [i for i in advisor.recommend(employee_id, as_of=now) if i.kind == "elective"]
        if electives:
            break
    row = pl.DataFrame(
        {
            "employee_id": [employee_id],
            "course_id": [electives[0].course_id],
            "kind": ["completed"],
            "occurred_at": [now - timedelta(seconds=1)],
        }
    ).with_columns(pl.col("occurred_at").cast(pl.Datetime("us", "UTC")))
    later = replace(learning_data, events=pl.concat([learning_data.events, row], how="diagonal"))
    shown = [item.course_id for item in advise(model, later).recommend(employee_id, as_of=now)]
    assert electives[0].course_id not in shown
    why = advise(model, later).why_not(employee_id, electives[0].course_id, as_of=now)
    assert why.code == "taken"


def test_why_not_agrees_with_the_answer_about_every_course(
    model: TrainedModel, learning_data: LearningData, everyone: list[str]
) -> None:
    advisor = advise(model, learning_data)
    for employee_id in everyone[:5]:
        shown = [i.course_id for i in advisor.recommend(employee_id, 5, as_of=AS_OF)]
        for course_id in learning_data.courses["course_id"]:
            why = advisor.why_not(employee_id, course_id, 5, as_of=AS_OF)
            assert why.suggested == (course_id in shown)
            assert why.text


@pytest.mark.parametrize("call", ["recommend", "opt_out", "opt_in"])
def test_an_unknown_employee_is_named(
    call: str, model: TrainedModel, learning_data: LearningData, everyone: list[str]
) -> None:
    near = everyone[0][:-1] + "x"
    with pytest.raises(UnknownIdError, match=f"'{near}'.*did you mean"):
        getattr(advise(model, learning_data), call)(near)


def test_an_unknown_course_is_named(
    model: TrainedModel, learning_data: LearningData, everyone: list[str]
) -> None:
    with pytest.raises(UnknownIdError, match="nothing-like-it"):
        advise(model, learning_data).why_not(everyone[0], "nothing-like-it")
