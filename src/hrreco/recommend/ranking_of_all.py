"""The best electives by a model's scores: many learners at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hrreco.models import Recommender
from hrreco.profiles import Learners

_MOST_TIES = 8
"""Times as many courses as are wanted: where more are as good as the last, there is a doubt."""

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
        self, learners: Learners, is_open: NDArray[np.bool_], wanted: NDArray[np.intp]
    ) -> RankedOfAll:
        """Return the best courses of each learner.

        Parameters
        ----------
        is_open
            [learners x columns].
        wanted
            [learners]: how many, from 0.
        """
        scores, _, baseline = self._ranker.explained(learners)
        if not self._as_in_model:
            scores = scores[:, self._in_model]
        np.copyto(scores, -np.inf, where=~is_open)
        who, column, doubtful = _highest(scores, wanted)
        place = np.arange(len(who)) - np.searchsorted(who, who)
        most = min(int(wanted.max(initial=0)), scores.shape[1])
        best = np.zeros((len(learners), most), dtype=np.intp)
        best[who, place] = self._in_model[column]
        score = scores[who, column]
        above = score - baseline(best)[who, place]
        doubtful[who[above <= _SURE * np.maximum(1.0, np.abs(score))]] = True
        doubtful |= np.bincount(who, minlength=len(learners)) < wanted
        return RankedOfAll(who, column, doubtful | self._something_unquoted(learners))

    def _something_unquoted(self, learners: Learners) -> NDArray[np.bool_]:
        found = np.zeros(len(learners), dtype=bool)
        if self._unquoted.any():
            brought = (learners.history, learners.features, learners.needs)
            ends = np.cumsum([matrix.shape[1] for matrix in brought])
            for matrix, unquoted in zip(brought, np.split(self._unquoted, ends[:-1]), strict=True):
                found |= np.asarray(matrix @ unquoted.astype(np.float32)) > 0
        return found


def _highest(
    scores: NDArray[np.float32], wanted: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.bool_]]:
    """Return learner and column of the highest scores, highest first, ties by column.

    Also, where so many are tied that they are better sorted alone.
    """
    most = min(int(wanted.max(initial=0)), scores.shape[1])
    if not most:
        nothing = np.empty(0, dtype=np.intp)
        return nothing, nothing, np.zeros(len(scores), dtype=bool)
    cut = scores.shape[1] - most
    least = np.partition(scores, cut, axis=1)[:, cut, None]
    among = scores >= np.maximum(least, np.finfo(np.float32).min)  # closed ones are below
    tied = np.count_nonzero(among, axis=1) > _MOST_TIES * most
    among[tied] = False
    who, column = np.nonzero(among)
    order = np.lexsort((-scores[who, column], who))  # stable: columns ascend
    who, column = who[order], column[order]
    kept = np.arange(len(who)) - np.searchsorted(who, who) < wanted[who]
    return who[kept], column[kept], tied
