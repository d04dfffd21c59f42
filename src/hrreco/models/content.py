"""Content: courses like those of the history, and courses that teach what a role needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from scipy import sparse

from hrreco.models._contract import Arrays, ModelConfig, Recommender, TrainingData
from hrreco.models._contributions import Contributions, first_skill
from hrreco.models._inputs import check_size
from hrreco.models._linear import linear_parts
from hrreco.profiles import CourseProfiles, Csr, Learners

_LONGEST_TEXT = 10_000
"""Characters of a course's text that are read."""

_BLOCK = 256
"""Courses whose similarity to all others is held dense at a time."""


class ContentConfig(ModelConfig):
    """Settings of the content model."""

    terms: int = Field(
        50_000, ge=1, description="The most runs of characters that texts are told apart by."
    )
    neighbours: int = Field(
        100, ge=1, description="Similar courses kept for each course; the others count as 0."
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
    Config = ContentConfig
    config: ContentConfig

    def engines(self) -> tuple[str, ...]:
        """Return the distributions whose versions decide what a fit learns."""
        return ("scikit-learn",)

    def _fit(self, data: TrainingData) -> None:
        check_size(self.name, len(data.vocabulary.courses), self.config.most_courses)
        vectors = course_vectors(data.courses, self.config.terms)
        everyone = vectors.T.tocsr()
        rows = []
        for first in range(0, vectors.shape[0], _BLOCK):
            data.tick()
            similar = (vectors[first : first + _BLOCK] @ everyone).toarray()
            here = np.arange(similar.shape[0])
            similar[here, first + here] = 0.0
            rows.append(_nearest(similar, self.config.neighbours))
        self._similarity = Csr(sparse.vstack(rows), dtype=np.float32)
        self._taught = Csr(data.courses.teaches.T, dtype=np.float32)

    def _score(self, learners: Learners) -> NDArray[Any]:
        similar = _shares(learners.history) @ self._similarity
        gap = _shares(learners.needs) @ self._taught
        return np.asarray((similar + self.config.gap_weight * gap).toarray())

    def _contributions(self, learners: Learners, courses: NDArray[np.intp]) -> Contributions:
        similar = linear_parts(
            _shares(learners.history), courses, lambda i, j: _entries(self._similarity, i, j)
        )
        gap = linear_parts(
            _shares(learners.needs),
            courses,
            lambda skill, j: self.config.gap_weight * _entries(self._taught, skill, j),
            first_source=first_skill(self.vocabulary),
        )
        return Contributions.of(np.zeros(courses.shape), similar, gap)

    def _arrays(self) -> Arrays:
        return {
            f"{name}_{part}": getattr(matrix, part)
            for name, matrix in (("similarity", self._similarity), ("taught", self._taught))
            for part in ("data", "indices", "indptr")
        }

    def _restore(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        def matrix(name: str, rows: int) -> Csr:
            parts = tuple(arrays[f"{name}_{part}"] for part in ("data", "indices", "indptr"))
            restored = Csr(parts, shape=(rows, len(self.vocabulary.courses)))
            restored.check_format(full_check=True)
            return restored

        self._similarity = matrix("similarity", len(self.vocabulary.courses))
        self._taught = matrix("taught", len(self.vocabulary.skills))


def course_vectors(courses: CourseProfiles, terms: int) -> Csr:
    """Return float32 CSR [courses x terms and skills], rows of length 1 or 0."""
    from sklearn.feature_extraction.text import TfidfTransformer, TfidfVectorizer
    from sklearn.preprocessing import normalize

    parts = [TfidfTransformer().fit_transform(courses.teaches)] if courses.teaches.nnz else []
    texts = [text[:_LONGEST_TEXT] for text in courses.texts]
    if any(text.strip() for text in texts):  # scikit-learn refuses to find no term at all
        of_texts = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, max_features=terms
        )
        parts.append(of_texts.fit_transform(texts))
    if not parts:
        return Csr((len(texts), 0), dtype=np.float32)
    return Csr(normalize(sparse.hstack(parts, format="csr")), dtype=np.float32)


def _nearest(similar: NDArray[np.float32], most: int) -> Csr:
    """Return the `most` largest entries of each row."""
    if most < similar.shape[1]:
        rest = np.argpartition(-similar, most, axis=1)[:, most:]
        np.put_along_axis(similar, rest, 0.0, axis=1)
    return Csr(similar)


def _shares(matrix: Csr) -> Csr:
    """Return `matrix` with rows that sum to 1, or are empty."""
    total = np.repeat(np.asarray(matrix.sum(axis=1)).ravel(), np.diff(matrix.indptr))
    return Csr((matrix.data / total, matrix.indices, matrix.indptr), shape=matrix.shape)


def _entries(matrix: Csr, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[Any]:
    rows = np.broadcast_to(rows, columns.shape)
    if not columns.size:  # scipy would give a sparse matrix
        return np.empty(columns.shape)
    return np.asarray(matrix[rows.ravel(), columns.ravel()]).reshape(columns.shape)
