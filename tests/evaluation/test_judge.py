import json
import math

import pytest

from hrreco.errors import SettingsError, UnknownIdError
from hrreco.evaluation import Fitted, Split, judge

from .toys import learners_of, matrix, toy

N_COURSES = 4
GOOD, BAD = toy([4, 3, 2, 1]), toy([1, 2, 3, 4])


def case(histories, targets):
    history = matrix(histories, N_COURSES)
    split = Split(history, history, matrix(targets, N_COURSES))
    return learners_of(histories, N_COURSES), split


def report_of(models, histories, targets, ks=(1, 2), **more):
    return judge(Fitted(models, {}), *case(histories, targets), ks=ks, **more)


@pytest.fixture
def report():
    histories = [()] * 5 + [{3}] * 6 + [{0}]
    targets = [{0}] * 5 + [{0, 1}] * 6 + [()]
    return report_of({"popularity": BAD, "good": GOOD}, histories, targets)


def test_means_are_over_learners_with_targets(report):
    assert (report.learners, report.without_targets) == (11, 1)
    good, bad = report.models["good"].overall, report.models["popularity"].overall
    assert good.means["recall@1"] == pytest.approx((5 * 1 + 6 * 0.5) / 11)
    assert good.means["ndcg@2"] == pytest.approx(1.0)
    assert bad.means["hit_rate@1"] == 0.0
    # cold: 3, 2, so no hit; warm: 2, then 1, a hit in second place
    assert bad.means["mrr@2"] == pytest.approx(6 * 0.5 / 11)
    ideal = 1 + 1 / math.log2(3)
    assert bad.means["ndcg@2"] == pytest.approx(6 * (1 / math.log2(3)) / ideal / 11)


def test_coverage_counts_only_courses_in_lists(report):
    # good: course 0, then 1; bad: 3 for the cold ones and 2 for the others, then 2 and 1
    good, bad = report.models["good"].catalogue, report.models["popularity"].catalogue
    assert (good["coverage@1"], good["coverage@2"]) == (0.25, 0.5)
    assert (bad["coverage@1"], bad["coverage@2"]) == (0.5, 0.75)


def test_cold_and_warm_learners_are_slices_of_their_own(report):
    slices = report.models["good"].slices
    assert [(name, part.learners) for name, part in slices.items()] == [
        ("all", 11),
        ("cold_start", 5),
        ("warm", 6),
    ]
    assert slices["cold_start"].means["recall@1"] == 1.0
    assert slices["cold_start"].verdict("recall@1") == "better"
    assert slices["warm"].means["recall@1"] == 0.5


def test_the_verdict_follows_the_interval(report):
    good = report.models["good"]
    assert good.overall.verdict("recall@1") == "better"
    difference = good.overall.versus["rules"]["recall@1"]
    assert 0 < difference.low < difference.mean < difference.high
    assert report.models["popularity"].overall.verdict("recall@1") is None
    turned = report_of({"popularity": GOOD, "m": BAD}, [()] * 9, [{0}] * 9)
    assert turned.models["m"].overall.verdict("recall@1") == "worse"
    equal = report_of({"popularity": GOOD, "m": toy([4, 3, 2, 1])}, [()] * 9, [{0}] * 9)
    assert equal.models["m"].overall.verdict("recall@1") == "no difference shown"


def test_one_lucky_learner_shows_no_difference():
    models = {"popularity": toy([4, 3, 1, 2]), "m": toy([4, 3, 2, 1])}
    report = report_of(models, [()] * 10, [{0}] * 9 + [{2}], ks=(3,))
    part = report.models["m"].overall
    assert part.versus["rules"]["recall@3"].mean > 0
    assert part.verdict("recall@3") == "no difference shown"


def test_the_interval_is_paired():
    # Everybody is served a little better, though learners differ much more than the models.
    targets = [{0}] * 40 + [{3}] * 40
    models = {"popularity": GOOD, "m": toy([4, 3, 1, 2])}
    report = report_of(models, [()] * 80, targets, ks=(4,))
    model, rules = report.models["m"].overall, report.models["popularity"].overall
    assert model.intervals["mrr@4"].low < rules.intervals["mrr@4"].mean
    assert model.verdict("mrr@4") == "better"
    assert model.versus["rules"]["mrr@4"].mean == pytest.approx((1 / 3 - 1 / 4) / 2)


