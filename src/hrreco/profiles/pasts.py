"""What keeps courses from employees, or is due again: all employees at once."""

from __future__ import annotations

import polars as pl

from hrreco.data.learning_data import LearningData
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
    statuses = pl.Series("status", [m.status for m in data.settings.events.values()])
    return (
        data.numbered_events.lazy()
        .filter(pl.col("occurred_at") <= as_of.at)
        .join(statuses.to_frame().with_row_index("kind").lazy(), on="kind")
        .filter(pl.col("status") != "none")
        .group_by(pl.col("employee").alias("row"), "course", "status")
        .agg(pl.col("occurred_at").max().alias("at"))
        .collect()
    )
