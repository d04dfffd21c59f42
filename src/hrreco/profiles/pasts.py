"""What keeps courses from employees, or is due again: all employees at once."""

from __future__ import annotations

import numpy as np
import polars as pl

from hrreco.data.learning_data import LearningData
from hrreco.data.sorting import in_order
from hrreco.settings import Moment


def pasts_of_all(data: LearningData, as_of: Moment) -> pl.DataFrame:
    """Return when each employee last did what has a status, with each course of the catalogue.

    The same as `HistoryEntry` says of one employee; a property test holds the two equal.

    Returns
    -------
    polars.DataFrame
        `row` (of the employees table), `course` (position in the catalogue), `status`, and `at`;
        one row for each that there is.
    """
    meanings = data.settings.events.values()
    names = list(dict.fromkeys(meaning.status for meaning in meanings))
    of_kind = np.array([names.index(meaning.status) for meaning in meanings])
    events = data.numbered_events.filter(pl.col("occurred_at") <= as_of.at)
    n_courses, n_names = max(len(data.catalogue), 1), len(names)
    pair = events["employee"].to_numpy().astype(np.int64) * n_courses + events["course"].to_numpy()
    deed = pair * n_names + of_kind[events["kind"].to_numpy()]
    ordered, place = in_order(deed)
    last = place[np.diff(ordered, append=-1) != 0]
    pair, name = np.divmod(deed[last], n_names)
    row, course = np.divmod(pair, n_courses)
    status = pl.Series(names, dtype=pl.Enum(names)).gather(name)
    return pl.DataFrame(
        {"row": row, "course": course, "status": status, "at": events["occurred_at"].gather(last)}
    ).filter(pl.col("status") != "none")
