"""Collective EASE: linear weights from course to course that know what courses are about."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from hrreco.errors import ModelError
from hrreco.models._course_vectors import course_vectors
from hrreco.models._training_data import TrainingData
from hrreco.models.ease import Ease, EaseConfig


class CeaseConfig(EaseConfig):
    """Settings of collective EASE."""

    alike: float = Field(
        100.0,
        gt=0,
        description="How many people who took both a pair of wholly alike courses is worth.",
        json_schema_extra={"search": {"low": 10.0, "high": 1_000.0, "log": True}},
    )
    terms: int = Field(
        50_000, ge=1, description="The most runs of characters that texts are told apart by."
    )


class Cease(Ease):
    """Scores as EASE does, with the likeness of courses beside the people who took both.

    To the Gram matrix of histories it adds `alike` times that of the courses' vectors (TF-IDF of
    title and description, and skills; see `content`), as if each text or skill were a person who
    took the courses it is found in. Jeunen, Van Balen and Goethals, "Closed-Form Models for
    Collaborative Filtering with Side-Information", RecSys 2020, eq. 6.
    """

    name = "cease"
    Config = CeaseConfig
    config: CeaseConfig

    def engines(self) -> tuple[str, ...]:
        """Return the distributions whose versions decide what a fit learns."""
        return ("scikit-learn",)

    def _add_what_else_is_known(self, gram: NDArray[np.float64], data: TrainingData) -> None:
        vectors = course_vectors(data.courses, self.config.terms).astype(np.float64)
        if not vectors.nnz:
            raise ModelError("cease: there are no texts or skills of courses; use ease")
        data.tick()
        gram += self.config.alike * (vectors @ vectors.T).toarray()
