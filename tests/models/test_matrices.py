"""What models do with sparse matrices, beside the same in dense ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrreco.models import _matrices
from hrreco.models._matrices import (
    by_rows,
    inverse_power,
    largest,
    restored,
    scaled,
    stored,
    within,
)

from .company import csr

some_matrices = st.integers(0, 2**32 - 1).map(
    lambda seed: csr(np.random.default_rng(seed).choice([-1, 0, 0, 0.5, 1, 1, 2], (6, 6)))
)


def first_largest(row, most):
    """Return the row with all but its `most` largest positive values at 0, in plain Python."""
    order = sorted((-value, place) for place, value in enumerate(row) if value > 0)
    kept = {place for _, place in order[:most]}
    return [value if place in kept else 0.0 for place, value in enumerate(row)]


class TestLargest:
    @given(some_matrices, st.integers(1, 7))
    def test_as_in_plain_python(self, matrix, most):
        kept = largest(matrix, most)
        assert kept.has_canonical_format
        expected = [first_largest(row, most) for row in matrix.toarray().tolist()]
        assert kept.toarray().tolist() == expected

    def test_of_equal_ones_the_first_stay(self):
        kept = largest(csr([[3, 1, 1, 2, 1]]), 3)
        assert kept.toarray().tolist() == [[3, 1, 0, 2, 0]]

    def test_nothing_at_or_below_0_stays_even_where_there_is_room(self):
        matrix = csr([[1.0, -2.0, 3.0], [-1.0, 0.0, 0.0]])
        matrix.data[0] = 0.0  # a stored one
        kept = largest(matrix, 3)
        assert kept.toarray().tolist() == [[0, 0, 3], [0, 0, 0]]
        assert kept.nnz == 1

    def test_the_answer_is_float32(self):
        assert largest(csr([[1, 2]]).astype(np.float64), 1).dtype == np.float32


@given(some_matrices)
def test_rows_made_some_at_a_time_are_those_made_at_once(matrix):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_matrices, "_BLOCK", 3)
        made = by_rows(matrix, lambda rows, some: scaled(some, np.arange(6.0)[rows], np.ones(6)))
    assert np.array_equal(made.toarray(), np.diag(np.arange(6.0)) @ matrix.toarray())


@given(some_matrices)
def test_scaled_is_a_product_with_two_diagonals(matrix):
    rows, columns = np.arange(1.0, 7.0), np.arange(6.0) / 2
    expected = np.diag(rows) @ matrix.toarray() @ np.diag(columns)
    assert np.allclose(scaled(matrix, rows, columns).toarray(), expected)


def test_the_inverse_power_of_0_is_0():
    assert inverse_power(np.array([0.0, 4.0]), 0.5).tolist() == [0.0, 0.5]
    assert inverse_power(np.array([0.0, 4.0]), 0.0).tolist() == [0.0, 1.0]


def test_what_was_stored_is_restored():
    matrix = csr([[0, 2], [1, 0], [0, 0]])
    again = restored("counts", stored("counts", matrix), (3, 2))
    assert again.toarray().tolist() == matrix.toarray().tolist()


def test_a_torn_matrix_is_not_restored():
    torn = stored("counts", csr([[0, 2], [1, 0]])) | {"counts_indices": np.array([0, 9])}
    with pytest.raises(ValueError, match="indices"):
        restored("counts", torn, (2, 2))


def test_only_whole_names_of_parts_count():
    arrays = {"ease.inverse": np.eye(1), "cease.inverse": np.eye(2), "ease.x.y": np.eye(3)}
    assert set(within("ease.", arrays)) == {"inverse", "x.y"}
    assert len(within("ease.", arrays)["inverse"]) == 1
