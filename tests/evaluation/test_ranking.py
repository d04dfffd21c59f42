import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrreco.evaluation import NO_COURSE, rank, ranking, top_k

from .toys import learners_of, matrix, toy

SOME = st.sampled_from([-3.5, -1.0, -0.0, 0.0, 0.25, 2.0, 1e-30, math.nan, -math.inf])


@st.composite
def scored(draw):
    n_courses = draw(st.integers(1, 12))
    rows = draw(st.lists(st.lists(SOME, min_size=n_courses, max_size=n_courses), max_size=4))
    exclude = [draw(st.sets(st.integers(0, n_courses - 1))) for _ in rows]
    return rows, exclude, n_courses


def brute(row, exclude, k):
    """Sort the candidates the slow and plain way."""
    candidates = [
        (-score, course)
        for course, score in enumerate(row)
        if course not in exclude and not math.isnan(score) and score > -math.inf
    ]
    best = [course for _, course in sorted(candidates)[:k]]
    return best + [NO_COURSE] * (min(k, len(row)) - len(best))


@settings(max_examples=200)
@given(scored(), st.integers(1, 14))
def test_it_is_the_plain_sort(case, k):
    rows, exclude, n_courses = case
    scores = np.array(rows, dtype=np.float32).reshape(len(rows), n_courses)
    top = top_k(scores, k, matrix(exclude, n_courses).reshape(len(rows), n_courses))
    assert top.dtype == np.intp
    assert top.tolist() == [brute(r, e, k) for r, e in zip(rows, exclude, strict=True)]


@given(st.lists(st.floats(width=32, allow_nan=False), min_size=1, max_size=30))
def test_any_float_keeps_its_order(row):
    top = top_k(np.array([row], dtype=np.float32), len(row), matrix([()], len(row)))
    assert top[0].tolist() == brute(row, (), len(row))


def test_equal_scores_come_in_order_of_position():
    assert top_k(np.zeros((1, 50), np.float32), 4, matrix([{1}], 50)).tolist() == [[0, 2, 3, 4]]


def test_the_scores_are_left_as_they_were():
    scores = np.array([[1.0, -0.0]], dtype=np.float32)
    top_k(scores, 1, matrix([{0}], 2))
    assert scores.tolist() == [[1.0, 0.0]]
    assert np.signbit(scores[0, 1])


@pytest.mark.parametrize("cells", [1, 7, 20, 10_000])
def test_a_model_is_ranked_the_same_in_chunks_of_any_size(cells, monkeypatch):
    monkeypatch.setattr(ranking, "_CELLS", cells)
    rng = np.random.default_rng(3)
    weights = rng.normal(size=(6, 6)).astype(np.float32)
    histories = [set(np.flatnonzero(row)) for row in rng.random((11, 6)) < 0.4]
    learners = learners_of(histories, 6)
    exclude = matrix(histories, 6)
    model = toy(np.arange(6) / 10, weights)
    whole = top_k(model.score(learners), 3, exclude)
    assert rank(model, learners, 3, exclude).tolist() == whole.tolist()
