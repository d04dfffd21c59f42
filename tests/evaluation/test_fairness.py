"""Fairness: what groups get of what others get, and what may be told of small ones."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hrreco.evaluation import FAIR_LIMIT, Fitted, Groups, Split, judge, unfair
from hrreco.evaluation.groups import NOT_KNOWN, shown_groups

from .toys import learners_of, matrix, toy

N_COURSES = 4
FIRST, LAST = toy([4, 3, 2, 1]), toy([1, 2, 3, 4])
"""The one suggests courses 0 and 1, the other 3 and 2."""


def audited(targets, member, values=("a", "b", "c"), models=None, **more):
    """Judge models by lists of two, with one attribute; nobody has a history."""
    nothing = [()] * len(targets)
    split = Split(*(matrix(rows, N_COURSES) for rows in (nothing, nothing, targets)))
    groups = Groups(
        {"team": values},
        {"team": np.array(member)},
        np.zeros(len(targets), dtype=np.intp),
        np.ones((1, N_COURSES), dtype=bool),
        np.array([1.0, 2.0, 4.0, 8.0]),
    )
    models = models or {"popularity": FIRST, "other": LAST}
    report = judge(
        Fitted(models, {}),
        learners_of(nothing, N_COURSES),
        split,
        ks=(2,),
        min_people=5,
        groups=groups,
        **more,
    )
    return report.fairness


def half_and_half(n=40):
    """Everybody in b took course 0; of those in a, one in four did, and the others course 3."""
    targets = [{0} if i % 2 or i % 8 == 0 else {3} for i in range(n)]
    return targets, [i % 2 for i in range(n)]


def test_each_group_has_its_mean_and_the_ratio_is_of_lowest_to_highest():
    spread = audited(*half_and_half())["popularity"]["team"].spreads["recall@2"]
    assert (spread.groups["a"].mean, spread.groups["b"].mean) == (0.25, 1.0)
    assert (spread.lowest, spread.highest) == ("a", "b")
    assert spread.ratio.mean == 0.25
    assert spread.ratio.low < 0.25 < spread.ratio.high < FAIR_LIMIT


def test_hours_and_exposure_are_measured_of_what_can_be_taken():
    result = audited(*half_and_half())["other"]["team"]
    assert result.spreads["hours@2"].groups["a"].mean == pytest.approx(12.0)
    assert result.spreads["exposure@2"].ratio.mean == 1.0


def test_a_rival_is_compared_on_the_same_resamples():
    models = {"popularity": FIRST, "champion": FIRST, "other": LAST}
    rivals = {"rules": "popularity", "champion": "champion"}
    fairness = audited(*half_and_half(), models=models, rivals=rivals)
    same = fairness["champion"]["team"].spreads["recall@2"].versus
    assert set(same) == {"rules"}
    assert same["rules"] == (0.0, 0.0, 0.0)
    # Nobody in b took what the other suggests, so its ratio is 0: worse than one in four.
    other = fairness["other"]["team"].spreads["recall@2"]
    assert other.ratio.mean == 0.0
    assert other.versus["champion"].high < 0


def test_what_nobody_gets_is_shared_out_evenly():
    targets = [{2}] * 20
    result = audited(targets, [0, 1] * 10)["popularity"]["team"]
    assert "recall@2" not in result.spreads
    assert "hours@2" in result.spreads


def test_a_group_of_too_few_is_not_assessable_and_no_figure_of_it_is_told():
    targets, member = half_and_half(37)
    result = audited([*targets, {3}, {3}, {3}, {3}], [*member, 2, 2, 2, NOT_KNOWN])
    told = result["popularity"]["team"].to_json()
    assert told["not_assessable"] == ["b", "c"]  # b goes with c: four people would be left
    assert not told["assessable"]
    assert told["measures"] == {}


def test_a_group_that_nobody_is_in_is_named_all_the_same():
    result = audited(*half_and_half())["popularity"]["team"]
    assert result.not_assessable == ("c",)
    assert dict(result.people) == {"a": 20, "b": 20}


def test_without_min_people_or_groups_nothing_is_audited():
    targets, _ = half_and_half()
    nothing = [()] * len(targets)
    split = Split(*(matrix(rows, N_COURSES) for rows in (nothing, nothing, targets)))
    report = judge(
        Fitted({"popularity": FIRST}, {}), learners_of(nothing, N_COURSES), split, ks=(2,)
    )
    assert report.fairness == {}


def test_what_is_under_the_limit_is_named_and_the_rest_is_not():
    fairness = audited(*half_and_half())
    assert [found[:2] for found in unfair(fairness["popularity"])] == [("team", "recall@2")]
    assert not [*unfair(audited([{0}] * 20, [0, 1] * 10)["popularity"])]


def test_json_is_plain():
    fairness = audited(*half_and_half())["popularity"]["team"]
    found = json.loads(json.dumps(fairness.to_json(), allow_nan=False))
    recall = found["measures"]["recall@2"]
    assert recall["below_limit"] is True
    assert set(recall["groups"]) == {"a", "b"}
    assert set(recall["ratio"]) == {"mean", "low", "high"}


@given(
    member=arrays(np.intp, st.integers(0, 60), elements=st.integers(NOT_KNOWN, 5)),
    min_people=st.integers(5, 12),
)
def test_nothing_of_fewer_people_can_be_worked_out(member, min_people):
    """Every group shown, and all who are in none of them, are enough people or nobody."""
    shown = shown_groups(member, 6, min_people)
    count = np.bincount(member[member >= 0], minlength=6)
    assert (count[shown] >= min_people).all()
    rest = len(member) - count[shown].sum()
    assert rest == 0 or rest >= min_people or not len(shown)


@given(member=arrays(np.intp, st.integers(0, 60), elements=st.integers(0, 3)))
def test_no_more_is_held_back_than_must_be(member):
    shown = shown_groups(member, 4, 5)
    count = np.bincount(member, minlength=4)
    small = count[(count > 0) & (count < 5)].sum()
    if small == 0 or small >= 5:
        assert np.array_equal(shown, np.flatnonzero(count >= 5))
    else:
        assert len(shown) >= (count >= 5).sum() - 1
