"""Scores that each course of a history gives to each course, by weights that were learned."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrreco.models._contract import Arrays, Recommender
from hrreco.models._contributions import Contributions
from hrreco.models._explained import Explained, no_baseline
from hrreco.models._linear import linear_parts
from hrreco.models._products import entries, quick, times
from hrreco.models._sums import Sums
from hrreco.models._support import PairConfig, Support, least_of
from hrreco.models._training_data import TrainingData
from hrreco.profiles import Csr, Learners

SOON_DERIVED = 100_000
"""Weights, of which so many are derived and looked at in a few milliseconds."""


class ItemItem(Recommender):
    """Scores by ``voices @ weights``; a subclass learns what the weights are derived from.

    Attributes
    ----------
    _weights
        float32 [courses x courses], CSR or dense: from a course of the history to a course.
    """

    _derived: Csr | NDArray[np.float32] | None = None

    @property
    def _weights(self) -> Csr | NDArray[np.float32]:
        # Derived when they are asked for: forgetting many people, one by one, needs them once.
        if self._derived is None:
            self._derived = quick(self._weigh())
        return self._derived

    @abstractmethod
    def _weigh(self) -> Csr | NDArray[np.float32]:
        """Derive the weights from what was learned."""

    def _voices(self, learners: Learners) -> Csr:
        """Return with what weight each course of the histories speaks."""
        return learners.history

    def _explained(self, learners: Learners) -> Explained:
        voices = self._voices(learners)  # found once, for scores and reasons
        return Explained(
            times(voices, self._weights),
            partial(self._made_of, voices),
            no_baseline,
        )

    def _score(self, learners: Learners) -> NDArray[Any]:
        return times(self._voices(learners), self._weights)

    def _contributions(self, learners: Learners, courses: NDArray[np.intp]) -> Contributions:
        return self._made_of(self._voices(learners), courses)

    def _made_of(self, voices: Csr, courses: NDArray[np.intp]) -> Contributions:
        parts = linear_parts(voices, courses, self._weights_of)
        return Contributions.of(np.zeros(courses.shape), parts)

    def _weights_of(self, known: NDArray[np.intp], courses: NDArray[np.intp]) -> NDArray[Any]:
        return entries(self._weights, known, courses)


class PairSums(ItemItem):
    """Weights that are derived from sums over learners, which are kept beside them.

    A subclass sums up in `_sum_up`, and derives the weights from the pairs that enough people
    took in `_weigh_pairs`. What is a sum over learners can forget some of them exactly.
    """

    config: PairConfig
    _sums: Sums
    _support: Support | None = None

    @abstractmethod
    def _sum_up(
        self, learners: Learners, least: int, tick: Callable[[], None]
    ) -> tuple[Sums, Csr]:
        """Return what histories add up to, and how many people took both courses of each pair.

        Parameters
        ----------
        least
            Pairs that fewer people took may be left out.
        tick
            Called now and then.
        """

    @abstractmethod
    def _weigh_pairs(self, sums: Sums) -> Csr:
        """Derive the weights from sums, of which some pairs may be absent."""

    def _weigh(self) -> Csr:
        return self._weigh_pairs(self._supported())

    def _supported(self) -> Sums:
        sums, support = self._sums, self._support
        return sums if support is None else sums._replace(pairs=support.kept(sums.pairs))

    def _fit(self, data: TrainingData) -> None:
        learners = data.learners
        least = least_of(len(learners), self.config)
        sums, took_both = self._sum_up(learners, least, data.tick)
        self._use(sums, Support.of(learners, took_both, self.config))

    def _forget(self, gone: Learners) -> bool:
        sums, took_both = self._sum_up(gone, 1, lambda: None)
        support, of_few = self._support, 0.0
        if support is not None:
            support = support.without(gone, took_both, self.config, self.name)
            if support is None:
                return False
            of_few = np.inf  # what their pairs may come to, the counts have told
        self._use(self._sums.without(sums, self.name, of_few=of_few), support)
        return True

    def _knows_little(self, rest: TrainingData) -> bool:  # noqa: ARG002 - counted here
        if self._support is not None:
            return self._support.pairs_left() <= SOON_DERIVED
        return int(np.count_nonzero(self._sums.pairs.data)) <= SOON_DERIVED

    def _use(self, sums: Sums, support: Support | None) -> None:
        self._sums, self._support, self._derived = sums, support, None

    def _arrays(self) -> Arrays:
        sums = self._supported().to_arrays()
        return {**sums, **(self._support.to_arrays() if self._support else {})}

    def _restore(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        courses = len(self.vocabulary.courses)
        self._use(Sums.of_arrays(arrays, courses), Support.of_arrays(arrays, courses))
        _ = self._weights  # derived now, and not while somebody waits for an answer
