"""Fallback: a learned model where it has something to say of a learner, else the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, JsonValue

from hrreco.errors import ModelError
from hrreco.models._contract import Arrays, Forgot, ModelConfig, Recommender
from hrreco.models._contributions import Contributions
from hrreco.models._explained import Explained, Scores
from hrreco.models._linear import lengths_of
from hrreco.models._matrices import within
from hrreco.models._near import Near, Some, Stripes
from hrreco.models._registry import configured
from hrreco.models._training_data import TrainingData
from hrreco.models.popularity import Popularity, PopularityConfig
from hrreco.profiles import Learners

_FEW = 64
"""Courses whose scores are looked at first, to tell who has the same score for all."""


class FallbackConfig(ModelConfig):
    """Which learned model to use, and the settings of both parts."""

    learned: str = Field("ease", description="Name of the learned model.")
    settings: dict[str, JsonValue] = Field(
        default_factory=dict, description="Settings of the learned model."
    )
    rules: PopularityConfig = Field(
        default_factory=PopularityConfig, description="Settings of popularity by role."
    )


class Fallback(Recommender):
    """Scores a learner by the learned model, or by popularity by role where that is silent.

    The learned model is silent of a learner without a history, and of one for whom all its
    scores are the same. Scores of two learners are then on two scales; within one they are on one.

    Attributes
    ----------
    learned
        The learned model.
    rules
        Popularity by role.
    """

    name = "fallback"
    of_models = True
    Config = FallbackConfig
    config: FallbackConfig

    def __init__(self, config: FallbackConfig | None = None) -> None:
        super().__init__(config)
        if self.config.learned == self.name:
            raise ModelError("fallback cannot fall back on itself; name a learned model")
        self.learned = configured(self.config.learned, self.config.settings)
        self.rules = Popularity(self.config.rules)

    @property
    def reads_needs(self) -> bool:
        """Whether a model in it does."""
        return self.learned.reads_needs

    def engines(self) -> tuple[str, ...]:
        """Return the distributions whose versions decide what a fit learns."""
        return self.learned.engines()

    def forget(self, gone: Learners, rest: TrainingData) -> tuple[Forgot, ...]:
        """Unlearn some people, in both models; see `Recommender.forget`."""
        forgot = (*self.learned.forget(gone, rest), *self.rules.forget(gone, rest))
        self._vocabulary = rest.vocabulary
        return forgot

    def _fit(self, data: TrainingData) -> None:
        self.learned.fit(data)
        self.rules.fit(data)

    def _stripes(self, n_courses: int) -> Stripes:
        return self.learned._stripes(n_courses)

    def _score(self, learners: Learners) -> NDArray[Any]:
        return self._explained(learners).scores

    def _contributions(self, learners: Learners, courses: NDArray[np.intp]) -> Contributions:
        return self._explained(learners).contributions(courses)

    def _explained(self, learners: Learners) -> Explained:
        # The rules answer all new hires alike, whatever model serves, so that the form of an
        # answer does not tell who opted out.
        silent = lengths_of(learners.history) == 0
        if silent.all():
            return self.rules._explained(learners)
        learned = self.learned._explained(learners)
        scores, nothing = learned.scores, np.zeros(len(learners), dtype=np.float32)
        silent |= _within(lambda some, places: scores[some, places], nothing)
        if not silent.any():
            return learned
        rules = self.rules._explained(learners.take(silent))
        learned.scores[silent] = rules.scores
        return Explained(
            learned.scores,
            partial(self._both, learners, silent),
            partial(self._both_baselines, learned, rules, silent),
        )

    def _near(self, learners: Learners) -> Near:
        perhaps = lengths_of(learners.history) == 0
        if perhaps.all():
            return super()._near(learners)
        near = self.learned._near(learners)
        perhaps |= _within(near.scores, 2 * near.off)
        if not perhaps.any():
            return near
        return self._near_both(near, self._explained(learners.take(perhaps)), perhaps)

    def _near_both(self, most: Near, some: Explained, which: NDArray[np.bool_]) -> Near:
        """Return what is near, but for some learners, of whom it is `some` that counts."""
        sure, place = Near.told(some, self.stripes), np.cumsum(which) - 1

        def scores(asked: Some, places: slice) -> Scores:
            found, theirs = most.scores(asked, places), which[asked]
            found[theirs] = sure.scores(place[asked][theirs], places)
            return found

        def bound(stripe: slice) -> NDArray[np.float32]:
            found = most.most(stripe)
            found[which] = sure.most(stripe)
            return found

        return Near(
            scores,
            bound,
            np.where(which, np.float32(0), most.off),
            most.exact,
            partial(self._both_baselines, most, some, which),
        )

    def _both(
        self, learners: Learners, silent: NDArray[np.bool_], courses: NDArray[np.intp]
    ) -> Contributions:
        spoken = ~silent
        return Contributions.interleaved(
            self.learned._contributions(learners.take(spoken), courses[spoken]),
            self.rules._contributions(learners.take(silent), courses[silent]),
            second_rows=silent,
        )

    @staticmethod
    def _both_baselines(
        most: Explained | Near,
        some: Explained,
        which: NDArray[np.bool_],
        courses: NDArray[np.intp],
    ) -> NDArray[np.float64]:
        baseline = most.baseline(courses)
        baseline[which] = some.baseline(courses[which])
        return baseline

    def _arrays(self) -> Arrays:
        parts = {"learned": self.learned, "rules": self.rules}
        return {
            f"{part}.{name}": array
            for part, model in parts.items()
            for name, array in model.arrays().items()
        }

    def _restore(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.learned = self.learned.restore(
            self.learned.config, within("learned.", arrays), self.vocabulary
        )
        self.rules = Popularity.restore(
            self.rules.config, within("rules.", arrays), self.vocabulary
        )


def _within(
    scores: Callable[[Some, slice], Scores], most: NDArray[np.float32]
) -> NDArray[np.bool_]:
    """Return whose scores all lie within a distance: bool [learners]."""
    few = scores(slice(None), slice(_FEW))  # they tell for nearly everybody
    within: NDArray[np.bool_] = few.max(axis=1) - few.min(axis=1) <= most
    if not within.any():
        return within
    rows = np.flatnonzero(within)
    of_rows = scores(rows, slice(None))
    within[rows] = of_rows.max(axis=1) - of_rows.min(axis=1) <= most[rows]
    return within
