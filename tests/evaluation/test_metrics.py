import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrreco.evaluation import NO_COURSE
from hrreco.evaluation.metrics import coverage, exposure, gini, hours, per_learner

from .toys import matrix

N_COURSES = 8


@st.composite
def judged(draw):
    n = draw(st.integers(0, 5))
    depth = draw(st.integers(1, N_COURSES))
    tops = []
    for _ in range(n):
        best = draw(st.permutations(range(N_COURSES)))[: draw(st.integers(0, depth))]
        tops.append([*best, *[NO_COURSE] * (depth - len(best))])
    relevant = [draw(st.sets(st.integers(0, N_COURSES - 1))) for _ in range(n)]
    return np.array(tops, dtype=np.intp).reshape(n, depth), relevant


def brute(top, relevant, k):
    """Follow the definitions, one learner at a time."""
    if not relevant:
        return dict.fromkeys(("recall", "ndcg", "hit_rate", "mrr"), math.nan)
    hits = [rank for rank, course in enumerate(top[:k], start=1) if course in relevant]
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(relevant)) + 1))
    return {
        "recall": len(hits) / len(relevant),
        "ndcg": sum(1 / math.log2(rank + 1) for rank in hits) / ideal,
        "hit_rate": float(bool(hits)),
        "mrr": 1 / hits[0] if hits else 0.0,
    }


@given(judged(), st.integers(1, N_COURSES))
def test_metrics_follow_their_definitions(case, k):
    top, relevant = case
    found = per_learner(top, matrix(relevant, N_COURSES).reshape(len(top), N_COURSES), k)
    for name in ("recall", "ndcg", "hit_rate", "mrr"):
        expected = [brute(t, r, k)[name] for t, r in zip(top.tolist(), relevant, strict=True)]
        assert found[f"{name}@{k}"].tolist() == pytest.approx(expected, nan_ok=True)


def test_a_perfect_list_is_perfect_although_more_is_relevant_than_fits():
    found = per_learner(np.array([[3, 1]]), matrix([{0, 1, 2, 3}], 5), 2)
    assert found["ndcg@2"] == pytest.approx([1.0])
    assert found["recall@2"] == pytest.approx([0.5])


def test_a_list_is_never_longer_than_the_courses_there_are():
    found = per_learner(np.array([[1, 0]]), matrix([{0}], 2), 10)
    assert found["ndcg@10"] == pytest.approx([1 / math.log2(3)])


@given(judged())
def test_coverage_is_the_share_of_courses_that_anybody_is_shown(case):
    top, _ = case
    shown = {course for row in top.tolist() for course in row} - {NO_COURSE}
    assert coverage(top, N_COURSES) == pytest.approx(len(shown) / N_COURSES)


def test_a_catalogue_without_courses_is_not_covered():
    assert coverage(np.empty((3, 0), dtype=np.intp), 0) == 0.0


def test_a_k_beyond_all_courses_costs_no_more_than_all_of_them():
    top, relevant = np.array([[1, 0, 2]]), matrix([{0, 1}], 3)
    huge, all_of_them = per_learner(top, relevant, 10**12), per_learner(top, relevant, 3)
    assert [huge[f"{name}@{10**12}"] for name in ("ndcg", "recall")] == [
        all_of_them[f"{name}@3"] for name in ("ndcg", "recall")
    ]


def test_gini_is_0_where_all_are_shown_alike_and_nearly_1_where_one_is() -> None:
    turns = np.array([[0, 1], [1, 2], [2, 0]])
    assert gini(turns[:, :1], 3) == pytest.approx(0.0)
    assert gini(np.zeros((9, 1), dtype=np.intp), 4) == pytest.approx(1 - 1 / 4)
    assert gini(np.full((2, 3), NO_COURSE), 4) == 0.0


def test_gini_weighs_places() -> None:
    low = 1 / math.log2(3)
    assert gini(np.array([[0, 1]]), 2) == pytest.approx((1 - low) / (2 * (1 + low)))


def test_exposure_and_hours_count_what_can_be_taken() -> None:
    top = np.array([[0, 1], [1, NO_COURSE], [2, 0]])
    can_take = np.array([[True, True, True], [True, True, True], [True, True, False]])
    low = 1 / math.log2(3)
    full = 1 + low
    assert exposure(top, can_take) == pytest.approx([1.0, 1 / full, low / full])
    assert hours(top, can_take, np.array([1.0, 2.0, 8.0])).tolist() == [3.0, 2.0, 1.0]
