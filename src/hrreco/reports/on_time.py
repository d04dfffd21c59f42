"""Which mandatory courses fell due in a period, and whether they were done in time."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hrreco.data import NO_DAYS, LearningData
from hrreco.reports._events import events_until
from hrreco.settings import Moment

_PAIR = ["employee", "course"]


def on_time_shares(data: LearningData, since: date, until: Moment) -> NDArray[np.float64]:
    """Return the part of what fell due for each employee that was done in time.

    A first time is due `due_within_days` after the employee started, a renewal `valid_for_days`
    after the time before, as for suggestions. What falls due on the last day may still be done.
    Sensitive and inactive courses are not counted.

    Returns
    -------
    float64 [employees]
        NaN where nothing fell due.
    """
    taken = _taken(data, until)
    duties = pl.concat([_first_times(data, taken), _renewals(data, taken)])
    shares = (
        duties.filter(pl.col("due_on") >= since, pl.col("due_on") < until.today)
        .group_by("employee")
        .agg((pl.col("done_on") <= pl.col("due_on")).fill_null(False).mean().alias("share"))
    )
    of_all = np.full(len(data.employees), np.nan)
    of_all[shares["employee"].to_numpy()] = shares["share"].to_numpy()
    return of_all


def _first_times(data: LearningData, taken: pl.DataFrame) -> pl.DataFrame:
    first = taken.group_by(_PAIR).agg(done_on=pl.col("day").min())
    started = data.employees.select("started_on").with_row_index("employee")
    return (
        _mandatory(data)
        .filter(pl.col("within") != NO_DAYS)
        .join(started.drop_nulls(), on="employee")
        .join(first, on=_PAIR, how="left")
        .select(*_PAIR, _after("started_on", "within"), "done_on")
    )


def _renewals(data: LearningData, taken: pl.DataFrame) -> pl.DataFrame:
    return (
        _mandatory(data)
        .filter(pl.col("valid_for") > 0)
        .join(taken, on=_PAIR)
        .sort(*_PAIR, "day")
        .select(*_PAIR, _after("day", "valid_for"), done_on=pl.col("day").shift(-1).over(_PAIR))
    )


def _after(day: str, days: str) -> pl.Expr:
    return (pl.col(day) + pl.duration(days=pl.col(days))).alias("due_on")


def _mandatory(data: LearningData) -> pl.DataFrame:
    """Return `employee`, `course`, `within` and `valid_for` of what each employee must take."""
    catalogue, groups = data.catalogue, data.groups
    counted = catalogue.active & ~catalogue.sensitive
    courses = [np.flatnonzero(catalogue.mandatory_for(*pair) & counted) for pair in groups.names]
    course = np.concatenate([np.empty(0, dtype=np.intp), *courses])
    of_groups = pl.DataFrame(
        {
            "group": np.repeat(np.arange(len(courses)), [len(found) for found in courses]),
            "course": course.astype(np.uint32),
            "within": catalogue.due_within_days[course],
            "valid_for": catalogue.valid_for_days[course],
        }
    )
    people = pl.DataFrame({"group": groups.of_employee}).with_row_index("employee")
    return people.join(of_groups, on="group").drop("group")


def _taken(data: LearningData, until: Moment) -> pl.DataFrame:
    """Return the days on which employees took courses or equivalents of them, each once."""
    equivalents = enumerate(data.catalogue.equivalents)
    counts_as = pl.DataFrame(
        [(taken, course) for taken, others in equivalents for course in (taken, *others)],
        schema={"taken": pl.UInt32, "course": pl.UInt32},
        orient="row",
    )
    return (
        events_until(data, until, lambda meaning: meaning.status == "taken")
        .select("employee", "day", taken="course")
        .join(counts_as, on="taken")
        .select(*_PAIR, "day")
        .unique()
    )
