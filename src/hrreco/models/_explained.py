"""Scores of all courses, and what tells of what they are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hrreco.models._contributions import Contributions

Scores = NDArray[np.float32]


class Explained(NamedTuple):
    """The scores of some learners, and what tells of what they are made.

    Attributes
    ----------
    scores
        float32 [learners x courses], finite.
    contributions
        Takes positions of courses [learners x m]; as `Recommender.contributions`.
    baseline
        Takes the same; gives their `Contributions.baseline` alone, which is far quicker to tell.
    """

    scores: Scores
    contributions: Callable[[NDArray[np.intp]], Contributions]
    baseline: Callable[[NDArray[np.intp]], NDArray[np.float64]]


def no_baseline(courses: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the baseline of scores to which all that a learner brings adds up: zeros."""
    return np.zeros(courses.shape)
