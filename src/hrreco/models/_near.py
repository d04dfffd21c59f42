"""Scores of many learners that are quick to tell, for whoever looks for the highest of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hrreco.models._explained import Explained, Scores

Some = NDArray[np.intp] | slice
"""Some of the learners, as an index of their rows."""


class Stripes(NamedTuple):
    """All courses of a model, in an order, and which of them are looked at together.

    Attributes
    ----------
    courses
        intp [courses]: their positions, in that order.
    slices
        Those that are told together, one after the other.
    """

    courses: NDArray[np.intp]
    slices: tuple[slice, ...]

    @classmethod
    def of(cls, courses: NDArray[np.intp], width: int) -> Stripes:
        """Cut courses into stripes of a width."""
        n = len(courses)
        starts = range(0, n, max(width, 1))
        return cls(courses, tuple(slice(start, min(start + width, n)) for start in starts))


class Near(NamedTuple):
    """Scores of many learners that are quick to tell, and near the very ones.

    Attributes
    ----------
    scores
        Takes some learners, and a slice of courses in the order of the stripes; gives float32
        [learners x courses], finite. Whoever asks may write on a stripe's, and asks for it once.
    most
        Takes a stripe; gives float32 [learners]: what no score in it, or after it, is above.
    off
        float32 [learners]: no score is further than this from what `Recommender.score` gives.
    exact
        Takes learners and positions of courses, intp [n] each; gives the very scores, float32
        [n]. It is asked for learners whose scores are off alone.
    baseline
        As `Explained.baseline`.
    """

    scores: Callable[[Some, slice], Scores]
    most: Callable[[slice], NDArray[np.float32]]
    off: NDArray[np.float32]
    exact: Callable[[NDArray[np.intp], NDArray[np.intp]], Scores]
    baseline: Callable[[NDArray[np.intp]], NDArray[np.float64]]

    @classmethod
    def told(cls, explained: Explained, stripes: Stripes) -> Near:
        """Return scores that are all known, which are the very ones."""
        scores = np.asarray(explained.scores, dtype=np.float32)
        n = len(scores)
        if not np.array_equal(stripes.courses, np.arange(scores.shape[1])):
            scores = scores[:, stripes.courses]
        return cls(
            lambda some, places: scores[some, places],
            lambda _: np.full(n, np.inf, dtype=np.float32),
            np.zeros(n, dtype=np.float32),
            lambda who, courses: explained.scores[who, courses],
            explained.baseline,
        )
