"""What keeps courses from employees, or is due again: all employees at once."""

from __future__ import annotations

import polars as pl

from hrreco.data.learning_data import LearningData
from hrreco.profiles.history import meaning_frame
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
    people = data.employees.select("employee_id").with_row_index("row")
    courses = pl.DataFrame(
        {"course_id": data.catalogue.course_ids}, schema={"course_id": pl.String}
    ).with_row_index("course")
    statuses = meaning_frame(data.settings.events).select("kind", "status")
    return (
        data.events.lazy()
        .filter(pl.col("occurred_at") <= as_of.at)
        .join(statuses.filter(pl.col("status") != "none").lazy(), on="kind")
        .join(courses.lazy(), on="course_id")
        .join(people.lazy(), on="employee_id")
        .group_by("row", "course", "status")
        .agg(pl.col("occurred_at").max().alias("at"))
        .collect()
    )
