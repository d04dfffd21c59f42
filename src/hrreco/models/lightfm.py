"""LightFM: factors of features of employees and courses, for whoever has no history yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from scipy import sparse

from hrreco.errors import DegenerateFitError, MissingExtraError
from hrreco.models._by_feature import ByFeature
from hrreco.models._contract import Arrays, ModelConfig
from hrreco.models._training_data import TrainingData
from hrreco.profiles import CourseProfiles, Csr


class LightFmConfig(ModelConfig):
    """Settings of LightFM."""

    factors: int = Field(
        32,
        ge=1,
        le=512,
        description="Length of a feature's vector. 16 fell behind for new hires of made-up "
        "companies of 5,000, where 64 gained nothing.",
        json_schema_extra={"search": {"low": 8, "high": 64, "log": True}},
    )
    epochs: int = Field(
        15,
        ge=1,
        le=500,
        description="Passes over the events.",
        json_schema_extra={"search": {"low": 5, "high": 40}},
    )
    learning_rate: float = Field(
        0.05,
        gt=0,
        le=1,
        description="Step of Adagrad; large ones diverge and are refused.",
        json_schema_extra={"search": {"low": 0.01, "high": 0.15, "log": True}},
    )
    most_events: int = Field(
        200_000, ge=1, description="Of more events than this, a random sample is learned from."
    )
    seed: int = Field(1, ge=0, lt=2**32, description="Seed of first factors, order and sample.")


class LightFm(ByFeature):
    """Scores a course by the vectors of the learner's features times the course's own vector.

    The vector of a course is the sum of its own, and of the mean of those of its skills and tags.
    Learned with the WARP loss: Kula, "Metadata Embeddings for User and Item Cold-start
    Recommendations", CBRecSys 2015; Weston et al., "WSABIE", IJCAI 2011.

    Each feature's scores are taken against their mean over all courses, so that a contribution
    says what raises this course above others. The bias of a course goes to `EVERYONE`.
    """

    name = "lightfm"
    Config = LightFmConfig
    config: LightFmConfig

    def engines(self) -> tuple[str, ...]:
        """Return the distributions whose versions decide what a fit learns."""
        return ("rectools-lightfm",)

    def _fit(self, data: TrainingData) -> None:
        try:
            from lightfm import LightFM
        except ImportError as error:
            raise MissingExtraError(
                "lightfm needs the package rectools-lightfm, which is for Python 3.13 and older; "
                "install it there, or leave lightfm out of the models"
            ) from error

        engine = LightFM(
            no_components=self.config.factors,
            loss="warp",
            learning_rate=self.config.learning_rate,
            random_state=self.config.seed,
        )
        events = self._sampled(data.learners.history)
        of_courses = course_features(data.courses)
        matrices = {"user_features": data.learners.features, "item_features": of_courses}
        for _ in range(self.config.epochs):
            data.tick()
            try:
                engine.fit_partial(events, sample_weight=events, num_threads=1, **matrices)
            except ValueError as error:
                raise DegenerateFitError(f"lightfm: {error}") from error
        self._features = engine.user_embeddings
        self._courses = np.asarray(of_courses @ engine.item_embeddings)
        self._biases = np.asarray(of_courses @ engine.item_biases)
        together = data.learners.features.T @ data.learners.history.sign()
        self._told = np.asarray(together.toarray() >= data.limits.min_people, dtype=np.int32)
        self._weigh()

    def _sampled(self, history: Csr) -> sparse.coo_matrix:
        events = history.tocoo()
        if events.nnz <= self.config.most_events:
            return events
        random = np.random.default_rng(self.config.seed)
        kept = np.sort(random.choice(events.nnz, self.config.most_events, replace=False))
        positions = (events.row[kept], events.col[kept])
        return sparse.coo_matrix((events.data[kept], positions), shape=events.shape)

    def _weigh(self) -> None:
        weights = self._features.astype(np.float64) @ self._courses.T
        weights[0] += self._biases
        weights -= weights.mean(axis=1, keepdims=True)
        self._weights = weights.astype(np.float32)
        self._unsaid = np.where(self._told, np.float32(0), self._weights)

    def _arrays(self) -> Arrays:
        return {
            "features": self._features,
            "courses": self._courses,
            "biases": self._biases,
            "told": self._told,
        }

    def _restore(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._features = arrays["features"]
        self._courses = arrays["courses"]
        self._biases = arrays["biases"]
        self._told = arrays["told"]
        self._weigh()


def course_features(courses: CourseProfiles) -> Csr:
    """Return float32 CSR [courses x features]: itself, and its skills and tags, which sum to 1."""
    tags = sorted({tag for own in courses.tags for tag in own})
    position = {tag: i for i, tag in enumerate(tags)}
    tagged = sparse.lil_matrix((len(courses.tags), len(tags)), dtype=np.float32)
    for row, own in enumerate(courses.tags):
        for tag in own:
            tagged[row, position[tag]] = 1.0
    about = sparse.hstack([courses.teaches, tagged], format="csr")
    total = np.maximum(np.asarray(about.sum(axis=1)).ravel(), 1.0)
    about = sparse.diags((1.0 / total).astype(np.float32)) @ about
    itself = sparse.identity(len(courses.tags), dtype=np.float32)
    return Csr(sparse.hstack([itself, about]), dtype=np.float32)
