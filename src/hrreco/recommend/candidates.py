"""Which scores may be among the highest of their learner, found without looking at all of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hrreco.models import Near

_GROUPS = 4
"""How many groups of columns are made: the root of so many times all columns and those wanted.

The highest score of a group stands for all of it. The more groups there are, the longer it takes
to find the highest of them, and the fewer, the more columns are looked at in the end.
"""

_MOST_TIES = 8
"""Times as many columns as are wanted: where more are as good as the last, there is a doubt."""

_LOWEST = np.finfo(np.float32).min

Close = Callable[[NDArray[np.intp], slice, NDArray[np.float32]], None]


class Candidates(NamedTuple):
    """Scores that may be among the highest of their learners.

    Attributes
    ----------
    who, column
        intp [candidates]: the learner, and the column.
    score
        float32 [candidates].
    tied
        bool [learners]: where so many are tied that the learner is better looked at alone; they
        have none.
    """

    who: NDArray[np.intp]
    column: NDArray[np.intp]
    score: NDArray[np.float32]
    tied: NDArray[np.bool_]


def candidates(near: Near, stripes: Iterable[slice], close: Close, most: int) -> Candidates:
    """Return all columns that are among the `most` highest of their learner, and few others.

    Parameters
    ----------
    near
        The scores. A stripe is not looked at for whoever has `most` that none in it can reach.
    close
        Takes some learners, a stripe and their scores in it; sets to -inf, in place, those of
        columns that are not to be returned.
    """
    search = _Search(near.off, most)
    for stripe in stripes if most else ():
        some = search.not_sure(near.most(stripe))
        if not len(some):
            break
        scores = near.scores(some if len(some) < len(near.off) else slice(None), stripe)
        close(some, stripe, scores)
        search.look_at(some, scores, stripe.start)
    return search.found()


class _Search:
    """What is known of the highest scores of all learners, after some stripes."""

    def __init__(self, off: NDArray[np.float32], most: int) -> None:
        self._off, self._most = off, most
        self._highest = np.full((len(off), most), -np.inf, dtype=np.float32)
        self._least = np.full(len(off), _LOWEST, dtype=np.float32)
        nothing = np.empty(0, dtype=np.intp)
        self._found = [(nothing, nothing, np.empty(0, dtype=np.float32))]
        self._tied = np.zeros(len(off), dtype=bool)

    def not_sure(self, bound: NDArray[np.float32]) -> NDArray[np.intp]:
        """Return who may have a score up to the bound among their highest."""
        return np.flatnonzero(bound >= self._least)

    def look_at(self, some: NDArray[np.intp], scores: NDArray[np.float32], first: int) -> None:
        """Take in the scores of some learners in the columns from the first on."""
        columns = scores.shape[1]
        width = min(columns, math.isqrt(_GROUPS * columns * self._most) + 1)
        groups = _highest_of_groups(scores, width)
        rows = np.flatnonzero(groups.max(axis=1, initial=-np.inf) >= self._least[some])
        groups, who = groups[rows], some[rows]
        self._raise_least(who, groups)
        is_high = groups >= self._least[who, None]
        self._give_up(who, is_high)
        row, column = _columns_of(np.nonzero(is_high), width, columns)
        score = scores[rows[row], column]
        high = score >= self._least[who[row]]
        self._found.append((who[row[high]], column[high] + first, score[high]))

    def found(self) -> Candidates:
        """Return the columns that are as high as the lowest of the highest, or may be."""
        who, column, score = map(np.concatenate, zip(*self._found, strict=True))
        high = score >= self._least[who]
        many = np.bincount(who[high], minlength=len(self._off)) > _MOST_TIES * self._most
        high &= ~many[who]
        return Candidates(who[high], column[high], score[high], self._tied | many)

    def _raise_least(self, who: NDArray[np.intp], groups: NDArray[np.float32]) -> None:
        # As many groups hold a score so high, so as many scores are.
        both = np.concatenate([groups, self._highest[who]], axis=1)
        highest = np.partition(both, groups.shape[1], axis=1)[:, groups.shape[1] :]
        self._highest[who] = highest
        least = highest[:, 0] - 2 * self._off[who]
        self._least[who] = np.maximum(least, _LOWEST)

    def _give_up(self, who: NDArray[np.intp], is_high: NDArray[np.bool_]) -> None:
        """Look no more at those with too many groups that are high."""
        tied = np.count_nonzero(is_high, axis=1) > _MOST_TIES * self._most
        is_high[tied] = False
        self._tied[who[tied]] = True
        self._least[who[tied]] = np.inf


def _highest_of_groups(scores: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """Return the highest score of each group: columns with the same remainder by `width`."""
    n_stripes = scores.shape[1] // width
    whole = n_stripes * width
    stripes = scores[:, :whole].reshape(len(scores), n_stripes, width)
    highest: NDArray[np.float32] = stripes.max(axis=1)
    rest = scores.shape[1] - whole
    np.maximum(highest[:, :rest], scores[:, whole:], out=highest[:, :rest])
    return highest


def _columns_of(
    high: tuple[NDArray[np.intp], ...], width: int, columns: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return who has which columns of the groups that are high."""
    who, group = high
    column = group[:, None] + np.arange(0, columns, width)
    row = np.broadcast_to(who[:, None], column.shape)
    there = column < columns
    return row[there], column[there]
