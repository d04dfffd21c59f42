"""ALS: factors of courses for implicit feedback; learners are folded in (Hu et al. 2008)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from scipy.linalg import lapack

from hrreco.errors import DegenerateFitError
from hrreco.models._contract import Arrays, ModelConfig, Recommender, TrainingData
from hrreco.models._contributions import Contributions
from hrreco.models._linear import Parts, learner_of_entries
from hrreco.profiles import Csr, Learners

_MANY_EVENTS = 100_000
"""From here all cores are used. Fewer are fitted faster by one, and the bits are the same."""


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

    With course vectors Y, G = Y'Y + λI, and confidence c of the courses i of the history, the
    learner is u = A^-1 Σ c_i y_i with A = G + Σ (c_i - 1) y_i y_i'. So the score y_j'u is the sum
    of c_i y_j' A^-1 y_i over the history. Hu, Koren and Volinsky, "Collaborative Filtering for
    Implicit Feedback Datasets", ICDM 2008, eq. 4 and section 5.
    """

    name = "als"
    Config = AlsConfig
    config: AlsConfig

    def engines(self) -> tuple[str, ...]:
        """Return the distributions whose versions decide what a fit learns."""
        return ("implicit",)

    def _fit(self, data: TrainingData) -> None:
        from implicit.cpu.als import AlternatingLeastSquares
        from implicit.recommender_base import ModelFitError

        confidence = data.learners.history.copy()
        confidence.data = self._confidence(confidence.data).astype(np.float32)
        ridge = self.config.regularisation * _reach_of_chance(confidence)
        engine = AlternatingLeastSquares(
            factors=self.config.factors,
            regularization=ridge,
            alpha=1.0,  # the matrix holds confidence itself
            iterations=self.config.rounds,
            random_state=self.config.seed,
            num_threads=1 if data.learners.history.nnz < _MANY_EVENTS else 0,
        )
        try:
            engine.fit(confidence, show_progress=False, callback=lambda *_: data.tick())
        except ModelFitError as error:
            raise DegenerateFitError(f"als: {error}; regularise it more") from error
        self._use(engine.item_factors, np.array(ridge))

    def _use(self, factors: NDArray[np.float32], ridge: NDArray[np.float64]) -> None:
        self._factors, self._ridge = factors, ridge
        self._exact = factors.astype(np.float64)
        self._gram = self._exact.T @ self._exact + ridge * np.eye(factors.shape[1])

    def _confidence(self, evidence: NDArray[Any]) -> NDArray[np.float64]:
        return 1.0 + self.config.alpha * evidence.astype(np.float64)

    def _score(self, learners: Learners) -> NDArray[Any]:
        history = learners.history
        vectors = np.empty((len(learners), self._factors.shape[1]), dtype=np.float32)
        for row, (courses, confidence) in enumerate(self._rows(history)):
            known = self._exact[courses]
            vectors[row] = self._solve(known, confidence, known.T @ confidence)
        return vectors @ self._factors.T

    def _contributions(self, learners: Learners, courses: NDArray[np.intp]) -> Contributions:
        values = [np.empty((0, courses.shape[1]))]
        for targets, (known_courses, confidence) in zip(
            courses, self._rows(learners.history), strict=True
        ):
            known = self._exact[known_courses]
            solved = self._solve(known, confidence, self._exact[targets].T)
            values.append((known @ solved) * confidence[:, None])
        source = learners.history.indices.astype(np.intp)
        parts = Parts(learner_of_entries(learners.history), source, np.concatenate(values))
        return Contributions.of(np.zeros(courses.shape), parts)

    def _rows(self, history: Csr) -> list[tuple[NDArray[Any], NDArray[np.float64]]]:
        """Return the courses of each learner, and the confidence in them."""
        confidence = self._confidence(history.data)
        bounds = zip(history.indptr[:-1], history.indptr[1:], strict=True)
        return [(history.indices[a:b], confidence[a:b]) for a, b in bounds]

    def _solve(
        self, known: NDArray[Any], confidence: NDArray[Any], right: NDArray[Any]
    ) -> NDArray[Any]:
        """Return A^-1 times `right`, with A as in the class's description."""
        system = self._gram + (known.T * (confidence - 1.0)) @ known
        # The bare routine: scipy's and numpy's wrappers cost as much again for one learner.
        _, solution, failed = lapack.dposv(system, right)
        if failed:
            raise DegenerateFitError("als: a learner cannot be folded in; regularise it more")
        return np.asarray(solution)

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
    people, courses = confidence.shape[0], max(1, len(np.unique(confidence.indices)))
    mean_square = float(np.square(confidence.data, dtype=np.float64).sum()) / (people * courses)
    return math.sqrt(mean_square) * (math.sqrt(people) + math.sqrt(courses))
