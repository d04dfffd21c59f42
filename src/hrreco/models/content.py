"""Content: courses like those of the history, and courses that teach what a role needs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from hrreco.models._contract import Arrays, ModelConfig, Recommender
from hrreco.models._contributions import Contributions, first_skill
from hrreco.models._course_vectors import course_vectors, nearest
from hrreco.models._explained import Explained, no_baseline
from hrreco.models._inputs import check_size
from hrreco.models._linear import learner_of_entries, linear_parts
from hrreco.models._matrices import restored, stored
from hrreco.models._products import entries, quick, times, with_values
from hrreco.models._training_data import TrainingData
from hrreco.profiles import Csr, Learners


class ContentConfig(ModelConfig):
    """Settings of the content model."""

    terms: int = Field(
        50_000, ge=1, description="The most runs of characters that texts are told apart by."
    )
    neighbours: int = Field(
        100,
        ge=1,
        description="Similar courses kept for each course; the others count as 0.",
        json_schema_extra={"search": {"low": 20, "high": 500, "log": True}},
    )
    most_courses: int = Field(
        20_000,
        ge=1,
        description="Larger catalogues are refused: all pairs of courses are compared once.",
    )
    gap_weight: float = Field(
        0.5,
        ge=0,
        le=10,
        description="Weight of the skills that the role needs and the learner lacks, beside the "
        "similarity to the history.",
    )


class Content(Recommender):
    """Scores a course by its likeness to the history, and by the skill gaps it closes.

    The score is the mean of the similarities between the course and those of the history,
    weighted by evidence, plus `gap_weight` times the share of the learner's needed skills that
    the course teaches. Similarity is the cosine of TF-IDF vectors (scikit-learn's, sublinear) of
    the texts' runs of 2 to 4 characters, which serve Finnish endings, Swedish compounds and
    Chinese alike, beside those of the skills taught. A course is not similar to itself.
    """

    name = "content"
    from_history = False
    Config = ContentConfig
    config: ContentConfig

    @property
    def reads_needs(self) -> bool:
        """Whether it counts what learners lack: a course that closes a gap scores higher."""
        return True

    def engines(self) -> tuple[str, ...]:
        """Return the distributions whose versions decide what a fit learns."""
        return ("scikit-learn",)

    def _fit(self, data: TrainingData) -> None:
        check_size(self.name, len(data.vocabulary.courses), self.config.most_courses)
        vectors = course_vectors(data.courses, self.config.terms)
        self._similarity = nearest(vectors, self.config.neighbours, data.tick)
        self._taught = Csr(data.courses.teaches.T, dtype=np.float32)
        self._make_quick()

    def _make_quick(self) -> None:
        self._quick_similarity, self._quick_taught = quick(self._similarity), quick(self._taught)

    def _explained(self, learners: Learners) -> Explained:
        history, needs = _shares(learners.history), _shares(learners.needs)
        return Explained(
            self._scored(history, needs), partial(self._made_of, history, needs), no_baseline
        )

    def _score(self, learners: Learners) -> NDArray[Any]:
        return self._scored(_shares(learners.history), _shares(learners.needs))

    def _contributions(self, learners: Learners, courses: NDArray[np.intp]) -> Contributions:
        return self._made_of(_shares(learners.history), _shares(learners.needs), courses)

    def _scored(self, history: Csr, needs: Csr) -> NDArray[Any]:
        scores = times(history, self._quick_similarity)
        gap = times(needs, self._quick_taught)
        gap *= self.config.gap_weight
        scores += gap
        return scores

    def _made_of(self, history: Csr, needs: Csr, courses: NDArray[np.intp]) -> Contributions:
        similar = linear_parts(
            history, courses, lambda i, j: entries(self._quick_similarity, i, j)
        )
        gap = linear_parts(
            needs,
            courses,
            lambda skill, j: self.config.gap_weight * entries(self._quick_taught, skill, j),
            first_source=first_skill(self.vocabulary),
        )
        return Contributions.of(np.zeros(courses.shape), similar, gap)

    def _arrays(self) -> Arrays:
        return {**stored("similarity", self._similarity), **stored("taught", self._taught)}

    def _restore(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        n_courses, n_skills = len(self.vocabulary.courses), len(self.vocabulary.skills)
        self._similarity = restored("similarity", arrays, (n_courses, n_courses))
        self._taught = restored("taught", arrays, (n_skills, n_courses))
        self._make_quick()


def _shares(matrix: Csr) -> Csr:
    """Return `matrix` with rows that sum to 1, or are empty."""
    row = learner_of_entries(matrix)
    total = np.bincount(row, matrix.data, matrix.shape[0]).astype(np.float32)
    return with_values(matrix, matrix.data / total[row])
