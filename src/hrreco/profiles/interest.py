"""Which events may tell of interest at all, and the evidence that they come to."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hrreco.data.learning_data import LearningData
from hrreco.profiles.history import Events, Evidence, evidence_of_all
from hrreco.settings import Moment

_PART = 1 << 17
"""About how many events are looked at together."""


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
    events = data.numbered_events.select(
        "employee", "course", "kind", pl.col("occurred_at").to_physical(), "rating"
    )
    known = (data.numbered_events["occurred_at"] <= as_of.at) & pl.Series(_interesting(data))
    meanings = data.settings.events
    some = [
        evidence_of_all(
            Events(*map(pl.Series.to_numpy, events[part].filter(known[part]))), meanings
        )
        for part in _parts(events["employee"].to_numpy())
    ]
    return Evidence(*map(np.concatenate, zip(*some, strict=True)))


def _parts(employee: NDArray[np.uint32]) -> list[slice]:
    """Return runs of events that a processor's own cache holds, each with all of an employee."""
    starts = employee[np.arange(_PART, len(employee), _PART)]
    ends = np.unique([0, *np.searchsorted(employee, starts), len(employee)]).tolist()
    return [slice(*part) for part in pairwise(ends)] or [slice(0, 0)]
