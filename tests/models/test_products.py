"""Products of what learners bring with weights, beside dense numpy."""

import numpy as np
import pytest
from scipy import sparse

from hrreco.models import _products
from hrreco.models._products import add_times, dense_times, entries, pair_times, quick, times


@pytest.fixture
def matrix():
    return sparse.random(40, 30, density=0.2, format="csr", dtype=np.float32, random_state=1)


@pytest.fixture
def weights():
    return sparse.random(30, 50, density=0.3, format="csr", dtype=np.float32, random_state=2)


@pytest.mark.parametrize("dense", [False, True])
@pytest.mark.parametrize("index", [np.int32, np.int64])
def test_times(dense, index, matrix, weights):
    matrix.indices, matrix.indptr = matrix.indices.astype(index), matrix.indptr.astype(index)
    found = times(matrix, weights.toarray() if dense else weights)
    assert found.dtype == np.float32
    assert np.allclose(found, matrix.toarray() @ weights.toarray(), atol=1e-6)


@pytest.mark.parametrize("dense", [False, True])
def test_the_bits_of_a_row_do_not_depend_on_its_company(dense, matrix, weights):
    weights = weights.toarray() if dense else weights
    together = times(matrix, weights)
    for row in range(40):
        assert times(matrix[row], weights).tobytes() == together[row].tobytes()


def test_dense_times():
    random = np.random.default_rng(3)
    vectors, weights = (random.random(shape, dtype=np.float32) for shape in ((7, 16), (16, 90)))
    found = dense_times(vectors, weights)
    assert np.allclose(found, vectors @ weights, rtol=1e-5)
    for row in range(7):
        assert dense_times(vectors[row : row + 1], weights).tobytes() == found[row].tobytes()
    assert dense_times(vectors[:0], weights).shape == (0, 90)


def test_a_product_of_pairs_has_the_bits_of_the_product_of_all():
    random = np.random.default_rng(4)
    vectors, others = (random.random((n, 37), dtype=np.float32) - 0.5 for n in (9, 50))
    every = dense_times(vectors, np.ascontiguousarray(others.T))
    who, which = np.divmod(np.arange(9 * 50), 50)
    assert pair_times(vectors[who], others[which]).tobytes() == every.tobytes()


@pytest.mark.parametrize("cached", [1, 25, 1 << 18])
def test_what_is_added_is_added_some_rows_at_a_time(cached, matrix, weights, monkeypatch):
    monkeypatch.setattr(_products, "_CACHED", cached)
    matrix, weights = matrix.astype(np.float64), weights.astype(np.float64)
    out = np.ones((40, 50))
    add_times(matrix, weights, out)
    assert np.allclose(out, 1 + matrix.toarray() @ weights.toarray())


def test_large_weights_stay_sparse(weights, monkeypatch):
    assert isinstance(quick(weights), np.ndarray)
    monkeypatch.setattr(_products, "_SMALL", 1_499)
    assert quick(weights) is weights


@pytest.mark.parametrize("dense", [False, True])
def test_entries(dense, weights):
    rows, columns = np.array([[3], [3], [29]]), np.array([[0, 49], [7, 7], [1, 2]])
    found = entries(weights.toarray() if dense else weights, rows, columns)
    assert found.tolist() == weights.toarray()[rows, columns].tolist()
    assert entries(weights, rows, columns[:, :0]).shape == (3, 0)
