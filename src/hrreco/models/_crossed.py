"""Sums over learners of products of what they did with two courses: ``left.T @ right``.

Each row is summed up in a dense one that stays in a processor's own cache, which is several times
quicker than a sparse product, most of whose time goes to memory. A sum is made in the order of the
learners, so its bits do not depend on how the work is shared out. A pair of courses is met once in
each history, with the one that stands first: only half of all pairs are summed up. Where all
evidence is 1, sums are numbers of people, and are made once for both.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import _sparsetools as loops

from hrreco.models._products import add_times, with_values
from hrreco.profiles import Csr

_SCRATCH = 1 << 19
"""Sums and products that are made at a time: what the cache holds."""

_Made = TypeVar("_Made")


class Crossed(NamedTuple):
    """Pairs of courses that enough people took, both ways round; both matrices hold the same.

    Attributes
    ----------
    sums
        float64 CSR [courses x courses], sorted: ``left.T @ right``.
    people
        float64 CSR [courses x courses]: how many took both.
    """

    sums: Csr
    people: Csr


def crossed(left: Csr, right: Csr, least: int = 1) -> Crossed:
    """Sum up all pairs of two courses that at least so many people took.

    Parameters
    ----------
    left, right
        float64 CSR [people x courses], sorted, with entries in the same places, none of them 0.
    """
    ways = [(left.data, right.data)]
    if left is not right:
        ways.append((right.data, left.data))
    elif (left.data == 1).all():  # then the sums are the people
        ways = []
    upper = _Upper(left, ways, least)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        blocks = list(threads.map(upper.block, upper.blocks))
    later = np.zeros(left.shape[1], dtype=np.intp)
    later[upper.taken] = _joined((block.later for block in blocks), np.intp)
    column = _joined((block.column for block in blocks), np.int32)
    people = _joined((block.people for block in blocks), np.float32)
    sums = [_joined((block.sums[i] for block in blocks), np.float64) for i in range(len(ways))]
    both_ways = _BothWays(later, column)
    took_both = both_ways.of(people, people)
    if not ways:  # values of their own, as each can forget
        return Crossed(with_values(took_both, took_both.data.copy()), took_both)
    return Crossed(both_ways.of(sums[0], sums[-1]), took_both)


def _joined(parts: Iterable[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    return np.concatenate([np.empty(0, dtype=kind), *parts])


class _Block(NamedTuple):
    """Pairs of some courses with later ones.

    Attributes
    ----------
    later
        How many each of the courses has.
    sums
        An array for each way round.
    """

    later: NDArray[np.intp]
    column: NDArray[np.int32]
    people: NDArray[np.float32]
    sums: list[NDArray[np.float64]]


class _Upper:
    """The pairs of each course with later ones, some courses at a time.

    Parameters
    ----------
    ways
        The values to multiply, for each way round; none where only people are counted.

    Attributes
    ----------
    taken
        The courses that anybody took.
    blocks
        Which of them are summed up together.
    """

    def __init__(
        self, history: Csr, ways: list[tuple[NDArray[Any], NDArray[Any]]], least: int
    ) -> None:
        self._only_people, self._least = not ways, least
        self._ways = ways or [(np.ones(history.nnz, dtype=np.float32),) * 2]
        self._n_courses, self._course = history.shape[1], history.indices
        entry = np.arange(history.nnz, dtype=self._course.dtype)
        end = np.repeat(history.indptr[1:], np.diff(history.indptr))
        self._n_after = end - entry - 1
        # Pretends that what comes after an entry is a row: each second one is.
        self._after = np.column_stack([entry + 1, end]).astype(entry.dtype).ravel()
        by_course = Csr((entry, self._course, history.indptr), shape=history.shape).T.tocsr()
        self._entry = by_course.data
        self.taken = np.flatnonzero(np.diff(by_course.indptr))  # of one person, few are
        self._start = np.append(by_course.indptr[self.taken], history.nnz)
        products = np.concatenate([[0], np.cumsum(self._n_after[self._entry])])[self._start]
        work = products[1:] + np.cumsum(self._n_courses - self.taken)
        first = np.flatnonzero(np.diff(work // _SCRATCH, prepend=-1))
        self.blocks = [slice(*ends) for ends in pairwise([*first.tolist(), len(work)])]

    def block(self, rows: slice) -> _Block:
        first = int(self.taken[rows.start])
        shape = (rows.stop - rows.start, self._n_courses - first)
        people, sums = self._summed_up(rows, first, shape)
        at = np.flatnonzero(people >= self._least)
        row, later = np.divmod(at, shape[1])
        return _Block(
            np.bincount(row, minlength=shape[0]),
            (first + later).astype(np.int32),
            people[at],
            [one[at] for one in sums],
        )

    def _summed_up(
        self, rows: slice, first: int, shape: tuple[int, int]
    ) -> tuple[NDArray[np.float32], list[NDArray[np.float64]]]:
        """Return how many took each of these courses and a later one, and the sum of each way."""
        start = self._start[rows.start : rows.stop + 1]
        entry = self._entry[start[0] : start[-1]]
        n_after = self._n_after[entry]
        ends = np.concatenate([[0], np.cumsum(n_after)])[start - start[0]].astype(entry.dtype)
        column = np.empty(ends[-1], dtype=entry.dtype)

        def added_up(values: NDArray[Any]) -> NDArray[Any]:
            out = np.zeros(shape, dtype=values.dtype)
            loops.csr_todense(*shape, ends, column, values, out)
            return out.ravel()

        sums = []
        for own, others in self._ways:
            value = np.empty(len(column), dtype=others.dtype)
            after = (self._after, self._course, others)
            loops.csr_row_index(len(entry), 2 * entry, *after, column, value)
            column -= column.dtype.type(first)
            if not self._only_people:
                value *= np.repeat(own[entry], n_after)
            sums.append(added_up(value))
        if self._only_people:
            return sums.pop(), sums
        return added_up(np.ones(len(column), dtype=np.float32)), sums


class _BothWays:
    """Where pairs of each course with later ones, sorted, stand in the matrix of all pairs.

    Parameters
    ----------
    later
        How many such pairs each course has.
    column
        The later course of each pair.
    """

    def __init__(self, later: NDArray[np.intp], column: NDArray[np.int32]) -> None:
        self._shape = (len(later), len(later))
        indptr = np.concatenate([[0], np.cumsum(later)])
        pair = np.arange(len(column), dtype=np.int32)
        turned = Csr((pair, column, indptr), shape=self._shape).T.tocsr()
        earlier = np.diff(turned.indptr)
        # In each row, the pairs with earlier courses stand before those with later ones.
        upper = pair + np.repeat(turned.indptr[1:], later)
        lower = pair + np.repeat(indptr[:-1], earlier)
        self._indptr = indptr + turned.indptr
        self._column, self._of = np.empty((2, 2 * len(column)), dtype=np.int32)
        self._column[upper], self._column[lower] = column, turned.indices
        self._of[upper], self._of[lower] = pair, len(column) + turned.data

    def of(self, upper: NDArray[Any], lower: NDArray[Any]) -> Csr:
        """Return the matrix with these values, in the order of the pairs, on the two sides."""
        value = np.concatenate([upper, lower])[self._of].astype(np.float64, copy=False)
        pairs = Csr((value, self._column, self._indptr), shape=self._shape)
        pairs.has_canonical_format = True
        return pairs


def crossed_densely(left: Csr, right: Csr) -> NDArray[np.float64]:
    """Return ``left.T @ right`` as a dense array."""
    out, turned = np.zeros((left.shape[1], right.shape[1])), left.T.tocsr()
    _in_halves(_products(left, right), lambda rows: add_times(turned[rows], right, out[rows]))
    return out


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
