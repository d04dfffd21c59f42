"""What models do with sparse matrices of courses by courses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hrreco.models._contract import Arrays
from hrreco.profiles import Csr


def largest(weights: Csr, most: int) -> Csr:
    """Return the `most` largest entries of each row, as float32; of equal ones, the first.

    Entries of 0 or less are left out.
    """
    kept = weights.data > 0
    for row in np.flatnonzero(np.diff(weights.indptr) > most).tolist():
        own = slice(weights.indptr[row], weights.indptr[row + 1])
        kept[own] &= _among_largest(weights.data[own], most)
    bounds = zip(weights.indptr[:-1].tolist(), weights.indptr[1:].tolist(), strict=True)
    lengths = [np.count_nonzero(kept[start:end]) for start, end in bounds]
    indptr = np.concatenate([[0], np.cumsum(lengths, dtype=weights.indptr.dtype)])
    return Csr(
        (weights.data[kept].astype(np.float32), weights.indices[kept], indptr),
        shape=weights.shape,
    )


def _among_largest(values: NDArray[Any], most: int) -> NDArray[np.bool_]:
    cut = np.partition(values, -most)[-most]
    among: NDArray[np.bool_] = values > cut
    level = np.flatnonzero(values == cut)
    among[level[: most - int(among.sum())]] = True
    return among


def scaled(matrix: Csr, rows: NDArray[np.float64], columns: NDArray[np.float64]) -> Csr:
    """Return ``diag(rows) @ matrix @ diag(columns)``."""
    of_rows = np.repeat(rows, np.diff(matrix.indptr))
    values = matrix.data * of_rows * columns[matrix.indices]
    return Csr((values, matrix.indices, matrix.indptr), shape=matrix.shape)


def without_diagonal(matrix: Csr) -> Csr:
    """Return `matrix`, in place, with nothing on its diagonal, and no stored zeros."""
    row = np.repeat(np.arange(matrix.shape[0], dtype=matrix.indices.dtype), np.diff(matrix.indptr))
    matrix.data[matrix.indices == row] = 0.0
    matrix.eliminate_zeros()
    matrix.sort_indices()
    return matrix


def crossed(left: Csr, right: Csr) -> Csr:
    """Return ``left.T @ right``, sorted, made of two halves of its rows, one for each thread."""
    return Csr(sparse.vstack(list(_in_halves(left, right, _in_order)), format="csr"))


def _in_order(half: Csr, _: slice) -> Csr:
    half.sort_indices()
    return half


def crossed_densely(left: Csr, right: Csr) -> NDArray[np.float64]:
    """Return ``left.T @ right`` as a dense array."""
    out = np.empty((left.shape[1], right.shape[1]))
    for _ in _in_halves(left, right, lambda half, rows: half.toarray(out=out[rows])):
        pass
    return out


def _in_halves(left: Csr, right: Csr, then: Callable[[Csr, slice], Any]) -> Iterator[Any]:
    """Yield what becomes of each half of ``left.T @ right``; its bits are those of one product."""
    turned = left.T.tocsr()
    work = np.cumsum(
        np.bincount(
            left.indices, np.repeat(np.diff(right.indptr), np.diff(left.indptr)), left.shape[1]
        )
    )
    middle = int(np.searchsorted(work, work[-1] / 2)) if len(work) else 0
    halves = [slice(0, middle), slice(middle, left.shape[1])]
    with ThreadPoolExecutor(len(halves)) as threads:
        yield from threads.map(lambda rows: then(Csr(turned[rows] @ right), rows), halves)


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
