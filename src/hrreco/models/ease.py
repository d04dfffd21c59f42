"""EASE: the linear item-item model in closed form (Steck 2019)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from scipy import linalg

from hrreco.models._contract import Arrays, ModelConfig, Recommender, TrainingData
from hrreco.models._contributions import Contributions
from hrreco.models._inputs import check_size
from hrreco.models._linear import linear_parts
from hrreco.profiles import Learners


class EaseConfig(ModelConfig):
    """Settings of EASE."""

    regularisation: float = Field(
        500.0,
        gt=0,
        description="Ridge added to the diagonal of the Gram matrix; Steck (2019), eq. 4. "
        "From 10 to 10,000; 500 was best or near it from 200 people to 12,000 (MOOCCubeX).",
    )
    most_courses: int = Field(
        8_000,
        ge=1,
        description="Larger catalogues are refused: the inverse takes 8 bytes x courses squared.",
    )


class Ease(Recommender):
    """Scores a course by a learned weight from each course of the history.

    With Gram matrix G = X'X and P = (G + λI)^-1, the weight from course i to course j is
    B[i, j] = -P[i, j] / P[j, j], and 0 on the diagonal. Steck, "Embarrassingly Shallow
    Autoencoders for Sparse Data", WWW 2019, eq. 8.
    """

    name = "ease"
    Config = EaseConfig
    config: EaseConfig

    def _fit(self, data: TrainingData) -> None:
        check_size(self.name, len(data.vocabulary.courses), self.config.most_courses)
        X = data.learners.history.astype(np.float64)
        gram = (X.T @ X).toarray()
        gram[np.diag_indices_from(gram)] += self.config.regularisation
        inverse = linalg.inv(gram, overwrite_a=True, check_finite=False)
        self._inverse = np.ascontiguousarray(inverse)
        self._weigh()

    def _weigh(self) -> None:
        """Derive the weights from the inverse, which stays beside them for exact forgetting."""
        weights = self._inverse / -np.diag(self._inverse)
        np.fill_diagonal(weights, 0.0)
        self._weights = weights.astype(np.float32)

    def _score(self, learners: Learners) -> NDArray[Any]:
        return np.asarray(learners.history @ self._weights)

    def _contributions(self, learners: Learners, courses: NDArray[np.intp]) -> Contributions:
        parts = linear_parts(learners.history, courses, lambda i, j: self._weights[i, j])
        return Contributions.of(np.zeros(courses.shape), parts)

    def _arrays(self) -> Arrays:
        return {"inverse": self._inverse}

    def _restore(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._inverse = arrays["inverse"]
        self._weigh()