def test_the_interval_of_few_learners_is_not_told():
    report = report_of({"popularity": BAD, "good": GOOD}, [()] * 4 + [{3}] * 5, [{0}] * 9)
    cold = report.models["good"].slices["cold_start"]
    assert (cold.learners, dict(cold.versus)) == (4, {})
    assert cold.means["recall@1"] == 1.0
    assert cold.verdict("recall@1") == "not assessable"
    assert report.models["good"].slices["warm"].verdict("recall@1") == "better"


@pytest.mark.parametrize("learners", [1_110, 1_113, 1_117, 1_119])
def test_no_rate_gives_away_the_count_that_is_rounded(learners):
    targets = [{0}] * 371 + [{2}] * (learners - 371)
    report = report_of({"popularity": GOOD}, [()] * learners, targets, ks=(1,), min_people=5)
    part = report.models["popularity"].overall
    assert part.learners == 1_110
    told = [part.means["hit_rate@1"], *part.intervals["hit_rate@1"]]
    for rate in told:
        assert rate * 1_110 == pytest.approx(round(rate * 1_110), abs=1e-3)
        fits = [n for n in range(1_110, 1_120) if abs(round(rate * n) / n - rate) <= 0.5 / 1_110]
        assert fits == list(range(1_110, 1_120))


@pytest.mark.parametrize("hits", range(14, 34, 2))
def test_what_is_told_gives_the_verdict_of_the_exact_figures(hits):
    models = {"popularity": toy([4, 3, 2, 1]), "m": toy([3, 4, 2, 1])}
    targets = [{0}] * hits + [{1}] * (47 - hits)
    exact, told = (
        report_of(models, [()] * 47, targets, ks=(1, 2), min_people=fewest).models["m"].overall
        for fewest in (None, 5)
    )
    for metric in exact.means:
        assert told.verdict(metric) == exact.verdict(metric)
        one, other = exact.versus["rules"][metric], told.versus["rules"][metric]
        for bound, rounded in zip(one, other, strict=True):
            assert (bound > 0, bound < 0) == (rounded > 0, rounded < 0)
            assert abs(bound - rounded) <= 0.5 / 40 + 1e-6


@pytest.mark.parametrize(("cold", "warm"), [(4, 9), (9, 4)])
def test_nothing_is_told_of_few_people_nor_of_the_rest_that_would_give_them_away(cold, warm):
    histories, targets = [()] * cold + [{3}] * warm, [{0}] * 13
    report = report_of({"popularity": BAD, "good": GOOD}, histories, targets, min_people=5)
    good = report.models["good"]
    assert good.overall.learners == 10
    for name in ("cold_start", "warm"):
        part = good.slices[name]
        assert (part.learners, dict(part.means), dict(part.versus)) == (None, {}, {})
        assert good.to_json()["slices"][name] == {"learners": None, "verdict": "not assessable"}
        (row,) = [row for row in report.rows() if row.slice == name]
        assert (row.learners, row.model, row.verdict) == (None, None, "not assessable")


def test_a_slice_of_nobody_hides_nothing():
    report = report_of({"popularity": BAD, "good": GOOD}, [{3}] * 9, [{0}] * 9, min_people=5)
    slices = report.models["good"].slices
    assert slices["cold_start"].learners == 0
    assert slices["warm"].learners == 5


def test_counts_of_a_company_s_people_are_rounded_down_to_tens():
    report = report_of(
        {"popularity": GOOD}, [()] * 27 + [{3}] * 8, [{0}] * 33 + [()] * 2, min_people=5
    )
    slices = report.models["popularity"].slices
    assert (report.learners, report.without_targets) == (30, None)
    assert [part.learners for part in slices.values()] == [30, 20, 5]


def test_a_model_that_could_not_be_fitted_is_named():
    found = judge(
        Fitted({"popularity": GOOD}, {"als": "too flat"}), *case([()] * 6, [{0}] * 6), ks=(1,)
    )
    assert found.to_json()["unfitted"] == {"als": "too flat"}


def test_a_difference_of_rounding_is_no_difference():
    shifted = [{0}, {1}, {2}] * 7
    report = report_of({"popularity": GOOD, "m": toy([4, 3, 2, 1])}, [()] * 21, shifted, ks=(3,))
    for difference in report.models["m"].overall.versus["rules"].values():
        assert difference == (0.0, 0.0, 0.0)


