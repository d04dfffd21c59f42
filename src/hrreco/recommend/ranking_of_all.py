"""The best electives by a model's scores: many learners at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hrreco.models import Near, Recommender
from hrreco.profiles import Learners
from hrreco.recommend.candidates import candidates

_SURE = 2e-5
"""Of its size, and twice what it may be off: a score so far above its baseline has support."""


class RankedOfAll(NamedTuple):
    """The best electives of some learners, the best first, and whose are in doubt.

    Attributes
    ----------
    who, column
        intp [electives]: the learner, ascending, and the course.
    doubtful
        bool [learners]: whose electives only a closer look can tell, or are fewer than wanted.
    """

    who: NDArray[np.intp]
    column: NDArray[np.intp]
    doubtful: NDArray[np.bool_]


class RankingOfAll:
    """The order of `Ranking`, where it can be told without a look at the parts of scores.

    Parameters
    ----------
    in_model
        intp [columns]: the positions in the model of the courses that are asked about, which are
        in the order of their ids.
    quotable
        As `Reasons.quotable`.
    """

    def __init__(
        self, ranker: Recommender, in_model: NDArray[np.intp], quotable: NDArray[np.bool_]
    ) -> None:
        self._ranker = ranker
        self._in_model = in_model
        self._unquoted = ~quotable
        self._as_in_model = np.array_equal(in_model, np.arange(len(ranker.vocabulary.courses)))

    def best(
        self,
        learners: Learners,
        close: Callable[[NDArray[np.float32]], None],
        wanted: NDArray[np.intp],
    ) -> RankedOfAll:
        """Return the best courses of each learner.

        Parameters
        ----------
        close
            Takes scores [learners x columns]; sets those of courses that are closed to -inf.
        wanted
            [learners]: how many, from 0.
        """
        near = self._ranker.near(learners)
        scores = near.scores if self._as_in_model else near.scores[:, self._in_model]
        close(scores)
        who, column, doubtful = candidates(scores, near.off, int(wanted.max(initial=0)))
        score = scores[who, column]
        off = near.off[who] > 0
        if off.any():
            score[off] = near.exact(who[off], self._in_model[column[off]])
        who, column, score = _first(who, column, score, wanted)
        above = score - self._baseline(near, who, column, wanted)
        doubtful[who[above <= _SURE * np.maximum(1.0, np.abs(score))]] = True
        doubtful |= np.bincount(who, minlength=len(learners)) < wanted
        return RankedOfAll(who, column, doubtful | self._something_unquoted(learners))

    def _baseline(
        self,
        near: Near,
        who: NDArray[np.intp],
        column: NDArray[np.intp],
        wanted: NDArray[np.intp],
    ) -> NDArray[np.float64]:
        place = np.arange(len(who)) - np.searchsorted(who, who)
        courses = np.zeros((len(wanted), int(place.max(initial=-1)) + 1), dtype=np.intp)
        courses[who, place] = self._in_model[column]
        return np.asarray(near.baseline(courses)[who, place])

    def _something_unquoted(self, learners: Learners) -> NDArray[np.bool_]:
        found = np.zeros(len(learners), dtype=bool)
        if self._unquoted.any():
            brought = (learners.history, learners.features, learners.needs)
            ends = np.cumsum([matrix.shape[1] for matrix in brought])
            for matrix, unquoted in zip(brought, np.split(self._unquoted, ends[:-1]), strict=True):
                found |= np.asarray(matrix @ unquoted.astype(np.float32)) > 0
        return found


def _first(
    who: NDArray[np.intp],
    column: NDArray[np.intp],
    score: NDArray[np.float32],
    wanted: NDArray[np.intp],
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]:
    """Return the highest scores of each learner, the highest first, ties by column."""
    order = np.lexsort((column, -score, who))
    who, column, score = who[order], column[order], score[order]
    kept = np.arange(len(who)) - np.searchsorted(who, who) < wanted[who]
    return who[kept], column[kept], score[kept]
