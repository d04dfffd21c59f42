"""What the rounds of ALS begin with, and how far they come."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import numpy as np
import pytest
from implicit.cpu._als import calculate_loss
from implicit.cpu.als import AlternatingLeastSquares
from scipy import sparse
from threadpoolctl import threadpool_limits

from hrreco.models import _alternating
from hrreco.models._alternating import _BLOCK, _approach, _Side, _turn, alternate


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    with threadpool_limits(1, user_api="blas"):
        yield


@pytest.fixture
def one() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as threads:
        yield threads


@pytest.fixture
def taken() -> sparse.csr_matrix:
    rng = np.random.default_rng(1)
    topics = rng.integers(6, size=(300, 1)) == np.arange(120) % 6
    found = rng.random((300, 120)) < np.where(topics, 0.4, 0.03)
    return sparse.csr_matrix(9 * found, dtype=np.float32)


def _solved(taken: sparse.csr_matrix, given: np.ndarray, ridge: float) -> np.ndarray:
    """Return the exact solutions of Hu et al. (2008), eq. 4, in double precision."""
    dense, double = taken.toarray().astype(float), given.astype(float)
    common = double.T @ double + ridge * np.eye(given.shape[1])
    return np.array(
        [
            np.linalg.solve(common + (double.T * np.where(row, row - 1, 0)) @ double, row @ double)
            for row in dense
        ]
    )


def _loss(taken: sparse.csr_matrix, courses: np.ndarray, ridge: float) -> float:
    learners = _solved(taken, courses, ridge).astype(np.float32)
    return float(calculate_loss(taken, learners, courses, ridge))


@pytest.mark.parametrize("length", [1, 3, 16, 64])
def test_vectors_are_first_those_of_implicit(length: int) -> None:
    ours, theirs = np.random.default_rng(7), np.random.default_rng(7)
    for count in (1, 10, 1_000):
        drawn = theirs.random((count, length), dtype=np.float32) * 0.01
        np.testing.assert_array_equal(_Side.drawn(ours, count, length).vectors, drawn)


@pytest.mark.parametrize("length", [1, 3, 16, 64])
def test_the_engine_is_handed_rows_that_begin_where_a_cache_line_does(length: int) -> None:
    for count in (1, 10, 1_000):
        room = _Side.drawn(np.random.default_rng(7), count, length).room
        assert room.shape == (count + length, length)
        assert room.ctypes.data % 64 == 0
        assert room.flags.c_contiguous


def test_blocks_are_turned_to_the_same_bits_by_any_number_of_threads() -> None:
    rng = np.random.default_rng(1)
    vectors, matrix = (rng.random((n, 64), dtype=np.float32) for n in (3 * _BLOCK + 5, 64))
    found = []
    for cores in (1, 4):
        found.append(vectors.copy())
        with ThreadPoolExecutor(cores) as threads:
            _turn(found[-1], matrix, threads)
    np.testing.assert_array_equal(*found)
    np.testing.assert_allclose(found[0], vectors @ matrix, rtol=1e-5)


@pytest.mark.parametrize("ridge", [0.5, 20.0])
def test_enough_steps_end_at_the_exact_solutions(
    taken: sparse.csr_matrix, monkeypatch: pytest.MonkeyPatch, one: Executor, ridge: float
) -> None:
    monkeypatch.setattr(_alternating, "_STEPS", 40)
    rng = np.random.default_rng(1)
    learners, courses = (_Side.drawn(rng, rows, 8) for rows in taken.shape)
    _approach(learners, courses, taken, ridge, one)
    exact = _solved(taken, courses.vectors, ridge)
    np.testing.assert_allclose(learners.vectors, exact, atol=1e-4 * np.abs(exact).max())


@pytest.mark.parametrize("ridge", [2.0, 20.0])
def test_the_steps_come_further_than_implicit_s_three(
    taken: sparse.csr_matrix, ridge: float
) -> None:
    theirs, exact = (
        AlternatingLeastSquares(16, regularization=ridge, use_cg=use_cg, random_state=1)
        for use_cg in (True, False)
    )
    for engine in (theirs, exact):
        rng = np.random.default_rng(1)
        engine.user_factors, engine.item_factors = (
            _Side.drawn(rng, rows, 16).vectors for rows in taken.shape
        )
        engine.fit(taken, show_progress=False)
    ours = alternate(taken, 16, ridge, 15, 1, lambda: None)
    loss = _loss(taken, ours, ridge)
    assert loss <= _loss(taken, theirs.item_factors, ridge)
    assert loss == pytest.approx(_loss(taken, exact.item_factors, ridge), rel=1e-3)


def test_each_round_ticks(taken: sparse.csr_matrix) -> None:
    ticks: list[None] = []
    alternate(taken, 4, 20.0, 7, 1, lambda: ticks.append(None))
    assert len(ticks) == 7


def test_a_course_that_nobody_took_has_no_vector(taken: sparse.csr_matrix) -> None:
    wider = sparse.csr_matrix((taken.data, taken.indices, taken.indptr), shape=(300, 121))
    courses = alternate(wider, 4, 20.0, 3, 1, lambda: None)
    assert not courses[120].any()
    assert np.abs(courses[:120]).max(axis=1).all()


def test_a_ridge_that_is_lost_in_rounding_is_no_harm(
    taken: sparse.csr_matrix, one: Executor
) -> None:
    learners, courses = (_Side.drawn(np.random.default_rng(1), rows, 16) for rows in taken.shape)
    way = np.random.default_rng(2).random(16, dtype=np.float32)
    courses.turned[:] = way  # so what is common to all has but one direction
    _approach(learners, courses, taken, 1e-6, one)
    known = np.diff(taken.indptr) > 0
    reached = 9 * np.diff(taken.indptr) / (120 + 8 * np.diff(taken.indptr))
    found = learners.vectors @ way
    np.testing.assert_allclose(found[known], reached[known], rtol=1e-3)
