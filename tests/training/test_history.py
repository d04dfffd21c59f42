from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest

from hrreco.data import LearningData
from hrreco.errors import DataError, SettingsError
from hrreco.evaluation import Split
from hrreco.profiles import Learners, build_vocabulary
from hrreco.settings import Moment
from hrreco.training import (
    RULES,
    SPLITS,
    SplitName,
    TrainConfig,
    contest,
    evaluate_history,
    train,
)
from hrreco.training.history import _History
from tests.conftest import AS_OF

MOMENT = Moment.of(AS_OF, "Europe/Helsinki")


@pytest.fixture(scope="module")
def history(learning_data: LearningData) -> _History:
    return _History(learning_data, build_vocabulary(learning_data, MOMENT), MOMENT, TrainConfig())


def test_the_last_course_of_an_employee_is_nowhere_in_what_models_see(history: _History) -> None:
    cut = history.last_out()
    assert (np.diff(cut.split.targets.indptr) <= 1).all()
    assert cut.split.targets.nnz > 100
    assert cut.split.targets.multiply(cut.learners.history).nnz == 0
    assert cut.split.targets.multiply(cut.split.exclude).nnz == 0
    assert (cut.learners.history != cut.training.learners.history).nnz == 0


def test_what_models_see_of_the_rest_is_the_split_s_own_history(history: _History) -> None:
    cut = history.last_out()
    asked = np.diff(cut.split.targets.indptr) > 0
    mandatory_or_rated = abs(cut.split.history - cut.learners.history)[asked]
    # Mandatory courses are no evidence, and ratings move it; nothing else may differ.
    shown = cut.learners.history[asked] > 0
    assert shown.multiply(cut.split.history[asked] > 0).nnz == shown.nnz
    assert mandatory_or_rated.nnz < cut.split.history.nnz


def test_what_the_held_out_course_teaches_is_not_known_yet(
    learning_data: LearningData, history: _History
) -> None:
    """A skill that only the last course teaches would give it away."""
    known = history.last_out().learners.needs
    with_everything = history.cut()
    assert known.shape == with_everything.learners.needs.shape
    everything = _needs_of_everything(learning_data, history)
    assert known.nnz > everything


def _needs_of_everything(data: LearningData, history: _History) -> int:
    from hrreco.profiles import encode_all

    return int(encode_all(data, history.vocabulary, MOMENT).needs.nnz)


def test_both_splits_judge_the_same_models(learning_data: LearningData) -> None:
    for split in ("temporal", "leave-last-out"):
        report = evaluate_history(learning_data, ["ease"], [5], split=split, as_of=AS_OF)
        assert report.models["ease"].overall.verdict("ndcg@5") == "better"


def test_an_unknown_split_is_named(learning_data: LearningData) -> None:
    with pytest.raises(SettingsError, match="did you mean 'temporal'"):
        evaluate_history(learning_data, ["ease"], [5], split="temporel", as_of=AS_OF)  # type: ignore[arg-type]


def test_new_hires_are_answered_by_the_rules_or_where_asked_by_each_model_itself(
    learning_data: LearningData,
) -> None:
    served, alone = (
        evaluate_history(learning_data, ["lightfm"], [5], alone=alone, as_of=AS_OF)
        for alone in (False, True)
    )
    rules, served_new, alone_new = (
        report.models[name].slices["cold_start"].means["ndcg@5"]
        for report, name in ((alone, RULES), (served, "lightfm"), (alone, "lightfm"))
    )
    assert served_new == rules != alone_new
    warm = [report.models["lightfm"].slices["warm"].means for report in (served, alone)]
    assert warm[0] == warm[1]


def test_nobody_with_two_courses_cannot_be_held_out_from(learning_data: LearningData) -> None:
    one_each = learning_data.events.filter(pl.col("kind") == "completed").unique(
        "employee_id", keep="first", maintain_order=True
    )
    with pytest.raises(DataError, match="completed two courses"):
        evaluate_history(
            replace(learning_data, events=one_each), ["ease"], [5], split="leave-last-out"
        )


def test_a_few_people_are_not_told_of(learning_data: LearningData) -> None:
    strict = replace(
        learning_data,
        settings=learning_data.settings.model_copy(update={"min_people": 10_000}),
    )
    report = evaluate_history(strict, ["popularity"], [5], as_of=AS_OF)
    assert report.learners is None
    assert not report.models["popularity"].overall.means


def test_the_blend_is_the_one_that_train_puts_to_its_gate(learning_data: LearningData) -> None:
    report = evaluate_history(learning_data, ["blend"], [10], as_of=AS_OF)
    trained = train(learning_data, as_of=AS_OF).report
    assert trained is not None
    assert trained.judged_by is not None
    best = trained.challenger if trained.rules_win else trained.winner
    assert best is not None
    assert len(best.settings["parts"]) > 1
    assert report.settings["blend"] == best.settings
    judged = trained.judged_by.models["blend"].overall
    assert report.models["blend"].overall.means["ndcg@10"] == judged.means["ndcg@10"]


@pytest.mark.parametrize("split", SPLITS)
def test_the_weights_are_learned_where_nothing_of_what_is_asked_can_be_seen(
    split: SplitName,
    learning_data: LearningData,
    history: _History,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    windows: list[Split] = []

    def noting(models: Mapping[str, Any], _: Learners, window: Split, **more: Any) -> Any:
        windows.append(window)
        return dict.fromkeys(models, 1.0)

    monkeypatch.setattr(contest, "learn_weights", noting)
    report = evaluate_history(learning_data, ["blend"], [5], split=split, as_of=AS_OF)
    asked = (history.cut() if split == "temporal" else history.last_out()).split.targets
    (window,) = windows
    assert window.targets.nnz > 100
    assert window.targets.multiply(asked).nnz == window.history.multiply(asked).nnz == 0
    assert {part["name"] for part in report.settings["blend"]["parts"]} == {
        RULES,
        *TrainConfig().models,
    }


def test_the_blend_of_next_to_no_history_is_the_rules(
    learning_data: LearningData, history: _History
) -> None:
    """As what `train` would have serve."""
    relevant = history.events.filter("relevant").unique(["learner", "course"])
    pair = relevant.filter(pl.len().over("learner") > 1).sort("learner")["event"].head(2)
    few = replace(learning_data, events=learning_data.events[pair.to_list()])
    report = evaluate_history(few, ["blend"], [5], split="leave-last-out", as_of=AS_OF)
    assert [part["name"] for part in report.settings["blend"]["parts"]] == [RULES]


def test_a_single_model_may_be_named_by_itself(learning_data: LearningData) -> None:
    report = evaluate_history(learning_data, "itemknn", [5], as_of=AS_OF)
    assert {*report.models} | {*report.unfitted} == {RULES, "itemknn"}
