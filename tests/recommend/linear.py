"""A recommender whose score is plainly linear in all that a learner brings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrreco.models._contract import Arrays, Explained, ModelConfig, Recommender
from hrreco.models._contributions import Contributions
from hrreco.models._training_data import TrainingData
from hrreco.profiles.learners import Learners
from hrreco.profiles.vocabulary import Vocabulary


class Linear(Recommender):
    """Baseline plus a weight from every course, feature and skill to every course."""

    name = "linear"
    Config = ModelConfig

    @classmethod
    def of(
        cls, vocabulary: Vocabulary, weights: NDArray[Any], baseline: NDArray[Any] | None = None
    ) -> Linear:
        """Take `weights` [courses + features + skills, courses] and a `baseline` [courses]."""
        if baseline is None:
            baseline = np.zeros(len(vocabulary.courses))
        return cls.restore(ModelConfig(), {"w": weights, "b": baseline}, vocabulary)

    def _brings(self, learners: Learners) -> NDArray[Any]:
        parts = (learners.history, learners.features, learners.needs)
        return np.hstack([part.toarray() for part in parts])

    def _fit(self, data: TrainingData) -> None:
        raise NotImplementedError

    def _score(self, learners: Learners) -> NDArray[Any]:
        return self.baseline + self._brings(learners) @ self.weights

    def _contributions(self, learners: Learners, courses: NDArray[np.intp]) -> Contributions:
        (brought,) = self._brings(learners)
        (source,) = np.nonzero(brought)
        value = brought[source, None] * self.weights[source][:, courses[0]]
        return Contributions(self.baseline[courses], np.zeros_like(source), source, value)

    def _arrays(self) -> Arrays:
        return {"w": self.weights, "b": self.baseline}

    def _restore(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.weights, self.baseline = arrays["w"], arrays["b"]

    def _explained(self, learners: Learners) -> Explained:
        plain = super()._explained(learners)
        return plain._replace(baseline=lambda courses: self.baseline[courses].astype(np.float64))
