"""What ALS begins with, and how far it comes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from implicit.cpu._als import calculate_loss
from implicit.cpu.als import AlternatingLeastSquares
from scipy import sparse
from threadpoolctl import threadpool_limits

from hrreco.models.als import _alternate, _first_factors


@pytest.mark.parametrize("length", [1, 3, 16, 64])
def test_first_factors_are_implicit_s_own_where_a_cache_line_begins(length: int) -> None:
    ours, theirs = np.random.default_rng(7), np.random.default_rng(7)
    for count in (1, 10, 1_000):
        factors = _first_factors(ours, count, length)
        drawn = theirs.random((count, length), dtype=np.float32) * 0.01
        np.testing.assert_array_equal(factors, drawn)
        assert factors.ctypes.data % 64 == 0
        assert factors.flags.c_contiguous


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    with threadpool_limits(1, user_api="blas"):
        yield


@pytest.fixture
def taken() -> sparse.csr_matrix:
    rng = np.random.default_rng(1)
    topics = rng.integers(6, size=(300, 1)) == np.arange(120) % 6
    found = rng.random((300, 120)) < np.where(topics, 0.4, 0.03)
    return sparse.csr_matrix(9 * found, dtype=np.float32)


@pytest.mark.parametrize(("rounds", "steps"), [(1, [3]), (2, [3, 2]), (5, [3, 3, 3, 2, 2])])
def test_later_rounds_take_fewer_steps(
    taken: sparse.csr_matrix, rounds: int, steps: list[int]
) -> None:
    engine, seen = AlternatingLeastSquares(4, random_state=1), []
    _alternate(engine, taken, rounds, lambda: seen.append(engine.cg_steps))
    assert seen == steps


def test_fewer_steps_come_as_far_as_solving_each_system(taken: sparse.csr_matrix) -> None:
    ours, exact = (
        AlternatingLeastSquares(8, regularization=20.0, use_cg=use_cg, random_state=1)
        for use_cg in (True, False)
    )
    _alternate(ours, taken, 15, lambda: None)
    exact.fit(taken, show_progress=False)
    loss, least = (
        calculate_loss(taken, engine.user_factors, engine.item_factors, 20.0)
        for engine in (ours, exact)
    )
    assert loss == pytest.approx(least, rel=0.001)
