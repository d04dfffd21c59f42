"""What learners bring, times weights that were learned: the inner loop of all scoring.

scipy's own compiled loops, without the checks around them, which for a single learner take far
longer than the loops. They let other threads run meanwhile.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import _sparsetools as loops

from hrreco.profiles import Csr, twin

_SMALL = 1 << 23
"""Weights, 32 MB of them: those of 2,896 courses to each other."""

_CACHED = 1 << 18
"""Products that are made before they are added up: what a processor's own cache holds."""


def times(matrix: Csr, weights: Csr | NDArray[np.float32]) -> NDArray[np.float32]:
    """Return ``matrix @ weights`` as a new dense array: float32 [learners x columns].

    Each row is summed in the order of its entries, so its bits are the same whatever rows stand
    beside it.

    Parameters
    ----------
    matrix
        float32 [learners x rows of the weights], within its bounds.
    weights
        float32; CSR, or dense in C order.
    """
    out = np.zeros((matrix.shape[0], weights.shape[1]), dtype=np.float32)
    if sparse.issparse(weights):
        add_times(matrix, weights, out)
    else:
        (n, rows), columns = matrix.shape, weights.shape[1]
        own = (matrix.indptr, matrix.indices, matrix.data)
        loops.csr_matvecs(n, rows, columns, *own, weights.ravel(), out.ravel())
    return out


def add_times(matrix: Csr, weights: Csr, out: NDArray[Any]) -> None:
    """Add ``matrix @ weights`` to a dense array in C order; all have values of one type.

    Each row is summed in the order of its entries, as by `times`.
    """
    own, other, index = _alike(matrix, weights)
    (indptr, indices, data), (start, _, _) = own, other
    lengths = start[indices + 1] - start[indices]
    ends = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=ends[1:])
    reached = ends[indptr]
    first = 0
    while first < len(out):
        end = max(int(np.searchsorted(reached, reached[first] + _CACHED, "right")) - 1, first + 1)
        some = slice(indptr[first], indptr[end])
        size = int(reached[end] - reached[first])
        column, value = np.empty(size, index), np.empty(size, out.dtype)
        loops.csr_row_index(some.stop - some.start, indices[some], *other, column, value)
        value *= np.repeat(data[some], lengths[some])
        of_rows = (reached[first : end + 1] - reached[first]).astype(index)
        loops.csr_todense(end - first, out.shape[1], of_rows, column, value, out[first:end])
        first = end


def quick(weights: Csr | NDArray[np.float32]) -> Csr | NDArray[np.float32]:
    """Return weights in the form that is quickest to use: dense where that is small."""
    if sparse.issparse(weights) and weights.shape[0] * weights.shape[1] <= _SMALL:
        return np.asarray(Csr(weights).toarray())
    return weights


def dense_times(vectors: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return ``vectors @ weights``, with the bits of a row the same whatever stands beside it.

    BLAS does not promise that: it multiplies one row in another way than many.
    """
    n, rows = vectors.shape
    out = np.zeros((n, weights.shape[1]), dtype=np.float32)
    indptr = np.arange(0, n * rows + 1, rows, dtype=np.int32)
    indices = np.arange(n * rows, dtype=np.int32) % np.int32(max(rows, 1))
    own = (indptr, indices, vectors.ravel())
    loops.csr_matvecs(n, rows, weights.shape[1], *own, weights.ravel(), out.ravel())
    return out


def pair_times(vectors: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the product of each vector with its other, to the bits of `dense_times`: [n]."""
    n, rows = vectors.shape
    out = np.zeros(n, dtype=np.float32)
    indptr = np.arange(0, n * rows + 1, rows, dtype=np.int32)
    indices = np.arange(n * rows, dtype=np.int32)
    own = (indptr, indices, vectors.ravel())
    loops.csr_matvecs(n, n * rows, 1, *own, others.ravel(), out)
    return out


def with_values(matrix: Csr, values: NDArray[np.float32]) -> Csr:
    """Return a matrix with entries where `matrix` has them; they share the positions."""
    other = twin(matrix)
    other.data = values
    return other


def _alike(one: Csr, other: Csr) -> tuple[tuple[Any, ...], tuple[Any, ...], Any]:
    """Return the parts of both with positions of one type, as the loops want them."""
    index = other.indptr.dtype
    parts = (one.indptr.astype(index, copy=False), one.indices.astype(index, copy=False), one.data)
    return parts, (other.indptr, other.indices, other.data), index


def entries(
    weights: Csr | NDArray[np.float32], rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> NDArray[Any]:
    """Return the weights [n x m] from rows [n x 1], ascending or repeated, to columns [n x m]."""
    if not sparse.issparse(weights):
        return np.asarray(weights[rows, columns])
    return _entries_of_sparse(weights, np.broadcast_to(rows, columns.shape), columns)


def _entries_of_sparse(
    weights: Csr, rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> NDArray[Any]:
    parts = (weights.indptr, weights.indices, weights.data)
    index = weights.indptr.dtype
    found: NDArray[Any] = np.empty(columns.shape, weights.data.dtype)
    asked = (rows.astype(index).ravel(), columns.astype(index).ravel(), found.ravel())
    loops.csr_sample_values(*weights.shape, *parts, columns.size, *asked)
    return found
