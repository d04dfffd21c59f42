"""Sums over learners that can be taken apart again, to the last bit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from hrreco.models._contract import Arrays
from hrreco.models._guard import not_learned_from
from hrreco.models._linear import learner_of_entries
from hrreco.models._matrices import restored, stored
from hrreco.profiles import Csr


def on_grid(values: NDArray[Any], bits: int) -> NDArray[np.float64]:
    """Return values rounded to a multiple of ``2 ** -bits``: float64.

    Sums of such values, and of their products, are exact below ``2 ** (53 - bits)``. So they are
    the same in whatever order they are made, and taking one out leaves what the others come to.
    """
    scale = 2.0**bits
    return np.asarray(np.rint(values.astype(np.float64) * scale) / scale)


class Sums(NamedTuple):
    """What the histories of some learners add up to. All values are on a grid: see `on_grid`.

    Attributes
    ----------
    pairs
        float64 CSR [courses x courses], sorted; nothing on the diagonal.
    of_course
        float64 [courses]: what courses are normalised by.
    """

    pairs: Csr
    of_course: NDArray[np.float64]

    def without(self, gone: Self, model: str, *, of_few: float = 0.0) -> Self:
        """Return the sums that are left without some of those who were summed up.

        The arrays of these sums are used up: they are changed in place where that is possible.

        Parameters
        ----------
        of_few
            The most that a pair may come to which is absent here, as too few people took it.

        Raises
        ------
        ModelError
            When `gone` was never part of these sums.
        """
        at, there = self._positions(gone.pairs)
        left = self.pairs.data[at] - gone.pairs.data[there]
        of_course = self.of_course - gone.of_course
        absent = gone.pairs.data[~there]
        if (absent > of_few).any() or (left < 0).any() or (of_course < 0).any():
            raise not_learned_from(model)
        pairs = self.pairs
        if not pairs.data.flags.writeable:
            pairs = Csr((pairs.data.copy(), pairs.indices, pairs.indptr), shape=pairs.shape)
        pairs.data[at] = left
        return type(self)(pairs, of_course)

    def _positions(self, asked: Csr) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Return where the entries of another matrix are stored here, and of which that holds."""
        pairs, row = self.pairs, learner_of_entries(asked)
        found = np.empty(asked.nnz, dtype=np.intp)
        there = np.zeros(asked.nnz, dtype=bool)
        for course in np.unique(row).tolist():
            start, end = pairs.indptr[course], pairs.indptr[course + 1]
            own = slice(asked.indptr[course], asked.indptr[course + 1])
            found[own] = start + np.searchsorted(pairs.indices[start:end], asked.indices[own])
            there[own] = found[own] < end
        there[there] = pairs.indices[found[there]] == asked.indices[there]
        return found[there], there

    def to_arrays(self) -> Arrays:
        """Return the sums by the names they are stored under."""
        pairs = self.pairs
        if np.count_nonzero(pairs.data) < pairs.nnz:  # zeros are left by those who were forgotten
            pairs = pairs.copy()
            pairs.eliminate_zeros()
        return {**stored("pairs", pairs), "of_course": self.of_course}

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[Any]], courses: int) -> Self:
        """Build the sums from what `to_arrays` gave; `ValueError` where they do not fit."""
        return cls(restored("pairs", arrays, (courses, courses)), arrays["of_course"])
