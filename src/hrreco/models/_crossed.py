"""Sums over learners of products of what they did with two courses: ``left.T @ right``.

Each row is summed up in a dense one that stays in a processor's own cache, which is several times
quicker than a sparse product, most of whose time goes to memory. A sum is made in the order of the
learners, so its bits do not depend on how the work is shared out.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from hrreco.models._products import add_times
from hrreco.profiles import Csr

_SCRATCH = 1 << 18
"""Sums that are made at a time: what the cache holds."""

_Made = TypeVar("_Made")


def crossed(left: Csr, right: Csr) -> Csr:
    """Return ``left.T @ right``, sorted, with nothing on its diagonal, and no stored zeros."""
    turned, products = left.T.tocsr(), _products(left, right)
    shape = (left.shape[1], right.shape[1])
    # No row has more entries. What is not written to takes no memory.
    start = np.concatenate([[0], np.cumsum(np.minimum(products, shape[1]))])
    column, value = np.empty(start[-1], dtype=np.int32), np.empty(start[-1])

    def fill(rows: slice) -> NDArray[np.intp]:
        room = slice(start[rows.start], start[rows.stop])
        return _fill(turned[rows], right, rows.start, column[room], value[room])

    per_row = _in_halves(products, fill)
    indptr = np.concatenate([[0], np.cumsum(np.concatenate(per_row))])
    middle, entries = len(per_row[0]), indptr[-1]
    first = slice(indptr[middle], entries)
    second = slice(start[middle], start[middle] + entries - indptr[middle])
    for part in (column, value):
        part[first] = part[second]
        part.resize(entries, refcheck=False)
    pairs = Csr((value, column, indptr), shape=shape)
    pairs.has_canonical_format = True
    return pairs


def crossed_densely(left: Csr, right: Csr) -> NDArray[np.float64]:
    """Return ``left.T @ right`` as a dense array."""
    out, turned = np.zeros((left.shape[1], right.shape[1])), left.T.tocsr()
    _in_halves(_products(left, right), lambda rows: add_times(turned[rows], right, out[rows]))
    return out


def _fill(
    matrix: Csr,
    right: Csr,
    course: int,
    column: NDArray[np.int32],
    value: NDArray[np.float64],
) -> NDArray[np.intp]:
    """Write the rows of ``matrix @ right`` one after the other; return how long each is.

    The first is that of `course`, the next that of the next; none has a pair with itself.
    """
    width = right.shape[1]
    taken = np.flatnonzero(np.diff(matrix.indptr))  # of one person, few are
    step = max(_SCRATCH // max(width, 1), 1)
    scratch = np.empty((min(step, len(taken)), width))
    per_row = np.zeros(matrix.shape[0], dtype=np.intp)
    end = 0
    for rows in (taken[first : first + step] for first in range(0, len(taken), step)):
        sums = scratch[: len(rows)]
        sums[...] = 0.0
        add_times(matrix[rows], right, sums)
        itself = np.arange(len(rows))
        sums[itself, course + rows] = 0.0
        there = sums != 0.0
        at, lengths = np.flatnonzero(there), np.count_nonzero(there, axis=1)
        own = slice(end, end + len(at))
        column[own] = at - np.repeat(itself * width, lengths)
        value[own] = sums.ravel()[at]
        per_row[rows] = lengths
        end = own.stop
    return per_row


def _products(left: Csr, right: Csr) -> NDArray[np.intp]:
    """Return how many products each row of ``left.T @ right`` is the sum of."""
    of_learner = np.repeat(np.diff(right.indptr), np.diff(left.indptr))
    return np.bincount(left.indices, of_learner, left.shape[1]).astype(np.intp)


def _in_halves(work: NDArray[np.intp], make: Callable[[slice], _Made]) -> list[_Made]:
    """Return what is made of two halves of some rows, each in a thread of its own."""
    done = np.cumsum(work)
    middle = int(np.searchsorted(done, done[-1] / 2)) if len(done) else 0
    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(make, [slice(0, middle), slice(middle, len(work))]))