def test_of_too_few_people_nothing_at_all_is_told():
    report = report_of({"popularity": GOOD}, [()] * 4, [{0}] * 3 + [()], min_people=5)
    found = report.to_json()
    assert (found["learners"], found["without_targets"]) == (None, None)
    model = found["models"]["popularity"]
    assert model == {
        "learners": None,
        "verdict": "not assessable",
        "slices": {
            "cold_start": {"learners": None, "verdict": "not assessable"},
            "warm": {"learners": None, "verdict": "not assessable"},
        },
    }
    assert all(row.mean is None for row in report.rows())


def test_all_learners_have_means_even_when_they_are_few():
    found = report_of({"popularity": BAD, "good": GOOD}, [()] * 2, [{0}] * 2).to_json()
    assert found["models"]["good"]["recall@1"] == 1.0
    assert found["models"]["good"]["verdict"] == "not assessable"


@pytest.mark.parametrize("histories", [[], [{0}, {1}]])
def test_nobody_to_judge_is_no_error(histories):
    found = report_of({"popularity": GOOD}, histories, [()] * len(histories)).to_json()
    assert (found["learners"], found["without_targets"]) == (0, len(histories))
    assert found["models"]["popularity"]["verdict"] == "not assessable"
    assert found["models"]["popularity"]["coverage@2"] == 0.0


def test_a_caller_may_add_rivals():
    report = report_of(
        {"popularity": BAD, "champion": GOOD, "m": GOOD},
        [()] * 12,
        [()] + [{0}] * 11,
        rivals={"rules": "popularity", "champion": "champion"},
    )
    model = report.models["m"]
    assert model.overall.verdict("recall@1") == "better"
    assert model.overall.verdict("recall@1", "champion") == "no difference shown"
    assert set(model.to_json()) >= {"versus_rules", "versus_champion"}
    assert "versus_champion" not in report.models["champion"].to_json()


def test_taken_courses_are_not_ranked():
    report = report_of({"popularity": GOOD}, [{0}] * 5, [{1}] * 5)
    assert report.models["popularity"].overall.means["hit_rate@1"] == 1.0


def test_json_has_the_keys_that_were_promised(report):
    found = json.loads(json.dumps(report.to_json(), allow_nan=False))
    assert found["k"] == [1, 2]
    model = found["models"]["good"]
    names = {f"{m}@{k}" for m in ("recall", "ndcg", "hit_rate", "mrr") for k in (1, 2)}
    assert set(model) == names | {
        *("coverage@1", "coverage@2", "gini@1", "gini@2"),
        *("learners", "intervals", "versus_rules", "slices"),
    }
    assert set(model["intervals"]) == set(model["versus_rules"]) == names
    assert set(model["versus_rules"]["ndcg@2"]) == {"difference", "low", "high", "verdict"}
    assert set(model["slices"]) == {"cold_start", "warm"}


def test_rows_hold_every_metric_of_every_model(report):
    rows = list(report.rows())
    assert len(rows) == 3 * 8 * 2 + 2 * 4
    assert (rows[0].slice, rows[0].metric, rows[0].model) == ("all", "recall@1", "popularity")
    assert rows[0].interval is not None and rows[0].difference is None
    assert (rows[1].model, rows[1].verdict) == ("good", "better")
    assert (rows[-5].metric, rows[-5].mean) == ("coverage@2", 0.5)
    assert [row.metric for row in rows[-2:]] == ["gini@2", "gini@2"]


def test_a_seed_gives_the_same_report():
    models = {"popularity": BAD, "good": GOOD}
    reports = [
        report_of(models, [()] * 9, [{0}, {1}, {2}] * 3, seed=seed).to_json() for seed in (1, 1, 2)
    ]
    assert reports[0] == reports[1] != reports[2]


@pytest.mark.parametrize("ks", [(), (0,), (5, -1), "10", (2.5,), (None,)])
def test_a_list_has_a_length(ks):
    with pytest.raises(SettingsError, match="1 or more"):
        report_of({"popularity": GOOD}, [()], [{0}], ks=ks)


def test_lengths_are_sorted_and_distinct():
    assert report_of({"popularity": GOOD}, [()], [{0}], ks=(2, 1, 2)).ks == (1, 2)


def test_there_must_be_models_and_the_rival_among_them():
    with pytest.raises(SettingsError, match="no model to judge"):
        report_of({}, [()], [{0}])
    with pytest.raises(UnknownIdError, match="did you mean 'popular'"):
        report_of({"popular": GOOD}, [()], [{0}])
