"""Sums over learners, beside dense numpy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrreco.models import _crossed, _products
from hrreco.models._crossed import crossed, crossed_densely

from .company import csr

some_matrices = st.integers(0, 2**32 - 1).map(
    lambda seed: csr(np.random.default_rng(seed).choice([0, 0, 0, 0.5, 1, 1, 2], (6, 6)))
)


class TestCrossed:
    @given(some_matrices, some_matrices, st.sampled_from([1, 13, 1 << 18]))
    def test_is_the_product_without_its_diagonal(self, left, right, scratch):
        left, right = left.astype(np.float64), right.astype(np.float64)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(_crossed, "_SCRATCH", scratch)
            patched.setattr(_products, "_CACHED", scratch)
            found = crossed(left, right)
        expected = left.toarray().T @ right.toarray()
        np.fill_diagonal(expected, 0.0)
        assert np.array_equal(found.toarray(), expected)
        assert found.nnz == np.count_nonzero(expected)
        found.check_format(full_check=True)
        assert found.has_canonical_format

    @given(some_matrices, some_matrices)
    def test_the_dense_one_is_the_whole_product(self, left, right):
        left, right = left.astype(np.float64), right.astype(np.float64)
        expected = left.toarray().T @ right.toarray()
        assert np.array_equal(crossed_densely(left, right), expected)
