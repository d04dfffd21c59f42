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
from hrreco.models._training_data import TrainingData
from hrreco.profiles import Csr, Learners


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
    """Weights that are derived from sums over learners, which are kept unpruned beside them.

    A subclass sums up in `_sum_up`, and derives the weights in `_weigh`. What is a sum over
    learners can forget some of them exactly.
    """

    _sums: Sums

    @abstractmethod
    def _sum_up(self, learners: Learners, tick: Callable[[], None]) -> Sums:
        """Return what the histories of learners add up to; `tick` is called now and then."""

    def _fit(self, data: TrainingData) -> None:
        self._use(self._sum_up(data.learners, data.tick))

    def _forget(self, gone: Learners) -> bool:
        self._use(self._sums.without(self._sum_up(gone, lambda: None), self.name))
        return True

    def _use(self, sums: Sums) -> None:
        self._sums, self._derived = sums, None

    def _arrays(self) -> Arrays:
        return self._sums.to_arrays()

    def _restore(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._use(Sums.of_arrays(arrays, len(self.vocabulary.courses)))
        _ = self._weights  # derived now, and not while somebody waits for an answer
