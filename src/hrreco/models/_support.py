"""How many people took both courses of a pair: what too few did is not learned from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from hrreco.models._contract import Arrays, ModelConfig
from hrreco.models._inputs import same_entries
from hrreco.models._matrices import within
from hrreco.models._sums import Sums
from hrreco.profiles import Csr, Learners

MANY = 5_000
"""People from whom on pairs need support unless the settings say otherwise."""

LEAST = 5
"""The people that a pair needs then."""

_PREFIX = "support."


class PairConfig(ModelConfig):
    """Settings of models that count pairs of courses."""

    min_support: int | None = Field(
        None,
        ge=1,
        le=1_000,
        description="People who must have taken both courses of a pair; other pairs do not count. "
        f"None: {LEAST} where at least {MANY:,} people are learned from, else 1.",
    )


class Support(NamedTuple):
    """How many people took both courses of each pair, and how many must have.

    Forgetting only takes people away, so what too few took need not be kept to forget exactly.

    Attributes
    ----------
    least
        The fewest that a pair needs.
    people
        How many were counted.
    counts
        Of each pair that enough people took when they were counted.
    """

    least: int
    people: int
    counts: Sums

    @classmethod
    def of(cls, learners: Learners, took_both: Csr, config: PairConfig) -> Self | None:
        """Return the support that pairs need; None where each pair counts."""
        people = len(learners)
        least = least_of(people, config)
        return None if least == 1 else cls(least, people, _counts(learners, took_both))

    def without(
        self, gone: Learners, took_both: Csr, config: PairConfig, model: str
    ) -> Self | None:
        """Return the support without some people; None where it would have to be another one."""
        people = self.people - len(gone)
        if least_of(people, config) != self.least:
            return None
        counts = _counts(gone, took_both)
        left = self.counts.without(counts, model, of_few=self.least - 1)
        return type(self)(self.least, people, left)

    def kept(self, pairs: Csr) -> Csr:
        """Return a matrix of pairs with only those that enough people took."""
        counts = self.counts.pairs
        enough = counts.data >= self.least
        if enough.all() and same_entries(pairs, counts):
            return pairs  # as a fit leaves them
        kept = Csr(pairs.multiply(Csr((enough, counts.indices, counts.indptr), shape=pairs.shape)))
        kept.eliminate_zeros()
        kept.sort_indices()
        return kept

    def pairs_left(self) -> int:
        """Return how many pairs enough people took."""
        return int(np.count_nonzero(self.counts.pairs.data >= self.least))

    def to_arrays(self) -> Arrays:
        """Return the support by the names it is stored under."""
        numbers = np.array([self.least, self.people], dtype=np.int64)
        counts = self.counts._replace(pairs=self.kept(self.counts.pairs))
        stored = {**counts.to_arrays(), "numbers": numbers}
        return {f"{_PREFIX}{name}": array for name, array in stored.items()}

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[Any]], courses: int) -> Self | None:
        """Build the support from what `to_arrays` gave; None where there was none."""
        stored = within(_PREFIX, arrays)
        if not stored:
            return None
        least, people = stored["numbers"].tolist()
        return cls(least, people, Sums.of_arrays(stored, courses))


def least_of(people: int, config: PairConfig) -> int:
    """Return the fewest people that a pair needs, where so many are learned from."""
    if config.min_support is not None:
        return config.min_support
    return LEAST if people >= MANY else 1


def _counts(learners: Learners, took_both: Csr) -> Sums:
    history = learners.history
    takers = np.bincount(history.indices, minlength=history.shape[1]).astype(np.float64)
    return Sums(took_both, takers)
