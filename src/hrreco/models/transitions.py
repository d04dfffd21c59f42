"""Directed transitions: who finished A later took B."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from scipy import sparse

from hrreco.models._crossed import crossed
from hrreco.models._item_item import PairSums
from hrreco.models._matrices import (
    inverse_power,
    largest,
    scaled,
)
from hrreco.models._order import Sequences, ages_of, places_from_the_end
from hrreco.models._products import with_values
from hrreco.models._sums import Sums, on_grid
from hrreco.models._support import PairConfig
from hrreco.profiles import Csr, Learners

_BITS = 32
"""In what steps a transition is counted, so that counts add up exactly."""


class TransitionsConfig(PairConfig):
    """Settings of directed transitions."""

    most_gap: int = Field(
        30,
        ge=1,
        le=1_000,
        description="Pairs of courses that are further apart do not count.",
        json_schema_extra={"search": {"low": 1, "high": 100, "log": True}},
    )
    gap_decay: float = Field(
        0.5,
        ge=0,
        le=5,
        description="A pair g places apart counts g to the power of minus this.",
        json_schema_extra={"search": {"low": 0.0, "high": 2.0}},
    )
    half_life: float | None = Field(
        None,
        gt=0,
        description="Age of a transition at which it counts half, in days (in places where only "
        "the order is known); none: all count alike.",
    )
    undirected: float = Field(
        0.3,
        ge=0,
        le=1,
        description="How much a pair counts for the other direction; 1 forgets the order.",
        json_schema_extra={"search": {"low": 0.0, "high": 1.0}},
    )
    shrinkage: float = Field(
        5.0,
        ge=0,
        description="Transitions added to those of every course, to no other course.",
        json_schema_extra={"search": {"low": 0.0, "high": 30.0}},
    )
    popularity: float = Field(
        0.15,
        ge=0,
        le=1,
        description="Power of a course's takers by which transitions to it are divided.",
        json_schema_extra={"search": {"low": 0.0, "high": 0.6}},
    )
    recency: float = Field(
        0.75,
        ge=0,
        le=5,
        description="The course r places from the end of a history speaks with r to the power "
        "of minus this.",
        json_schema_extra={"search": {"low": 0.0, "high": 2.0}},
    )
    repeat: float = Field(
        0.0,
        ge=0,
        le=10,
        description="What a course of the history gives to itself; above 0 only where courses "
        "are taken again.",
        json_schema_extra={"search": {"low": 0.0, "high": 2.0}},
    )
    neighbours: int = Field(
        300, ge=1, description="Courses that each course leads to; those beyond count as 0."
    )


class Transitions(PairSums):
    """Scores a course by how often it followed the courses of the history, the latest most.

    With c the discounted count of A before B over all learners, and n the takers of B, the
    weight from A to B is ``c / (sum of c over all B + shrinkage) / n ** popularity``. It is a
    first-order Markov chain with skips (Shani, Heckerman and Brafman, "An MDP-Based Recommender
    System", JMLR 2005, section 4.2), summed over the history. Two courses of the same age count
    half in each direction.
    """

    name = "transitions"
    Config = TransitionsConfig
    config: TransitionsConfig

    def _sum_up(
        self, learners: Learners, least: int, tick: Callable[[], None]
    ) -> tuple[Sums, Csr]:
        history, age = learners.history, ages_of(learners, self.name)
        n = history.shape[1]
        followed = sparse.csr_matrix((n, n))
        for weight, pairs in self._pairs(Sequences.of(history, age)):
            tick()
            followed = followed + sparse.csr_matrix((on_grid(weight, _BITS), pairs), shape=(n, n))
        takers = np.bincount(history.indices, minlength=n).astype(np.float64)
        followed.eliminate_zeros()
        followed.sort_indices()
        taken = history.sign().astype(np.float64)
        return Sums(Csr(followed), takers), crossed(taken, taken, least).people

    def _pairs(
        self, events: Sequences
    ) -> Iterator[tuple[NDArray[np.float64], tuple[NDArray[np.intp], NDArray[np.intp]]]]:
        """Yield the weights of pairs of events so many events apart, and their courses."""
        for apart in range(1, self.config.most_gap + 1):
            first = np.flatnonzero(events.learner[apart:] == events.learner[:-apart])
            if not len(first):
                return
            then = first + apart
            gap = events.place[first] - events.place[then]
            weight = events.evidence[first].astype(np.float64) * events.evidence[then]
            weight *= np.maximum(gap, 1) ** -self.config.gap_decay
            if self.config.half_life is not None:
                weight *= 0.5 ** (events.age[then] / self.config.half_life)
            at_once = gap == 0
            weight[at_once] /= 2.0
            a, b = events.course[first], events.course[then]
            yield weight, (a, b)
            yield weight[at_once], (b[at_once], a[at_once])

    def _weigh_pairs(self, sums: Sums) -> Csr:
        followed, takers = sums
        counts = Csr(followed + self.config.undirected * followed.T)
        led_to = np.asarray(counts.sum(axis=1)).ravel()
        shares = scaled(
            counts,
            inverse_power(led_to + self.config.shrinkage, 1.0),
            inverse_power(takers, self.config.popularity),
        )
        shares.sort_indices()
        weights = largest(shares, self.config.neighbours)
        if self.config.repeat:
            again = self.config.repeat * sparse.identity(len(takers), dtype=np.float32)
            weights = Csr(weights + again, dtype=np.float32)
        return weights

    def _voices(self, learners: Learners) -> Csr:
        history = learners.history
        if not len(history.data):
            return history
        places = places_from_the_end(ages_of(learners, self.name))
        loudness = (places**-self.config.recency).astype(np.float32)
        return with_values(history, history.data * loudness)
