import pytest

from hrreco.evaluation import EvaluationReport, Interval, ModelResult, SliceResult
from hrreco.training.gate import gate

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
