"""Products of learners' vectors with those of courses, the longest courses first.

No product of two vectors is above that of their lengths (Cauchy and Schwarz). So whoever looks for
the highest products of a learner may stop where courses have become too short (Teflioudi, Gemulla
and Mykytiuk, "LEMP: Fast Retrieval of Large Entries in a Matrix Product", SIGMOD 2015).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hrreco.models._explained import Scores, no_baseline
from hrreco.models._near import Near, Some, Stripes
from hrreco.models._products import pair_times

_STRIPE = 512
"""Courses that are multiplied together."""

_EPSILON = float(np.finfo(np.float32).eps)


class ByLength:
    """The vectors of courses, from the longest to the shortest.

    Parameters
    ----------
    factors
        float32 [courses x factors].

    Attributes
    ----------
    stripes
        The courses in that order.
    """

    def __init__(self, factors: NDArray[np.float32]) -> None:
        lengths = _lengths(factors)
        order = np.argsort(-lengths, kind="stable")
        self.stripes = Stripes.of(order, _STRIPE)
        self._factors = factors
        self._by_factor = np.ascontiguousarray(factors[order].T)
        self._lengths = lengths[order]
        # Each of two sums of n products is off by at most n / 2 epsilons of the vectors' lengths
        # (Higham, "Accuracy and Stability of Numerical Algorithms", 2002, eq. 3.5); and a little.
        self._rounding = (factors.shape[1] + 4) * _EPSILON * lengths.max(initial=0.0)

    def near(self, vectors: NDArray[np.float32]) -> Near:
        """Return the products with the vectors of learners, float32 [learners x factors]."""
        # BLAS is several times quicker than exact products, and rounds otherwise for many
        # learners than for one.
        lengths = _lengths(vectors)
        off = (self._rounding * lengths).astype(np.float32)

        def scores(some: Some, places: slice) -> Scores:
            return np.asarray(vectors[some] @ self._by_factor[:, places])

        def most(stripe: slice) -> NDArray[np.float32]:
            return np.asarray((lengths * self._lengths[stripe.start]).astype(np.float32) + off)

        def exact(who: NDArray[np.intp], courses: NDArray[np.intp]) -> Scores:
            return pair_times(vectors[who], self._factors[courses])

        return Near(scores, most, off, exact, no_baseline)


def _lengths(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.asarray(np.linalg.norm(vectors.astype(np.float64), axis=1))
