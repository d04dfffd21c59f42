from dataclasses import replace

import pytest

from hrreco.evaluation import (
    EvaluationReport,
    Faithfulness,
    Interval,
    ModelResult,
    SliceResult,
    Spread,
)
from hrreco.evaluation.fairness import AttributeResult
from hrreco.training.gate import Unfair, Unfaithful, gate
from hrreco.training.trust import trust_warnings

METRIC = "ndcg@10"
BETTER = Interval(0.05, 0.02, 0.08)
UNSURE = Interval(0.01, -0.02, 0.04)
WORSE = Interval(-0.05, -0.08, -0.02)


def report(
    rules: Interval | None = BETTER,
    cold: Interval | None = UNSURE,
    champion: Interval | None = None,
    learners: int | None = 100,
) -> EvaluationReport:
    def part(versus_rules: Interval | None, versus_champion: Interval | None) -> SliceResult:
        rivals = {"rules": versus_rules, "champion": versus_champion}
        versus = {rival: {METRIC: shown} for rival, shown in rivals.items() if shown}
        return SliceResult(learners=100, means={}, intervals={}, versus=versus)

    slices = {"all": part(rules, champion), "cold_start": part(cold, None)}
    return EvaluationReport((10,), learners, 0, {"ease": ModelResult({}, slices)})


def failures(learners: int | None = 100, **shown: Interval | None) -> list[str]:
    judged = report(learners=learners, **shown)
    return [str(failure) for failure in gate(judged, "ease", METRIC)]


def test_a_model_that_beats_the_rules_and_is_worse_nowhere_passes() -> None:
    assert not failures()
    assert not failures(champion=UNSURE)


@pytest.mark.parametrize("rules", [UNSURE, WORSE, Interval(0.01, 0.0, 0.02)])
def test_the_low_end_against_the_rules_must_be_above_zero(rules: Interval) -> None:
    (failure,) = failures(rules=rules)
    assert failure.startswith("ndcg@10 on all against the rules")
    assert "the low end must be above 0" in failure


def test_a_failure_names_metric_slice_interval_and_limit() -> None:
    assert failures(cold=WORSE) == [
        "ndcg@10 on cold_start against the rules: -0.0500 [-0.0800, -0.0200], "
        "the high end must not be below 0"
    ]


def test_a_model_shown_worse_than_the_champion_fails() -> None:
    (failure,) = failures(champion=WORSE)
    assert "against the champion" in failure


@pytest.mark.parametrize("learners", [None, 0, 29])
def test_too_few_employees_to_judge_is_no_pass(learners: int | None) -> None:
    (failure,) = failures(learners=learners)
    assert "fewer than 30 employees" in failure


def test_thirty_employees_are_enough() -> None:
    assert not failures(learners=30)


def test_no_comparison_with_the_rules_is_no_pass() -> None:
    assert failures(rules=None)


LOW_RATIO = Interval(0.6, 0.5, 0.7)


def with_groups(ratio: Interval, **versus: Interval) -> EvaluationReport:
    means = {"female": Interval(0.3, 0.2, 0.4), "male": Interval(0.5, 0.4, 0.6)}
    spread = Spread(means, "female", "male", ratio, versus)
    result = AttributeResult({"female": 50, "male": 50}, (), {"recall@10": spread})
    return replace(report(), fairness={"ease": {"gender": result}})


def test_a_recipe_that_is_less_fair_than_the_champion_fails_and_all_is_named() -> None:
    judged = with_groups(LOW_RATIO, rules=UNSURE, champion=WORSE)
    (failure,) = gate(judged, "ease", METRIC)
    assert isinstance(failure, Unfair)
    assert (failure.metric, failure.attribute, failure.group) == ("recall@10", "gender", "female")
    assert (failure.ratio, failure.limit, failure.rival) == (LOW_RATIO, 0.8, "champion")
    assert str(failure) == (
        "recall@10 by gender: 'female' gets 0.60 [0.50, 0.70] of what 'male' gets; "
        "the limit is 0.8, and the champion is fairer"
    )


def test_without_a_champion_the_rules_must_not_be_fairer() -> None:
    (failure,) = gate(with_groups(LOW_RATIO, rules=WORSE), "ease", METRIC)
    assert "the rules is fairer" not in str(failure)
    assert "the rules are fairer" in str(failure)


@pytest.mark.parametrize(
    ("ratio", "versus"),
    [
        (LOW_RATIO, {"rules": WORSE, "champion": UNSURE}),  # no less fair than what serves
        (LOW_RATIO, {"rules": WORSE, "champion": BETTER}),
        (Interval(0.75, 0.65, 0.85), {"champion": WORSE}),  # not shown to be under the limit
        (Interval(0.9, 0.85, 0.95), {"champion": WORSE}),
    ],
)
def test_only_what_is_shown_worse_than_both_limit_and_champion_fails(
    ratio: Interval, versus: dict[str, Interval]
) -> None:
    assert not gate(with_groups(ratio, **versus), "ease", METRIC)


def test_groups_that_are_not_assessable_neither_pass_nor_fail() -> None:
    nothing = {"gender": AttributeResult({}, ("female", "male"), {})}
    judged = replace(report(), fairness={"ease": nothing})
    assert not gate(judged, "ease", METRIC)
    assert [*trust_warnings(judged, "ease")] == [
        "fairness by gender: not assessable, there are no two large enough groups"
    ]


@pytest.mark.parametrize(
    ("rate", "fails"),
    [(Interval(0.9, 0.79, 0.99), True), (Interval(0.9, 0.8, 0.99), False), (None, False)],
)
def test_reasons_must_be_shown_to_be_faithful_where_that_can_be_assessed(
    rate: Interval | None, fails: bool
) -> None:
    judged = replace(report(), faithfulness={"ease": Faithfulness(200, rate)})
    failed = gate(judged, "ease", METRIC)
    assert [type(one) for one in failed] == [Unfaithful] * fails
    if fails:
        assert str(failed[0]) == (
            "faithful reasons: 0.90 [0.79, 0.99], the low end must reach 0.8"
        )
    if rate is None:
        assert "not assessable" in next(trust_warnings(judged, "ease"))
