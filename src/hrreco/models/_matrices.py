"""What models do with sparse matrices of courses by courses."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hrreco.models._contract import Arrays
from hrreco.models._products import add_times
from hrreco.profiles import Csr

_SCRATCH = 1 << 18
"""Sums that are made at a time, in a dense array: what a processor's own cache holds."""


def largest(weights: Csr, most: int) -> Csr:
    """Return the `most` largest entries of each row, as float32; of equal ones, the first.

    Entries of 0 or less are left out.
    """
    data, lengths = weights.data, np.diff(weights.indptr)
    least = np.zeros(len(lengths))
    for row in np.flatnonzero(lengths > most).tolist():
        own, cut = data[weights.indptr[row] : weights.indptr[row + 1]], lengths[row] - most
        least[row] = np.partition(own, cut)[cut]
    kept = (data > 0) & (data >= np.repeat(least, lengths))
    surplus = _per_row(kept, weights.indptr) - most
    for row in np.flatnonzero(surplus > 0).tolist():
        own = slice(weights.indptr[row], weights.indptr[row + 1])
        ties = np.flatnonzero(data[own] == least[row])
        kept[own.start + ties[-surplus[row] :]] = False
    indptr = np.concatenate([[0], np.cumsum(_per_row(kept, weights.indptr))])
    return Csr((data[kept].astype(np.float32), weights.indices[kept], indptr), shape=weights.shape)


def _per_row(kept: NDArray[np.bool_], indptr: NDArray[np.integer]) -> NDArray[np.intp]:
    """Return how many entries of each row are kept."""
    return np.asarray(np.diff(np.concatenate([[0], np.cumsum(kept)])[indptr]))


def by_rows(matrix: Csr, make: Callable[[slice, Csr], Csr]) -> Csr:
    """Return what `make` makes of some rows of a matrix at a time, one under the other.

    It takes which rows they are, and these rows; several threads run it.
    """
    blocks = max(-(-matrix.nnz // _SCRATCH), 1)
    bounds = np.searchsorted(matrix.indptr, np.linspace(0, matrix.nnz, blocks + 1)[1:-1])
    ends = np.unique([0, *bounds, matrix.shape[0]]).tolist()
    slices = [slice(first, end) for first, end in pairwise(ends)] or [slice(0, 0)]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        made = list(threads.map(lambda rows: make(rows, matrix[rows]), slices))
    return Csr(sparse.vstack(made, format="csr"))


def scaled(matrix: Csr, rows: NDArray[np.float64], columns: NDArray[np.float64]) -> Csr:
    """Return ``diag(rows) @ matrix @ diag(columns)``."""
    of_rows = np.repeat(rows, np.diff(matrix.indptr))
    values = matrix.data * of_rows * columns[matrix.indices]
    return Csr((values, matrix.indices, matrix.indptr), shape=matrix.shape)


def crossed(left: Csr, right: Csr) -> Csr:
    """Return ``left.T @ right``, sorted, with nothing on its diagonal, and no stored zeros."""
    halves = _in_halves(
        left, right, lambda turned, rows: list(_pairs_of(turned, right, rows.start))
    )
    pieces = [piece for half in halves for piece in half]
    shape = (left.shape[1], right.shape[1])
    if not pieces:
        return Csr(shape, dtype=np.float64)
    per_row, column, value = (np.concatenate(parts) for parts in zip(*pieces, strict=True))
    indptr = np.concatenate([[0], np.cumsum(per_row)])
    product = Csr((value, column, indptr), shape=shape)
    product.has_canonical_format = True
    return product


def crossed_densely(left: Csr, right: Csr) -> NDArray[np.float64]:
    """Return ``left.T @ right`` as a dense array."""
    out = np.zeros((left.shape[1], right.shape[1]))
    for _ in _in_halves(left, right, lambda turned, rows: add_times(turned, right, out[rows])):
        pass
    return out


class _Rows(NamedTuple):
    """Some rows of a sparse matrix: how many entries each has, and their columns and values."""

    per_row: NDArray[np.intp]
    column: NDArray[np.int32]
    value: NDArray[np.float64]


def _pairs_of(matrix: Csr, right: Csr, course: int) -> Iterator[_Rows]:
    """Yield the rows of ``matrix @ right``, some at a time, each summed up in a dense one.

    The first is that of `course`, the next that of the next; none has a pair with itself.
    """
    width = right.shape[1]
    step = max(_SCRATCH // max(width, 1), 1)
    scratch = np.empty((min(step, matrix.shape[0]), width))
    for first in range(0, matrix.shape[0], step):
        some = matrix[first : first + step]
        dense = scratch[: some.shape[0]]
        dense[...] = 0.0
        add_times(some, right, dense)
        itself = np.arange(len(dense))
        dense[itself, course + first + itself] = 0.0
        there = dense != 0.0
        at, per_row = np.flatnonzero(there), np.count_nonzero(there, axis=1)
        column = at - np.repeat(itself * width, per_row)
        yield _Rows(per_row, column.astype(np.int32), dense.ravel()[at])


def _in_halves(left: Csr, right: Csr, then: Callable[[Csr, slice], Any]) -> list[Any]:
    """Return what becomes of each half of the rows of ``left.T``, in a thread of its own."""
    turned = left.T.tocsr()
    work = np.cumsum(
        np.bincount(
            left.indices, np.repeat(np.diff(right.indptr), np.diff(left.indptr)), left.shape[1]
        )
    )
    middle = int(np.searchsorted(work, work[-1] / 2)) if len(work) else 0
    halves = [slice(0, middle), slice(middle, left.shape[1])]
    with ThreadPoolExecutor(len(halves)) as threads:
        return list(threads.map(lambda rows: then(turned[rows], rows), halves))


def inverse_power(values: NDArray[np.float64], power: float) -> NDArray[np.float64]:
    """Return ``values ** -power``, and 0 where a value is 0."""
    with np.errstate(divide="ignore"):
        return np.where(values > 0, values**-power, 0.0)


def stored(name: str, matrix: Csr) -> Arrays:
    """Return the parts of a CSR by the names they are stored under."""
    return {f"{name}_{part}": getattr(matrix, part) for part in ("data", "indices", "indptr")}


def restored(name: str, arrays: Mapping[str, NDArray[Any]], shape: tuple[int, int]) -> Csr:
    """Build a CSR from what `stored` gave; `ValueError` where its parts do not fit together."""
    parts = tuple(arrays[f"{name}_{part}"] for part in ("data", "indices", "indptr"))
    matrix = Csr(parts, shape=shape)
    matrix.check_format(full_check=True)
    return matrix


def within(prefix: str, arrays: Mapping[str, NDArray[Any]]) -> Arrays:
    """Return the arrays of one part of a model, under the part's own names."""
    return {
        name.removeprefix(prefix): array
        for name, array in arrays.items()
        if name.startswith(prefix)
    }
