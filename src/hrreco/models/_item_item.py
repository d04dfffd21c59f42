"""Scores that each course of a history gives to each course, by weights that were learned."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hrreco.models._contract import Recommender
from hrreco.models._contributions import Contributions
from hrreco.models._linear import entries, linear_parts
from hrreco.profiles import Csr, Learners


class ItemItem(Recommender):
    """Scores by ``voices @ weights``; a subclass learns the weights.

    Attributes
    ----------
    _weights
        float32 [courses x courses], CSR or dense: from a course of the history to a course.
    """

    _weights: Csr | NDArray[np.float32]

    def _voices(self, learners: Learners) -> Csr:
        """Return with what weight each course of the histories speaks."""
        return learners.history

    def _score(self, learners: Learners) -> NDArray[Any]:
        scores = self._voices(learners) @ self._weights
        return scores.toarray() if sparse.issparse(scores) else np.asarray(scores)

    def _contributions(self, learners: Learners, courses: NDArray[np.intp]) -> Contributions:
        parts = linear_parts(self._voices(learners), courses, self._weights_of)
        return Contributions.of(np.zeros(courses.shape), parts)

    def _weights_of(self, known: NDArray[np.intp], courses: NDArray[np.intp]) -> NDArray[Any]:
        if sparse.issparse(self._weights):
            return entries(self._weights, known, courses)
        return np.asarray(self._weights[known, courses])
