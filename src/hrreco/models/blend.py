"""Blend: several models, each standardised for the learner, weighted and added up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from hrreco.errors import ModelError
from hrreco.models._contract import Arrays, Forgot, ModelConfig, Recommender
from hrreco.models._contributions import Contributions, Share
from hrreco.models._explained import Explained
from hrreco.models._linear import lengths_of
from hrreco.models._matrices import within
from hrreco.models._registry import configured
from hrreco.models._training_data import TrainingData
from hrreco.profiles import Learners

_LEAST_SPREAD = 0.1
"""Of their mean: scores that differ by less say little, and not to the last digit."""

_LARGEST = 1 << 22
"""Scores that are standardised and added up at once; it bounds memory."""


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
    of_models = True
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
        weights = np.array([[part.weight] for part in self.config.parts])
        self._shares = weights / weights.sum()
        self._from_history = np.array([[part.from_history] for part in self.parts])

    @property
    def reads_needs(self) -> bool:
        """Whether a model in it does."""
        return any(part.reads_needs for part in self.parts)

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
        explained = [part._explained(learners) for part in self.parts]
        weights = self._weights(learners)
        total = np.empty(learners.history.shape, dtype=np.float32)
        mean, scale = np.empty_like(weights), np.empty_like(weights)
        step = max(_LARGEST // max(total.shape[1] * len(explained), 1), 1)
        for some in (slice(i, i + step) for i in range(0, len(total), step)):
            scores = np.array([one.scores[some] for one in explained])
            mean[:, some], own = centre(scores)
            # As it is applied, to the bit, so that what the contributions add up to is the score.
            scale[:, some] = (weights[:, some] * own).astype(np.float32)
            scores *= scale[:, some, None].astype(np.float32)
            np.add.reduce(scores, axis=0, out=total[some])
        made_of = [one.contributions for one in explained]
        baselines = [one.baseline for one in explained]
        return Explained(
            total,
            partial(_blended, made_of, scale, mean),
            partial(_blended_baseline, baselines, scale, mean),
        )

    def _weights(self, learners: Learners) -> NDArray[np.float64]:
        """Return how much each part counts for each learner: float64 [parts x learners]."""
        trust = history_trust(learners, self.config.history_half)
        return np.asarray(self._shares * np.where(self._from_history, trust, 1.0))

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
    """How some scores are standardised; of the scores' shape without the courses.

    Attributes
    ----------
    mean
        float64.
    scale
        float64: one over the standard deviation; 0 where scores hardly differ.
    """

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]


def centre(scores: NDArray[np.float32]) -> Standard:
    """Take their mean over the whole catalogue from scores, in place; return mean and scale.

    Parameters
    ----------
    scores
        float32 [... x courses].
    """
    n_courses = scores.shape[-1]
    if not n_courses:
        return Standard(np.zeros(scores.shape[:-1]), np.zeros(scores.shape[:-1]))
    mean = np.add.reduce(scores, axis=-1, keepdims=True) / np.float32(n_courses)
    scores -= mean
    middle = mean[..., 0].astype(np.float64)
    spread = np.sqrt(np.einsum("...c,...c->...", scores, scores).astype(np.float64) / n_courses)
    enough = spread > np.maximum(_LEAST_SPREAD * np.abs(middle), np.finfo(np.float32).tiny)
    return Standard(middle, np.divide(1.0, spread, out=np.zeros_like(spread), where=enough))


def history_trust(learners: Learners, half: float) -> NDArray[np.float64]:
    """Return how much models that learn from histories count: float64 [learners], 0 to 1."""
    taken = lengths_of(learners.history).astype(np.float64)
    return np.asarray(np.divide(taken, taken + half, out=np.zeros_like(taken), where=taken > 0))


def _blended(
    made_of: list[Callable[[NDArray[np.intp]], Contributions]],
    scale: NDArray[np.float64],
    mean: NDArray[np.float64],
    courses: NDArray[np.intp],
) -> Contributions:
    return Contributions.summed(
        [Share(explain(courses), *of) for explain, *of in zip(made_of, scale, mean, strict=True)],
        courses.shape,
    )


def _blended_baseline(
    baselines: list[Callable[[NDArray[np.intp]], NDArray[np.float64]]],
    scale: NDArray[np.float64],
    mean: NDArray[np.float64],
    courses: NDArray[np.intp],
) -> NDArray[np.float64]:
    blended = np.zeros(courses.shape)
    for baseline, times, less in zip(baselines, scale, mean, strict=True):
        blended += times[:, None] * (baseline(courses) - less[:, None])
    return blended
