"""Scores that are linear in the features of a learner."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrreco.models._contract import Recommender
from hrreco.models._contributions import Contributions, first_feature
from hrreco.models._linear import linear_parts
from hrreco.profiles.learners import Learners


class ByFeature(Recommender):
    """Scores by ``features @ weights``; a subclass learns the weights.

    Attributes
    ----------
    _weights
        float32 [features x courses].
    """

    _weights: NDArray[np.float32]

    def _score(self, learners: Learners) -> NDArray[Any]:
        return np.asarray(learners.features @ self._weights)

    def _contributions(self, learners: Learners, courses: NDArray[np.intp]) -> Contributions:
        parts = linear_parts(
            learners.features,
            courses,
            lambda feature, course: self._weights[feature, course],
            first_source=first_feature(self.vocabulary),
        )
        return Contributions.of(np.zeros(courses.shape), parts)
