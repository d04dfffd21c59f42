"""Sums over learners, beside dense numpy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrreco.models import _crossed
from hrreco.models._crossed import crossed, crossed_densely
from hrreco.profiles import Csr

from .company import csr

some_matrices = st.integers(0, 2**32 - 1).map(
    lambda seed: csr(np.random.default_rng(seed).choice([0, 0, 0, 0.5, 1, 1, 2], (6, 6)))
)


class TestCrossed:
    @given(
        some_matrices | some_matrices.map(Csr.sign),
        st.booleans(),
        st.sampled_from([1, 2, 4]),
        st.sampled_from([1, 13, 1 << 19]),
    )
    def test_is_the_product_of_what_enough_people_took_without_its_diagonal(
        self, left, same, least, scratch
    ):
        left = left.astype(np.float64)
        right = left if same else left.power(0.5) + left
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(_crossed, "_SCRATCH", scratch)
            found = crossed(left, right, least)
        taken = left.sign().toarray()
        people = taken.T @ taken
        np.fill_diagonal(people, 0)
        enough = people >= least
        expected = np.where(enough, left.toarray().T @ right.toarray(), 0)
        assert np.array_equal(found.people.toarray(), np.where(enough, people, 0))
        assert np.allclose(found.sums.toarray(), expected, rtol=1e-15, atol=0)
        assert not np.shares_memory(found.sums.data, found.people.data)
        for matrix in found:
            assert matrix.nnz == np.count_nonzero(enough)
            matrix.check_format(full_check=True)
            assert matrix.has_canonical_format
            assert (
                np.diff(matrix.indices + 6 * np.repeat(range(6), np.diff(matrix.indptr))) > 0
            ).all()

    @given(some_matrices, some_matrices)
    def test_the_dense_one_is_the_whole_product(self, left, right):
        left, right = left.astype(np.float64), right.astype(np.float64)
        expected = left.toarray().T @ right.toarray()
        assert np.array_equal(crossed_densely(left, right), expected)
