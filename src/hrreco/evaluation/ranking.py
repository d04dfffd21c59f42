"""The best courses of each learner, exact and the same at every run."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from hrreco.models import Recommender
from hrreco.profiles.learners import Csr, Learners

NO_COURSE = -1
"""Stands in a list of positions where there are no more courses."""

_LAST = np.iinfo(np.int64).min
_CELLS = 2_000_000
"""Scores that are held at once: 8 MB of them, and 16 MB of keys."""


def top_k(scores: NDArray[np.float32], k: int, exclude: Csr) -> NDArray[np.intp]:
    """Return the positions of each learner's k best courses, best first.

    Parameters
    ----------
    scores
        float32 [n x courses]. Courses scored NaN or minus infinity are never returned.
    k
        1 or more.
    exclude
        CSR [n x courses]: each stored entry is a course that is never returned.

    Returns
    -------
    intp [n x min(k, courses)]
        Equal scores are in order of position. `NO_COURSE` fills rows with fewer candidates.
    """
    n_courses = scores.shape[1]
    keys = _keys(scores)
    keys[np.repeat(np.arange(len(scores)), np.diff(exclude.indptr)), exclude.indices] = _LAST
    k = min(k, n_courses)
    best = np.partition(keys, n_courses - k, axis=1)[:, n_courses - k :] if k else keys[:, :0]
    best = np.sort(best, axis=1)[:, ::-1]
    position = n_courses - 1 - (best & 0xFFFFFFFF)
    return np.where(best == _LAST, NO_COURSE, position).astype(np.intp)


def rank(model: Recommender, learners: Learners, k: int, exclude: Csr) -> NDArray[np.intp]:
    """Return `top_k` of what a fitted model scores, a few learners at a time."""
    n_courses = learners.history.shape[1]
    top = np.empty((len(learners), min(k, n_courses)), dtype=np.intp)
    for some in blocks(len(learners), n_courses):
        top[some] = top_k(model.score(learners.take(some)), k, exclude[some])
    return top


def blocks(learners: int, n_courses: int) -> Iterator[slice]:
    """Yield slices of the learners, so few each that their scores fit into memory."""
    at_once = max(1, _CELLS // max(1, n_courses))
    return (slice(start, start + at_once) for start in range(0, learners, at_once))


def _keys(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return int64 keys that order courses by score, and by falling position where equal.

    The bits of a float32, as an integer, are in the order of the floats once those of negative
    numbers are flipped (IEEE 754); the low half of the key is the position, counted from the end.
    """
    scores = scores + np.float32(0)  # makes -0 and 0 one score
    bits = scores.view(np.int32)
    keys = (bits ^ ((bits >> 31) & 0x7FFFFFFF)).astype(np.int64)
    keys <<= 32
    keys |= np.arange(scores.shape[1] - 1, -1, -1)
    keys[np.isnan(scores) | np.isneginf(scores)] = _LAST
    return keys
