"""What each employee did in a period: the numbers that reports add up, and never show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hrreco.data import LearningData
from hrreco.profiles import rows_of_interest
from hrreco.reports._events import events_until
from hrreco.reports.on_time import on_time_shares
from hrreco.settings import Moment


@dataclass(frozen=True)
class Activity:
    """What those who are employed at the end of a period did in it.

    Attributes
    ----------
    rows
        intp [people]: their rows in the table of employees.
    electives
        int64 [people]: electives completed, each once.
    minutes
        int64 [people]: the time that the courses take that were completed, mandatory ones too.
    on_time
        float64 [people]: the part of the mandatory courses that fell due in the period which was
        done in time, 0 to 1; NaN where none fell due.
    """

    rows: NDArray[np.intp]
    electives: NDArray[np.int64]
    minutes: NDArray[np.int64]
    on_time: NDArray[np.float64]

    @classmethod
    def of(cls, data: LearningData, since: date, until: Moment) -> Activity:
        """Add up the period from a day on; sensitive courses are not counted."""
        here = (pl.col("started_on").is_null() | (pl.col("started_on") <= until.today)) & (
            pl.col("left_on").is_null() | (pl.col("left_on") > until.today)
        )
        rows = np.flatnonzero(data.employees.select(here).to_series().to_numpy())
        done = _completed(data, since, until)
        n = len(data.employees)
        employee = done["employee"].to_numpy()
        electives = np.bincount(employee[done["elective"].to_numpy()], minlength=n)
        minutes = np.bincount(employee, done["minutes"].to_numpy(), minlength=n)
        return cls(
            rows,
            electives[rows].astype(np.int64),
            minutes[rows].astype(np.int64),
            on_time_shares(data, since, until)[rows],
        )


def _completed(data: LearningData, since: date, until: Moment) -> pl.DataFrame:
    """Return `employee`, `elective` and `minutes` of each course that somebody completed."""
    catalogue, default = data.catalogue, data.settings.paths.course_hours
    hours = np.where(np.isnan(catalogue.hours), default, catalogue.hours)
    courses = pl.DataFrame(
        {
            "course": np.arange(len(catalogue), dtype=np.uint32),
            "minutes": (hours * 60).round().astype(np.int64),
            "sensitive": catalogue.sensitive,
        }
    )
    return (
        events_until(data, until, lambda meaning: meaning.relevant)
        .filter(pl.col("day") >= since)
        .with_columns(elective=pl.col("event").is_in(rows_of_interest(data).implode()))
        .unique(["employee", "course"])
        .join(courses.filter(~pl.col("sensitive")), on="course")
        .select("employee", "elective", "minutes")
    )
