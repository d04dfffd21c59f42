"""Which scores may be among the highest of their row, found without sorting the rows."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_GROUP = 32
"""Columns whose highest score stands for all of them."""

_FEWEST = 4
"""Times as many groups as columns are wanted: where there are fewer, each column stands alone."""

_MOST_TIES = 8
"""Times as many columns as are wanted: where more are as good as the last, there is a doubt."""

_LOWEST = np.finfo(np.float32).min


class Candidates(NamedTuple):
    """Scores that may be among the highest of their rows.

    Attributes
    ----------
    who, column
        intp [candidates]: the row, and the column.
    tied
        bool [rows]: where so many are tied that the row is better sorted alone; it has none.
    """

    who: NDArray[np.intp]
    column: NDArray[np.intp]
    tied: NDArray[np.bool_]


def candidates(scores: NDArray[np.float32], off: NDArray[np.float32], most: int) -> Candidates:
    """Return all columns that are among the `most` highest of their row, and few others.

    Parameters
    ----------
    scores
        [rows x columns]; columns at -inf are never returned.
    off
        [rows]: how far each score may be from the one that counts.
    """
    most = min(most, scores.shape[1])
    if not most:
        nothing = np.empty(0, dtype=np.intp)
        return Candidates(nothing, nothing, np.zeros(len(scores), dtype=bool))
    columns = scores.shape[1]
    width = -(-columns // _GROUP) if columns >= _FEWEST * _GROUP * most else columns
    groups = _highest_of_groups(scores, width)
    # As many groups hold a score so high, so as many scores are.
    least = np.partition(groups, groups.shape[1] - most, axis=1)[:, -most] - 2 * off
    least = np.maximum(least, _LOWEST)
    is_high = groups >= least[:, None]
    tied = np.count_nonzero(is_high, axis=1) > _MOST_TIES * most
    is_high[tied] = False
    who, column = _columns_of(np.nonzero(is_high), width, columns)
    high = scores[who, column] >= least[who]
    who, column = who[high], column[high]
    many = np.bincount(who, minlength=len(scores)) > _MOST_TIES * most
    kept = ~many[who]
    return Candidates(who[kept], column[kept], tied | many)


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
