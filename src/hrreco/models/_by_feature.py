"""Scores that are linear in the features of a learner."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrreco.models._contract import Recommender
from hrreco.models._contributions import Contributions, first_feature
from hrreco.models._explained import Explained
from hrreco.models._linear import linear_parts
from hrreco.models._products import times
from hrreco.profiles import Learners


class ByFeature(Recommender):
    """Scores by ``features @ weights``; a subclass learns the weights.

    Attributes
    ----------
    _weights
        float32 [features x courses].
    _unsaid
        float32 of the same shape: the weights that stand for too few people to be told; they
        count into the baseline of a score. None where all may be told.
    """

    from_history = False

    _weights: NDArray[np.float32]
    _unsaid: NDArray[np.float32] | None = None

    def _explained(self, learners: Learners) -> Explained:
        return Explained(
            self._score(learners),
            partial(self._contributions, learners),
            partial(self._baseline, learners),
        )

    def _score(self, learners: Learners) -> NDArray[Any]:
        return times(learners.features, self._weights)

    def _contributions(self, learners: Learners, courses: NDArray[np.intp]) -> Contributions:
        parts = linear_parts(
            learners.features, courses, self._said, first_source=first_feature(self.vocabulary)
        )
        return Contributions.of(self._baseline(learners, courses), parts)

    def _baseline(self, learners: Learners, courses: NDArray[np.intp]) -> NDArray[np.float64]:
        baseline, unsaid = np.zeros(courses.shape), self._unsaid
        if unsaid is not None and courses.size and len(learners.features.data):
            weights = linear_parts(learners.features, courses, lambda f, c: unsaid[f, c])
            np.add.at(baseline, weights.learner, weights.value)
        return baseline

    def _said(self, features: NDArray[np.intp], courses: NDArray[np.intp]) -> NDArray[Any]:
        weights = self._weights[features, courses]
        return weights if self._unsaid is None else weights - self._unsaid[features, courses]
