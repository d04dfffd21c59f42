"""Which events may tell of interest at all."""

from __future__ import annotations

import numpy as np
import polars as pl

from hrreco.data.learning_data import LearningData


def of_interest(events: pl.DataFrame, data: LearningData) -> pl.DataFrame:
    """Return the events that may tell of interest: no mandatory and no sensitive courses.

    HR logs are mostly assignments; with them in, popularity looks excellent and learns nothing.
    """
    people = data.employees.select("employee_id", "role", "department")
    sensitive = data.courses.filter("sensitive").select("course_id")
    return events.join(sensitive, on="course_id", how="anti").join(
        people.join(_mandatory_pairs(data), on=["role", "department"], nulls_equal=True),
        on=["employee_id", "course_id"],
        how="anti",
    )


def _mandatory_pairs(data: LearningData) -> pl.DataFrame:
    """Return `role`, `department`, `course_id` of all mandatory training that applies."""
    catalogue = data.catalogue
    ids = np.array(catalogue.course_ids, dtype=object)
    rows = [
        (role, department, course_id)
        for role, department in data.employees.select("role", "department").unique().iter_rows()
        for course_id in ids[catalogue.mandatory_for(role, department)]
    ]
    names = ("role", "department", "course_id")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
