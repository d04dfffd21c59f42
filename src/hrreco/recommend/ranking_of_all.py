"""The best electives by a model's scores: many learners at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hrreco.models import Near, Recommender
from hrreco.profiles import Learners
from hrreco.recommend.candidates import Close, candidates

_SURE = 2e-5
"""Of its size, and twice what it may be off: a score so far above its baseline has support."""


class RankedOfAll(NamedTuple):
    """The best electives of some learners, the best first, and whose are in doubt.

    Attributes
    ----------
    who, position
        intp [electives]: the learner, ascending, and the course in the catalogue.
    doubtful
        bool [learners]: whose electives only a closer look can tell, or are fewer than wanted.
    """

    who: NDArray[np.intp]
    position: NDArray[np.intp]
    doubtful: NDArray[np.bool_]


class RankingOfAll:
    """The order of `Ranking`, where it can be told without a look at the parts of scores.

    Parameters
    ----------
    position
        intp [columns]: the places in the catalogue of the model's courses, in the order of its
        stripes; that of whatever is not in the catalogue is never asked for.
    quotable
        As `Reasons.quotable`.
    """

    def __init__(
        self, ranker: Recommender, position: NDArray[np.intp], quotable: NDArray[np.bool_]
    ) -> None:
        self._ranker = ranker
        self._stripes = ranker.stripes
        self._position = position
        self._unquoted = ~quotable

    def best(self, learners: Learners, close: Close, wanted: NDArray[np.intp]) -> RankedOfAll:
        """Return the best courses of each learner.

        Parameters
        ----------
        close
            As `candidates` takes it.
        wanted
            [learners]: how many, from 0.
        """
        near = self._ranker.near(learners)
        most = int(wanted.max(initial=0))
        who, column, score, doubtful = candidates(near, self._stripes.slices, close, most)
        course = self._stripes.courses[column]
        off = near.off[who] > 0
        if off.any():
            score[off] = near.exact(who[off], course[off])
        first = _first(who, self._position[column], score, wanted)
        who, course, score = who[first], course[first], score[first]
        above = score - self._baseline(near, who, course, wanted)
        doubtful[who[above <= _SURE * np.maximum(1.0, np.abs(score))]] = True
        doubtful |= np.bincount(who, minlength=len(learners)) < wanted
        doubtful |= self._something_unquoted(learners)
        return RankedOfAll(who, self._position[column[first]], doubtful)

    def _baseline(
        self,
        near: Near,
        who: NDArray[np.intp],
        course: NDArray[np.intp],
        wanted: NDArray[np.intp],
    ) -> NDArray[np.float64]:
        place = np.arange(len(who)) - np.searchsorted(who, who)
        courses = np.zeros((len(wanted), int(place.max(initial=-1)) + 1), dtype=np.intp)
        courses[who, place] = course
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
    position: NDArray[np.intp],
    score: NDArray[np.float32],
    wanted: NDArray[np.intp],
) -> NDArray[np.intp]:
    """Return where the highest scores of each learner are, the highest first, ties by position."""
    order = np.lexsort((position, -score, who))
    who = who[order]
    return order[np.arange(len(who)) - np.searchsorted(who, who) < wanted[who]]
