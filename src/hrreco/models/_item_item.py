"""Scores that each course of a history gives to each course, by weights that were learned."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrreco.models._contract import Arrays, Recommender
from hrreco.models._contributions import Contributions
from hrreco.models._linear import linear_parts
from hrreco.models._matrices import restored, stored
from hrreco.models._products import entries, quick, times
from hrreco.profiles import Csr, Learners


class ItemItem(Recommender):
    """Scores by ``voices @ weights``; a subclass learns the weights.

    Attributes
    ----------
    _weights
        float32 [courses x courses], CSR or dense: from a course of the history to a course.
    """

    _weights: Csr | NDArray[np.float32]
    _quick: Csr | NDArray[np.float32]
    _made_from: Csr | NDArray[np.float32] | None = None

    def _voices(self, learners: Learners) -> Csr:
        """Return with what weight each course of the histories speaks."""
        return learners.history

    def _score(self, learners: Learners) -> NDArray[Any]:
        return times(self._voices(learners), self._quick_weights)

    def _contributions(self, learners: Learners, courses: NDArray[np.intp]) -> Contributions:
        parts = linear_parts(self._voices(learners), courses, self._weights_of)
        return Contributions.of(np.zeros(courses.shape), parts)

    def _weights_of(self, known: NDArray[np.intp], courses: NDArray[np.intp]) -> NDArray[Any]:
        return entries(self._quick_weights, known, courses)

    @property
    def _quick_weights(self) -> Csr | NDArray[np.float32]:
        """The weights in the form to score with, made anew when they are others."""
        if self._made_from is not self._weights:
            self._quick, self._made_from = quick(self._weights), self._weights
        return self._quick


class PairSums(ItemItem):
    """Weights that are derived from sums over learners, which are kept unpruned beside them.

    A subclass sums up in `_fit`, and derives the weights in `_weigh`. What is a sum over learners
    can forget one of them exactly.

    Attributes
    ----------
    _sums
        float64 CSR [courses x courses].
    """

    _sums: Csr

    @abstractmethod
    def _weigh(self) -> None:
        """Derive the weights from the sums."""

    def _arrays(self) -> Arrays:
        return stored("sums", self._sums)

    def _restore(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        n = len(self.vocabulary.courses)
        self._sums = restored("sums", arrays, (n, n))
        self._weigh()
