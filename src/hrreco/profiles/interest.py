"""Which events may tell of interest at all, and the evidence that they come to."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hrreco.data.learning_data import LearningData
from hrreco.profiles.history import Events, Evidence, evidence_of_all
from hrreco.settings import Moment


def _interesting(data: LearningData) -> NDArray[np.bool_]:
    """Return which of ``data.numbered_events`` may tell of interest: bool [events].

    Those of mandatory and of sensitive courses do not. HR logs are mostly assignments; with them
    in, popularity looks excellent and learns nothing.
    """
    catalogue, groups = data.catalogue, data.groups
    course = data.numbered_events["course"].to_numpy()
    # Few courses are mandatory for anybody, and only their events need a look at who took part.
    mandatory = np.array([bool(rules) for rules in catalogue.mandatory_rules], dtype=bool)
    open_to_all = ~(mandatory | catalogue.sensitive)
    interesting: NDArray[np.bool_] = open_to_all[course]
    doubtful = np.flatnonzero(~interesting)
    if len(doubtful):
        which = np.cumsum(~open_to_all) - 1  # of them, which this course is
        closed = np.array(
            [
                (catalogue.mandatory_for(*names) | catalogue.sensitive)[~open_to_all]
                for names in groups.names
            ]
        )
        employee = data.numbered_events["employee"].gather(doubtful).to_numpy()
        its = which[course[doubtful]]
        interesting[doubtful] = ~closed[groups.of_employee[employee], its]
    return interesting


def rows_of_interest(data: LearningData) -> pl.Series:
    """Return the rows of the events table that may tell of interest."""
    return data.numbered_events["event"].filter(pl.Series(_interesting(data)))


def evidence_until(data: LearningData, as_of: Moment) -> Evidence:
    """Return the evidence of interest that employees showed until a moment.

    Positions are those of rows in the table of employees, and of courses in the catalogue.
    """
    events = data.numbered_events.filter(
        (pl.col("occurred_at") <= as_of.at) & pl.Series(_interesting(data))
    )
    numbers = events.select(
        pl.col("employee", "course", "kind").cast(pl.Int64),
        pl.col("occurred_at").dt.epoch("us"),
        pl.col("rating").fill_null(float("nan")),
    )
    return evidence_of_all(
        Events(*(column.to_numpy() for column in numbers)), data.settings.events
    )
