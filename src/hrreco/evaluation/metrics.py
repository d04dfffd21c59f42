"""How good ranked lists are, learner by learner."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hrreco.evaluation.ranking import NO_COURSE
from hrreco.profiles.learners import Csr

METRICS = ("recall", "ndcg", "hit_rate", "mrr")
"""What is measured of each learner; see `CATALOGUE` for what is of all of them together."""

PerLearner = dict[str, NDArray[np.float64]]


def per_learner(top: NDArray[np.intp], relevant: Csr, k: int) -> PerLearner:
    """Return each learner's metrics, under names such as ``recall@10``.

    With hits h_1 .. h_k (1 where the r-th course of the list is relevant) and R relevant courses:

    - recall: sum of h_r, divided by R
    - ndcg: sum of h_r / log2(r + 1), divided by the same sum of a perfect list of min(k, R) hits
      (Järvelin and Kekäläinen, TOIS 2002)
    - hit rate: 1 where any h_r is 1
    - mrr: 1 / r of the first hit, 0 where there is none

    Parameters
    ----------
    top
        intp [n x at least k, or all courses], best first, filled up with `NO_COURSE`.
    relevant
        CSR [n x courses], sorted and without duplicates; each stored entry is relevant.
    k
        1 or more.

    Returns
    -------
    dict of float64 [n]
        All from 0 to 1; NaN for learners without relevant courses.
    """
    hits = _hits(top[:, :k], relevant)
    n_relevant = np.diff(relevant.indptr)
    cut = min(k, relevant.shape[1])  # no list is longer, however large a k somebody asks for
    discount = 1 / np.log2(np.arange(2, cut + 2))
    ideal = np.concatenate([[0.0], np.cumsum(discount)])[np.minimum(n_relevant, cut)]
    ranks = np.arange(1, hits.shape[1] + 1)
    with np.errstate(invalid="ignore"):
        values = {
            "recall": hits.sum(axis=1) / n_relevant,
            "ndcg": hits @ discount[: hits.shape[1]] / ideal,
            "hit_rate": hits.any(axis=1).astype(np.float64),
            "mrr": (hits / ranks).max(axis=1, initial=0.0),
        }
    return {f"{name}@{k}": np.where(n_relevant, values[name], np.nan) for name in METRICS}


def coverage(top: NDArray[np.intp], n_courses: int) -> float:
    """Return the share of `n_courses` that are in at least one of the lists, 0 to 1."""
    return len(np.unique(top[top != NO_COURSE])) / n_courses if n_courses else 0.0


def gini(top: NDArray[np.intp], n_courses: int) -> float:
    """Return how unevenly the places of lists are shared out among courses, 0 to 1.

    0 where each course is suggested as much as any other, nearly 1 where one is to everybody; the
    r-th place counts 1 / log2(r + 1). The Gini index, as for item exposure: Mansoury et al.,
    "Feedback Loop and Bias Amplification in Recommender Systems", CIKM 2020.
    """
    given = np.bincount(top[top != NO_COURSE], _discounts(top)[top != NO_COURSE], n_courses)
    total = given.sum()
    if not total:
        return 0.0
    rank = np.arange(1, n_courses + 1)
    return float(((2 * rank - n_courses - 1) * np.sort(given)).sum() / (n_courses * total))


def exposure(top: NDArray[np.intp], can_take: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return how full each list is of courses that its learner can take: float64 [n], 0 to 1.

    The r-th place counts 1 / log2(r + 1).

    Parameters
    ----------
    can_take
        bool [n x courses].
    """
    weight = _discounts(top)
    given = (weight * _taken(top, can_take)).sum(axis=1)
    return np.asarray(given / weight.sum(axis=1))


def hours(
    top: NDArray[np.intp], can_take: NDArray[np.bool_], of_course: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the hours of the courses in each list that its learner can take: float64 [n]."""
    return np.asarray((of_course[np.maximum(top, 0)] * _taken(top, can_take)).sum(axis=1))


CATALOGUE = {"coverage": coverage, "gini": gini}
"""What is measured of all lists together."""


def _taken(top: NDArray[np.intp], can_take: NDArray[np.bool_]) -> NDArray[np.bool_]:
    there: NDArray[np.bool_] = np.take_along_axis(can_take, np.maximum(top, 0), axis=1)
    return np.asarray(there & (top != NO_COURSE))


def _discounts(top: NDArray[np.intp]) -> NDArray[np.float64]:
    return np.broadcast_to(1 / np.log2(np.arange(2, top.shape[1] + 2)), top.shape)


def _hits(top: NDArray[np.intp], relevant: Csr) -> NDArray[np.bool_]:
    """Return which entries of the lists are relevant: bool, of the shape of `top`."""
    n_learners, n_courses = relevant.shape
    row = np.arange(n_learners)[:, np.newaxis]
    wanted = np.repeat(row[:, 0], np.diff(relevant.indptr)) * n_courses + relevant.indices
    hits: NDArray[np.bool_] = np.isin(row * n_courses + top, wanted) & (top != NO_COURSE)
    return hits
