"""What ALS begins with."""

from __future__ import annotations

import numpy as np
import pytest

from hrreco.models.als import _first_factors


@pytest.mark.parametrize("length", [1, 3, 16, 64])
def test_first_factors_are_implicit_s_own_where_a_cache_line_begins(length: int) -> None:
    ours, theirs = np.random.default_rng(7), np.random.default_rng(7)
    for count in (1, 10, 1_000):
        factors = _first_factors(ours, count, length)
        drawn = theirs.random((count, length), dtype=np.float32) * 0.01
        np.testing.assert_array_equal(factors, drawn)
        assert factors.ctypes.data % 64 == 0
        assert factors.flags.c_contiguous
