"""What models do with sparse matrices of courses by courses."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hrreco.models._contract import Arrays
from hrreco.profiles import Csr

_BLOCK = 1 << 18
"""Entries that are looked at together: what a processor's own cache holds."""


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
    blocks = max(-(-matrix.nnz // _BLOCK), 1)
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
