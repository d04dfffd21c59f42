"""How an employee chooses: the planted signal that models may find."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from hrreco.data.synthetic._curriculum import Curriculum
from hrreco.data.synthetic._domain import INTERESTS
from hrreco.data.synthetic._knowledge import Needs

_BY_CHANCE = 0.08
_ROLE_AT_FIRST, _ROLE_LATER = 0.6, 0.2  # share of choices that the role decides
_FADES_AFTER = 3.0  # elective courses, after which the role's pull has faded to a third
_INTEREST_WITHIN_ROLE = 8.0  # how much likelier a role's course is when it also interests


@dataclass(frozen=True)
class Tastes:
    """Distributions over courses: one for each role and interest, then one for each interest.

    People first take what is usual in their role, and later follow their interests. So a short
    history shows little but the role, and only a long one shows the person.

    Attributes
    ----------
    cumulative
        float64 [(roles * interests + interests) * courses]: cumulative probabilities of each
        distribution, the k-th raised by k, so that one search serves all.
    n_courses
        The number of courses.
    """

    cumulative: NDArray[np.float64]
    n_courses: int

    def draw(
        self, role: NDArray[np.int64], interest: NDArray[np.int64], turn: int, rng: Generator
    ) -> NDArray[np.int64]:
        """Draw the course after `turn` others, one for each pair of a role and an interest."""
        n_both = len(self.cumulative) // self.n_courses - len(INTERESTS)
        fading = (_ROLE_AT_FIRST - _ROLE_LATER) * np.exp(-turn / _FADES_AFTER)
        by_role = rng.random(len(role)) < _ROLE_LATER + fading
        which = np.where(by_role, role * len(INTERESTS) + interest, n_both + interest)
        at = np.searchsorted(self.cumulative, which + rng.random(len(which)), side="right")
        return np.asarray(np.clip(at - which * self.n_courses, 0, self.n_courses - 1))


def tastes(courses: Curriculum, needed: Needs) -> Tastes:
    """Mix what the role needs, what interests, and what is popular."""
    popularity = courses.popularity
    fits = np.minimum(needed.weight @ courses.teaches.T, 1.0) * popularity
    serves = (courses.group == np.arange(len(INTERESTS))[:, None]).astype(np.float64)
    by_role = fits[:, None, :] * (1.0 + _INTEREST_WITHIN_ROLE * serves)
    both = np.concatenate([by_role.reshape(-1, len(courses)), serves * popularity])
    mixed = (1.0 - _BY_CHANCE) * _shares(both) + _BY_CHANCE * _shares(popularity)
    cumulative = np.cumsum(_shares(mixed), axis=1)
    cumulative += np.arange(len(cumulative))[:, None]
    return Tastes(cumulative.ravel(), len(courses))


def _shares(weight: NDArray[np.float64]) -> NDArray[np.float64]:
    total = weight.sum(axis=-1, keepdims=True)
    return np.asarray(weight / np.where(total > 0, total, 1.0))
