"""Questions that bring their own candidates: how high the right course stands among them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hrreco.evaluation.metrics import PerLearner
from hrreco.evaluation.ranking import NO_COURSE, blocks
from hrreco.models import Recommender
from hrreco.profiles.learners import Learners


def candidate_scores(
    model: Recommender, learners: Learners, candidates: NDArray[np.intp]
) -> NDArray[np.float32]:
    """Return what a fitted model scores the candidates of each learner, a few at a time.

    Parameters
    ----------
    candidates
        intp [learners x c]: positions of courses, filled up with `NO_COURSE`.

    Returns
    -------
    float32 [learners x c]
        Minus infinity where there is no course.
    """
    own = np.empty(candidates.shape, dtype=np.float32)
    for some in blocks(len(learners), learners.history.shape[1]):
        scores = model.score(learners.take(some))
        own[some] = np.take_along_axis(scores, np.maximum(candidates[some], 0), axis=1)
    own[candidates == NO_COURSE] = -np.inf
    return own


def among_candidates(own: NDArray[np.float32], ks: Sequence[int]) -> PerLearner:
    """Return each learner's metrics, under names such as ``recall@10``.

    They are those of `per_learner` with one right course, on average over all orders of the
    candidates that are scored the same as it: ties are broken evenly.

    Parameters
    ----------
    own
        float32 [learners x c]: the scores of the candidates, the right one's first.
    ks
        Lengths of list.
    """
    right, others = own[:, :1], own[:, 1:]
    above, level = (others > right).sum(axis=1), (others == right).sum(axis=1)
    ranks = np.arange(1, own.shape[1] + 1)
    found: PerLearner = {}
    for k in ks:
        hit = _on_average(np.ones(len(ranks)), above, level, k)
        found[f"recall@{k}"] = found[f"hit_rate@{k}"] = hit
        found[f"ndcg@{k}"] = _on_average(1 / np.log2(ranks + 1), above, level, k)
        found[f"mrr@{k}"] = _on_average(1 / ranks, above, level, k)
    return found


def best_candidates(
    own: NDArray[np.float32], candidates: NDArray[np.intp], k: int
) -> NDArray[np.intp]:
    """Return the positions of each learner's k best candidates, best first, ties by position."""
    order = np.lexsort((candidates, -own), axis=1)[:, :k]
    return np.take_along_axis(candidates, order, axis=1)


def _on_average(
    worth: NDArray[np.float64], above: NDArray[np.intp], level: NDArray[np.intp], k: int
) -> NDArray[np.float64]:
    """Return the mean worth of the ranks from above + 1 to above + level + 1; none after k.

    Parameters
    ----------
    worth
        Of each rank, from the first.
    """
    up_to = np.concatenate([[0.0], np.cumsum(worth)])
    last = np.minimum(above + level + 1, k)
    return np.asarray((up_to[last] - up_to[np.minimum(above, k)]) / (level + 1))
