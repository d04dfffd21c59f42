"""Popularity by role: what people of the same role, and of the whole company, have taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from hrreco.models._by_feature import ByFeature
from hrreco.models._contract import Arrays, ModelConfig
from hrreco.models._training_data import TrainingData
from hrreco.profiles import EVERYONE, ROLE


class PopularityConfig(ModelConfig):
    """Settings of popularity by role."""

    shrinkage: float = Field(
        10.0,
        gt=0,
        description="How many people of a role the company's share weighs as much as.",
        json_schema_extra={"search": {"low": 1.0, "high": 100.0, "log": True}},
    )


class Popularity(ByFeature):
    """Scores a course by the share of people who took it: those of the role, and all.

    With p the share of all people and n and t the people of a role and those of them who took
    the course, the score is the shrunken share (t + m p) / (n + m). Of a count below
    ``data.limits.min_people`` only that is known: over all people it counts as none, and within
    a role as what the company's share lets expect, at most ``min_people - 1``. People are those
    with a history; each counts once per course.
    """

    name = "popularity"
    Config = PopularityConfig
    config: PopularityConfig
    only_counts = True

    def _fit(self, data: TrainingData) -> None:
        taken, having = data.learners.history.sign(), data.learners.features.tocsc()
        n_people, fewest = max(len(data.learners), 1), data.limits.min_people
        counts = np.asarray(taken.sum(axis=0)).ravel()
        company = np.where(counts >= fewest, counts, 0.0) / n_people
        weights = np.zeros((len(data.vocabulary.features), len(company)))
        for position, feature in enumerate(data.vocabulary.features):
            if feature.kind == EVERYONE:
                weights[position] = company
            elif feature.kind == ROLE:
                of_role = having.indices[having.indptr[position] : having.indptr[position + 1]]
                counts = np.asarray(taken[of_role].sum(axis=0)).ravel()
                weights[position] = self._share(counts, len(of_role), company, fewest) - company
        self._weights = weights.astype(np.float32)

    def _share(
        self, counts: NDArray[Any], people: int, company: NDArray[Any], fewest: int
    ) -> NDArray[Any]:
        expected = np.minimum(people * company, fewest - 1)
        known = np.where(counts >= fewest, counts, expected)
        m = self.config.shrinkage
        return np.asarray((known + m * company) / (people + m))

    def _arrays(self) -> Arrays:
        return {"weights": self._weights}

    def _restore(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._weights = arrays["weights"]
