"""Blend: several models, each standardised for the learner, weighted and added up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from hrreco.errors import ModelError
from hrreco.models._contract import (
    Arrays,
    Explained,
    Forgot,
    ModelConfig,
    Recommender,
    TrainingData,
)
from hrreco.models._contributions import Contributions, Share
from hrreco.models._matrices import within
from hrreco.models._registry import configured
from hrreco.profiles import Learners

_LEAST_SPREAD = 0.1
"""Of their mean: scores that differ by less say little, and not to the last digit."""


class Part(BaseModel):
    """One model of a blend."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    name: str = Field(description="Name of the model.")
    weight: float = Field(
        1.0, gt=0, le=1_000, description="Weight of its scores, beside those of the other parts."
    )
    settings: dict[str, JsonValue] = Field(
        default_factory=dict, description="The model's settings; those left out are default."
    )


class BlendConfig(ModelConfig):
    """Which models are blended, and how."""

    parts: tuple[Part, ...] = Field(
        (Part(name="ease"), Part(name="popularity", weight=0.2)),
        min_length=1,
        description="The models, each once.",
    )
    history_half: float = Field(
        1.0,
        ge=0,
        description="Courses in a history at which models that learn from histories count half: "
        "of n courses, n / (n + this).",
    )


class Blend(Recommender):
    """Scores by the weighted mean of its parts' scores, standardised for each learner.

    From a part's scores of the whole catalogue, their mean is taken away and the rest is divided
    by their standard deviation; a part whose scores hardly differ counts as 0. Parts that learn
    from histories are weighted by ``n / (n + history_half)`` for a history of n courses.

    Attributes
    ----------
    parts
        The models, in the order of the config.
    """

    name = "blend"
    Config = BlendConfig
    config: BlendConfig

    def __init__(self, config: BlendConfig | None = None) -> None:
        super().__init__(config)
        names = [part.name for part in self.config.parts]
        for name in names:
            if names.count(name) > 1:
                raise ModelError(f"a blend takes each model once; {name!r} is there more often")
            if name in (self.name, "fallback"):
                raise ModelError(f"a blend is made of single models; {name!r} is none")
        self.parts = tuple(configured(part.name, part.settings) for part in self.config.parts)

    def engines(self) -> tuple[str, ...]:
        """Return the distributions whose versions decide what a fit learns."""
        return tuple(sorted({engine for part in self.parts for engine in part.engines()}))

    def forget(self, gone: Learners, rest: TrainingData) -> tuple[Forgot, ...]:
        """Unlearn some people, part by part; see `Recommender.forget`."""
        forgot = [entry for part in self.parts for entry in part.forget(gone, rest)]
        self._vocabulary = rest.vocabulary
        return tuple(forgot)

    def _fit(self, data: TrainingData) -> None:
        for part in self.parts:
            part.fit(data)

    def _score(self, learners: Learners) -> NDArray[Any]:
        return self._explained(learners).scores

    def _contributions(self, learners: Learners, courses: NDArray[np.intp]) -> Contributions:
        return self._explained(learners).contributions(courses)

    def _explained(self, learners: Learners) -> Explained:
        total = np.zeros(learners.history.shape)
        made_of = []
        for part, weight in self._weighted(learners):
            scores, contributions = part._explained(learners)
            by = standardised(np.asarray(scores, dtype=np.float64))
            total += (weight * by.scale)[:, None] * (scores - by.mean[:, None])
            made_of.append((contributions, weight * by.scale, by.mean))
        return Explained(total.astype(np.float32), partial(_blended, made_of))

    def _weighted(self, learners: Learners) -> Iterator[tuple[Recommender, NDArray[np.float64]]]:
        """Yield each part, and its weight for each learner."""
        trust = history_trust(learners, self.config.history_half)
        whole = sum(asked.weight for asked in self.config.parts)
        for part, asked in zip(self.parts, self.config.parts, strict=True):
            share = asked.weight / whole
            yield part, share * (trust if part.from_history else np.ones(len(learners)))

    def _arrays(self) -> Arrays:
        return {
            f"{part.name}.{name}": array
            for part in self.parts
            for name, array in part.arrays().items()
        }

    def _restore(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.parts = tuple(
            part.restore(part.config, within(f"{part.name}.", arrays), self.vocabulary)
            for part in self.parts
        )


class Standard(NamedTuple):
    """How the scores of each learner are standardised.

    Attributes
    ----------
    mean
        float64 [learners].
    scale
        float64 [learners]: one over the standard deviation; 0 where scores hardly differ.
    """

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]


def standardised(scores: NDArray[np.float64]) -> Standard:
    """Return mean and scale of each row of scores over the whole catalogue."""
    if not scores.shape[1]:
        return Standard(np.zeros(len(scores)), np.zeros(len(scores)))
    mean, spread = scores.mean(axis=1), scores.std(axis=1)
    enough = spread > np.maximum(_LEAST_SPREAD * np.abs(mean), np.finfo(np.float32).tiny)
    return Standard(mean, np.divide(1.0, spread, out=np.zeros_like(spread), where=enough))


def history_trust(learners: Learners, half: float) -> NDArray[np.float64]:
    """Return how much models that learn from histories count: float64 [learners], 0 to 1."""
    taken = np.diff(learners.history.indptr).astype(np.float64)
    return np.asarray(np.divide(taken, taken + half, out=np.zeros_like(taken), where=taken > 0))


_MadeOf = list[
    tuple[Callable[[NDArray[np.intp]], Contributions], NDArray[np.float64], NDArray[np.float64]]
]


def _blended(made_of: _MadeOf, courses: NDArray[np.intp]) -> Contributions:
    return Contributions.summed(
        [Share(explain(courses), scale, mean) for explain, scale, mean in made_of], courses.shape
    )
