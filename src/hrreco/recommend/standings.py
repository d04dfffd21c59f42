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
        Courses of which the course itself or an equivalent was ever taken, and int32 [entries]
        the day of the last time.
    closed
        Courses that the past keeps from an employee: taken and still valid, in progress,
        dismissed, or of the wrong level.
    """

    today: int
    taken: Rows
    last_day: NDArray[np.int32]
    closed: Rows

    @classmethod
    def of(cls, data: LearningData, as_of: Moment) -> Standings:
        """Read them out of the events until `as_of`."""
        pasts, n, today = pasts_of_all(data, as_of), len(data.employees), as_of.today.toordinal()
        taken = _taken(pasts, data.catalogue, data.settings.timezone)
        valid_for = pl.Series(data.catalogue.valid_for_days)
        valid = taken.filter(
            (valid_for.gather(taken["course"]) == NO_DAYS)
            | (today <= taken["day"] + valid_for.gather(taken["course"]))
        )
        closed = pl.concat(
            [valid.select("row", "course"), _held_back(pasts, data, as_of)]
        ).unique()
        closed = closed.sort("row", "course")
        return cls(
            today,
            Rows.of(n, taken["row"].to_numpy(), taken["course"].to_numpy()),
            taken["day"].to_numpy(),
            Rows.of(n, closed["row"].to_numpy(), closed["course"].to_numpy()),
        )


def _taken(pasts: pl.DataFrame, catalogue: Catalogue, timezone: str) -> pl.DataFrame:
    """Return `row`, `course`, `day`: the last day of the course or an equivalent, in order."""
    day = pl.col("at").dt.convert_time_zone(timezone).dt.date().to_physical() + _EPOCH
    own = pasts.filter(status="taken").select("row", "course", day.alias("day"))
    equivalents = pl.DataFrame(
        [(here, other) for here, row in enumerate(catalogue.equivalents) for other in row],
        schema={"course": pl.UInt32, "other": pl.UInt32},
        orient="row",
    )
    others = own.join(equivalents, on="course").select(
        "row", pl.col("other").alias("course"), "day"
    )
    both = pl.concat([own, others]).group_by("row", "course").agg(pl.col("day").max())
    return both.sort("row", "course")


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
