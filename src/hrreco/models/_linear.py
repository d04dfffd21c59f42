"""Parts of scores that are linear in a sparse matrix of what is known of the learners."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hrreco.profiles.learners import Csr


class Parts(NamedTuple):
    """Some parts of the scores of m courses for each of n learners.

    Attributes
    ----------
    pair
        intp [parts]: ``learner * m + course``, ascending.
    source
        intp [parts]: the source number of where a part comes from.
    value
        float64 [parts].
    """

    pair: NDArray[np.intp]
    source: NDArray[np.intp]
    value: NDArray[np.float64]


def linear_parts(
    matrix: Csr,
    courses: NDArray[np.intp],
    weight: Callable[[NDArray[np.intp], NDArray[np.intp]], NDArray[Any]],
    first_source: int = 0,
) -> Parts:
    """Return the parts of ``matrix @ weights`` for some courses of each learner.

    Parameters
    ----------
    matrix
        CSR [n x columns].
    courses
        [n x m], positions.
    weight
        Gives the weights from columns of the matrix to courses, two arrays of one length.
    first_source
        The source number of the matrix's first column.
    """
    pair, entry = pairs_with_entries(matrix.indptr, courses.shape[1])
    column = matrix.indices[entry].astype(np.intp)
    weights = np.asarray(weight(column, courses.reshape(-1)[pair]), dtype=np.float64)
    return Parts(pair, column + first_source, matrix.data[entry] * weights)


def pairs_with_entries(indptr: NDArray[Any], m: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return every (pair of learner and one of m courses, stored entry of that learner)."""
    per_pair = np.repeat(np.diff(indptr), m)
    pair = np.repeat(np.arange(len(per_pair)), per_pair)
    first = np.repeat(indptr[:-1], m) - np.cumsum(per_pair) + per_pair
    entry = np.arange(len(pair)) + np.repeat(first, per_pair)
    return pair.astype(np.intp), entry.astype(np.intp)
