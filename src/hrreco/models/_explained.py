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


class Near(NamedTuple):
    """Scores of many learners that are quick to tell, and near the very ones.

    Attributes
    ----------
    scores
        float32 [learners x courses], finite, writable.
    off
        float32 [learners]: no score is further than this from what `Recommender.score` gives.
    exact
        Takes learners and courses, intp [n] each; gives the very scores, float32 [n]. It is asked
        for learners whose scores are off alone.
    baseline
        As `Explained.baseline`.
    """

    scores: Scores
    off: NDArray[np.float32]
    exact: Callable[[NDArray[np.intp], NDArray[np.intp]], Scores]
    baseline: Callable[[NDArray[np.intp]], NDArray[np.float64]]


def no_baseline(courses: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the baseline of scores to which all that a learner brings adds up: zeros."""
    return np.zeros(courses.shape)
