"""Folding learners into ALS: vectors, and the parts of scores, out of histories.

With course vectors Y, G = Y'Y + λI, confidence c of the courses i of a history, D = diag(c) - I,
a learner's system is A = G + Y_u' D Y_u, the vector is A^-1 Y_u' c, and the part of the score of
course j that comes from i is c_i y_j' A^-1 y_i. Hu, Koren and Volinsky, "Collaborative Filtering
for Implicit Feedback Datasets", ICDM 2008, eq. 4 and section 5.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hrreco.errors import DegenerateFitError
from hrreco.models._linear import rows_by_length
from hrreco.profiles import Csr

_LARGEST = 1 << 18
"""Numbers of the course vectors that are gathered at once, when many learners are folded in."""


class Space:
    """The course vectors, and what is the same for all learners.

    Attributes
    ----------
    vectors
        float64 [courses x factors]: Y.
    gram
        float64 [factors x factors]: G.
    turned
        float64 [courses x factors]: Y G^-1.
    """

    def __init__(self, factors: NDArray[np.float32], ridge: NDArray[np.float64]) -> None:
        self.vectors = factors.astype(np.float64)
        self.gram = self.vectors.T @ self.vectors + ridge * np.eye(factors.shape[1])
        self.turned = np.ascontiguousarray(_solved(self.gram, self.vectors.T).T)

    def fold_in(self, history: Csr, confidence: NDArray[np.float64]) -> Iterator[FoldedIn]:
        """Yield all learners who have a history, those of one length together.

        A learner's own arithmetic is the same in any company.
        """
        factors = len(self.gram)
        for length, alike in rows_by_length(history):
            step = max(_LARGEST // (length * factors), 1)
            for first in range(0, len(alike), step):
                rows = alike[first : first + step]
                entries = history.indptr[rows][:, None] + np.arange(length)
                courses = history.indices[entries]
                some = _Some(rows, entries, self.vectors[courses], confidence[entries])
                if length < factors:
                    yield _ByCourses(some, self.turned[courses])
                else:
                    yield _ByFactors(some, self.gram)


class _Some(NamedTuple):
    """Learners with histories of one length m; `known` has the vectors of their courses."""

    rows: NDArray[np.intp]
    entries: NDArray[np.intp]
    known: NDArray[np.float64]
    confidence: NDArray[np.float64]


class FoldedIn(ABC):
    """Some learners with histories of one length m.

    Attributes
    ----------
    rows
        intp [n]: which learners.
    entries
        intp [n x m]: where their entries are in the history matrix.
    """

    def __init__(self, some: _Some) -> None:
        self.rows, self.entries, self._known, self._confidence = some

    @abstractmethod
    def vectors(self) -> NDArray[np.float64]:
        """Return the learners' vectors: float64 [n x factors]."""

    @abstractmethod
    def parts(self, targets: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what each course of the history adds to the scores of some: float64 [n x m x k].

        Parameters
        ----------
        targets
            float64 [n x factors x k]: the vectors of k courses for each learner.
        """


class _ByFactors(FoldedIn):
    """Solves a system of as many unknowns as there are factors."""

    def __init__(self, some: _Some, gram: NDArray[np.float64]) -> None:
        super().__init__(some)
        weighed = self._known.transpose(0, 2, 1) * (self._confidence - 1.0)[:, None, :]
        self._system = gram + weighed @ self._known

    def vectors(self) -> NDArray[np.float64]:
        evidence = (self._confidence[:, None, :] @ self._known)[:, 0]
        return _solved(self._system, evidence[:, :, None])[:, :, 0]

    def parts(self, targets: NDArray[np.float64]) -> NDArray[np.float64]:
        parts = self._known @ _solved(self._system, targets)
        return np.asarray(parts * self._confidence[:, :, None])


class _ByCourses(FoldedIn):
    """Solves a system of as many unknowns as there are courses in the history.

    With B = Y_u G^-1 it is A^-1 Y_u' = B' (I + D Y_u B')^-1, the push-through identity (Henderson
    and Searle, "On Deriving the Inverse of a Sum of Matrices", SIAM Review 1981, eq. 13).
    """

    def __init__(self, some: _Some, turned: NDArray[np.float64]) -> None:
        super().__init__(some)
        self._turned = turned
        self._system = self._known @ self._turned.transpose(0, 2, 1)
        self._system *= (self._confidence - 1.0)[:, :, None]
        itself = np.arange(turned.shape[1])
        self._system[:, itself, itself] += 1.0

    def vectors(self) -> NDArray[np.float64]:
        voices = _solved(self._system, self._confidence[:, :, None])
        return np.asarray((voices.transpose(0, 2, 1) @ self._turned)[:, 0])

    def parts(self, targets: NDArray[np.float64]) -> NDArray[np.float64]:
        heard = _solved(self._system.transpose(0, 2, 1), self._turned @ targets)
        return heard * self._confidence[:, :, None]


def _solved(system: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    try:
        return np.asarray(np.linalg.solve(system, right))
    except np.linalg.LinAlgError:
        raise DegenerateFitError(
            "als: a learner cannot be folded in; regularise it more"
        ) from None
