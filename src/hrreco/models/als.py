"""ALS: factors of courses for implicit feedback; learners are folded in (Hu et al. 2008)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from hrreco.models._alternating import alternate
from hrreco.models._by_length import ByLength
from hrreco.models._contract import Arrays, ModelConfig, Recommender
from hrreco.models._contributions import Contributions
from hrreco.models._explained import Explained, no_baseline
from hrreco.models._fold_in import FoldedIn, Space
from hrreco.models._linear import Parts, learner_of_entries
from hrreco.models._near import Near, Stripes
from hrreco.models._products import dense_times
from hrreco.models._training_data import TrainingData
from hrreco.profiles import Csr, Learners


class AlsConfig(ModelConfig):
    """Settings of ALS."""

    factors: int = Field(
        16,
        ge=1,
        le=512,
        description="Length of a course's vector.",
        json_schema_extra={"search": {"low": 8, "high": 128, "log": True}},
    )
    regularisation: float = Field(
        0.5,
        gt=0,
        le=10,
        description="Ridge on all factors, λ in Hu et al. (2008), eq. 3, as a share of the "
        "largest singular value of as many events put at random. From 0.5 to 0.8 was best from "
        "200 people to 12,000 (MOOCCubeX), for study actions, and for made-up companies.",
        json_schema_extra={"search": {"low": 0.1, "high": 3.0, "log": True}},
    )
    alpha: float = Field(
        8.0,
        ge=0,
        le=1_000,
        description="How much evidence adds to confidence: c = 1 + alpha x evidence, as in "
        "Hu et al. (2008), section 4.",
        json_schema_extra={"search": {"low": 0.5, "high": 40.0, "log": True}},
    )
    rounds: int = Field(15, ge=1, le=200, description="Rounds of alternating least squares.")
    seed: int = Field(1, ge=0, lt=2**32, description="Seed of the first factors.")


class Als(Recommender):
    """Scores a course by its vector times that of the learner, solved from the history.

    Hu, Koren and Volinsky, "Collaborative Filtering for Implicit Feedback Datasets", ICDM 2008.
    How a learner is folded in, and the score taken apart, is told in `_fold_in`.
    """

    name = "als"
    Config = AlsConfig
    config: AlsConfig

    def engines(self) -> tuple[str, ...]:
        """Return the distributions whose versions decide what a fit learns."""
        return ("implicit",)

    def _fit(self, data: TrainingData) -> None:
        confidence = data.learners.history.copy()
        confidence.data = self._confidence(confidence.data).astype(np.float32)
        config = self.config
        ridge = config.regularisation * _reach_of_chance(confidence)
        factors = alternate(
            confidence, config.factors, ridge, config.rounds, config.seed, data.tick
        )
        self._use(factors, np.array([ridge]))

    def _use(self, factors: NDArray[np.float32], ridge: NDArray[np.float64]) -> None:
        self._factors, self._ridge = factors, ridge
        self._space = Space(factors, ridge)
        self._by_factor = np.ascontiguousarray(factors.T)
        self._by_length = ByLength(factors)

    def _confidence(self, evidence: NDArray[Any]) -> NDArray[np.float64]:
        return 1.0 + self.config.alpha * evidence.astype(np.float64)

    def _explained(self, learners: Learners) -> Explained:
        if len(learners) > 1:  # what is kept of many takes more memory than time
            return super()._explained(learners)
        folded_in = list(self._folded_in(learners))
        return Explained(
            self._scored(learners, folded_in),
            partial(self._made_of, learners, folded_in),
            no_baseline,
        )

    def _stripes(self, n_courses: int) -> Stripes:  # noqa: ARG002 - one for each vector
        return self._by_length.stripes

    def _near(self, learners: Learners) -> Near:
        return self._by_length.near(self._vectors(learners, self._folded_in(learners)))

    def _score(self, learners: Learners) -> NDArray[Any]:
        return self._scored(learners, self._folded_in(learners))

    def _contributions(self, learners: Learners, courses: NDArray[np.intp]) -> Contributions:
        return self._made_of(learners, self._folded_in(learners), courses)

    def _folded_in(self, learners: Learners) -> Iterator[FoldedIn]:
        history = learners.history
        return self._space.fold_in(history, self._confidence(history.data))

    def _scored(self, learners: Learners, folded_in: Iterable[FoldedIn]) -> NDArray[Any]:
        return dense_times(self._vectors(learners, folded_in), self._by_factor)

    def _vectors(self, learners: Learners, folded_in: Iterable[FoldedIn]) -> NDArray[np.float32]:
        vectors = np.zeros((len(learners), len(self._by_factor)), dtype=np.float32)
        for some in folded_in:
            vectors[some.rows] = some.vectors()
        return vectors

    def _made_of(
        self, learners: Learners, folded_in: Iterable[FoldedIn], courses: NDArray[np.intp]
    ) -> Contributions:
        history = learners.history
        values = np.empty((len(history.data), courses.shape[1]))
        for some in folded_in:
            targets = self._space.vectors[courses[some.rows]].transpose(0, 2, 1)
            values[some.entries] = some.parts(targets)
        source = history.indices.astype(np.intp)
        parts_of_all = Parts(learner_of_entries(history), source, values)
        return Contributions.of(np.zeros(courses.shape), parts_of_all)

    def _arrays(self) -> Arrays:
        return {"factors": self._factors, "ridge": self._ridge}

    def _restore(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._use(arrays["factors"], arrays["ridge"])


def _reach_of_chance(confidence: Csr) -> float:
    """Return about the largest singular value of a matrix with the same entries, put at random.

    With entries of root mean square σ it is σ (√rows + √columns) (Bai and Yin, "Limit of the
    smallest eigenvalue of a large dimensional sample covariance matrix", Annals of Probability
    1993). A ridge on factors takes its value off every singular value (Srebro, Rennie and
    Jaakkola, "Maximum-Margin Matrix Factorization", NIPS 2004).
    """
    taken = int(np.count_nonzero(np.bincount(confidence.indices)))
    people, courses = confidence.shape[0], max(taken, 1)
    mean_square = float(np.square(confidence.data, dtype=np.float64).sum()) / (people * courses)
    return math.sqrt(mean_square) * (math.sqrt(people) + math.sqrt(courses))
