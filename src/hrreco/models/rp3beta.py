"""RP3beta: three random steps from course to people to course, popular ones held back."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from pydantic import Field

from hrreco.models._crossed import crossed
from hrreco.models._item_item import PairSums
from hrreco.models._matrices import (
    by_rows,
    inverse_power,
    largest,
    scaled,
)
from hrreco.models._sums import Sums, on_grid
from hrreco.models._support import PairConfig
from hrreco.profiles import Csr, Learners

_BITS = 17
_BITS_BACK = 21
"""In what steps the two halves of a walk are read, whose products add up exactly."""


class Rp3betaConfig(PairConfig):
    """Settings of RP3beta."""

    alpha: float = Field(
        1.0,
        gt=0,
        le=2,
        description="Power of each step's probability; below 1 evens them out.",
        json_schema_extra={"search": {"low": 0.3, "high": 1.5}},
    )
    beta: float = Field(
        0.3,
        ge=0,
        le=2,
        description="Power of a course's takers by which its score is divided.",
        json_schema_extra={"search": {"low": 0.0, "high": 0.9}},
    )
    neighbours: int = Field(
        200,
        ge=1,
        description="Courses that each course leads to; those beyond count as 0.",
        json_schema_extra={"search": {"low": 20, "high": 1_000, "log": True}},
    )


class Rp3beta(PairSums):
    """Scores a course by the chance that a random walk from the history ends there.

    From course i to a taker u, and on to course j: with n the takers and m the courses of a
    person, weighted by evidence x, ``sum over u of (x_ui / n_i)**alpha (x_uj / m_u)**alpha``,
    divided by ``n_j ** beta``. Paudel et al., "Updatable, Accurate, Diverse, and Scalable
    Recommendations for Interactive Applications", ACM TiiS 2017, eq. 7.
    """

    name = "rp3beta"
    Config = Rp3betaConfig
    config: Rp3betaConfig

    def _sum_up(
        self, learners: Learners, least: int, tick: Callable[[], None]
    ) -> tuple[Sums, Csr]:
        X = learners.history.astype(np.float64)
        X.data = on_grid(X.data, _BITS)
        tick()
        taken = np.asarray(X.sum(axis=1)).ravel()
        takers = np.asarray(X.sum(axis=0)).ravel()
        steps = X.power(self.config.alpha)
        back = scaled(steps, inverse_power(taken, self.config.alpha), np.ones(X.shape[1]))
        steps.data, back.data = on_grid(steps.data, _BITS), on_grid(back.data, _BITS_BACK)
        pairs, took_both = crossed(steps, back, least)
        tick()
        return Sums(pairs, takers), took_both

    def _weigh_pairs(self, sums: Sums) -> Csr:
        left = inverse_power(sums.of_course, self.config.alpha)
        popular = inverse_power(sums.of_course, self.config.beta)
        return by_rows(
            sums.pairs,
            lambda rows, pairs: largest(
                scaled(pairs, left[rows], popular), self.config.neighbours
            ),
        )
