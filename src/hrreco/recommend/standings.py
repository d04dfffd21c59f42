"""What employees have taken, and what their past keeps from them: all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hrreco.data import NO_DAYS, Catalogue, LearningData
from hrreco.profiles import pasts_of_all
from hrreco.settings import Moment

_EPOCH = 719_163
"""The proleptic ordinal of 1970-01-01."""

_DAY_BITS = 22
"""Enough for the ordinal of any day: the year 9999 ends at 3,652,059."""


class Entries(NamedTuple):
    """Courses of some rows: `who` is the place among those rows, ascending; `at` the entry."""

    who: NDArray[np.intp]
    at: NDArray[np.intp]


@dataclass(frozen=True)
class Rows:
    """Some courses of each row, such as an employee, by catalogue position, ascending.

    Attributes
    ----------
    start
        intp [rows + 1]: where the courses of each row begin.
    course
        int32 [entries].
    """

    start: NDArray[np.intp]
    course: NDArray[np.int32]

    @classmethod
    def of(cls, rows: int, row: NDArray[np.integer], course: NDArray[np.integer]) -> Rows:
        """Gather pairs that are sorted by row."""
        start = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=rows))])
        return cls(start.astype(np.intp), course.astype(np.int32))

    def entries(self, rows: NDArray[np.intp]) -> Entries:
        """Return the entries of some rows, in their order."""
        begin, count = self.start[rows], self.start[rows + 1] - self.start[rows]
        who = np.repeat(np.arange(len(rows)), count)
        before = np.cumsum(count) - count
        return Entries(who, np.arange(len(who)) + np.repeat(begin - before, count))


@dataclass(frozen=True)
class Standings:
    """Where all employees of some data stand at one moment; rows are those of its employees.

    Attributes
    ----------
    today
        The day, as a proleptic ordinal (`date.toordinal`).
    taken, last_day
        Courses of which the course itself or an equivalent was ever taken, and int64 [entries]
        the day of the last time.
    closed
        Courses that the past keeps from an employee: taken and still valid, in progress,
        dismissed, or of the wrong level.
    """

    today: int
    taken: Rows
    last_day: NDArray[np.int64]
    closed: Rows

    @classmethod
    def of(cls, data: LearningData, as_of: Moment) -> Standings:
        """Read them out of the events until `as_of`."""
        n, today = len(data.employees), as_of.today.toordinal()
        pasts, n_courses = pasts_of_all(data, as_of), max(len(data.catalogue), 1)
        pair, day = _taken(pasts, data.catalogue, data.settings.timezone)
        row, course = np.divmod(pair, n_courses)
        valid_for = data.catalogue.valid_for_days[course]
        valid = pair[(valid_for == NO_DAYS) | (today <= day + valid_for)]
        held_back = _pairs(_held_back(pasts, data, as_of), n_courses)
        # Some are there twice, for two reasons; that does no harm.
        closed = np.divmod(np.sort(np.concatenate([valid, held_back])), n_courses)
        return cls(today, Rows.of(n, row, course), day, Rows.of(n, *closed))


def _taken(
    pasts: pl.DataFrame, catalogue: Catalogue, timezone: str
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return pairs of employee and course, ascending, and the last day it was taken.

    An equivalent that was taken counts, too.
    """
    day = pl.col("at").dt.convert_time_zone(timezone).dt.date().to_physical() + _EPOCH
    own = pasts.filter(status="taken").select("row", "course", day.alias("day"))
    equivalents = pl.DataFrame(
        [(here, other) for here, row in enumerate(catalogue.equivalents) for other in row],
        schema={"course": pl.Int64, "other": pl.Int64},
        orient="row",
    )
    others = own.join(equivalents, on="course").select("row", course="other", day="day")
    both = pl.concat([own, others])
    # Both in one number, which is far quicker to sort than two columns.
    pair = _pairs(both, max(len(catalogue), 1)) << _DAY_BITS
    numbers = np.sort(pair | both["day"].to_numpy())
    pair = numbers >> _DAY_BITS
    latest = np.append(pair[1:] != pair[:-1], True)[: len(pair)]
    return pair[latest], numbers[latest] & ((1 << _DAY_BITS) - 1)


def _pairs(frame: pl.DataFrame, n_courses: int) -> NDArray[np.int64]:
    pair = pl.col("row").cast(pl.Int64) * n_courses + pl.col("course")
    return frame.select(pair).to_series().to_numpy()


def _held_back(pasts: pl.DataFrame, data: LearningData, as_of: Moment) -> pl.DataFrame:
    limits = data.settings.eligibility
    days = (pl.lit(as_of.at) - pl.col("at")).dt.total_days()
    is_in = pl.col("status") == "in_progress"
    is_dismissed = pl.col("status") == "dismissed"
    return pasts.filter(
        (is_in & (days < limits.in_progress_days))
        | (is_dismissed & (days < limits.dismissed_days))
        | (pl.col("status") == "wrong_level")
    ).select("row", "course")
