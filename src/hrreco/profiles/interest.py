"""Which events may tell of interest at all, and the evidence that they come to."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from hrreco.data.learning_data import LearningData
from hrreco.profiles.history import Events, Evidence, evidence_of_all
from hrreco.settings import Moment


def of_interest(events: pl.DataFrame, data: LearningData) -> pl.DataFrame:
    """Return the events that may tell of interest: no mandatory and no sensitive courses.

    HR logs are mostly assignments; with them in, popularity looks excellent and learns nothing.
    """
    catalogue = data.catalogue
    # Few courses are mandatory for anybody, and only their events need a look at who took part.
    doubtful = [
        course_id
        for course_id, sensitive, rules in zip(
            catalogue.course_ids, catalogue.sensitive, catalogue.mandatory_rules, strict=True
        )
        if sensitive or rules
    ]
    numbered = events.with_row_index("_place")
    is_doubtful = numbered["course_id"].is_in(doubtful)
    looked_at = numbered.filter(is_doubtful).select("_place", "employee_id", "course_id")
    people = data.employees.select("employee_id", "role", "department")
    sensitive = data.courses.filter("sensitive").select("course_id")
    left = looked_at.join(sensitive, on="course_id", how="anti").join(
        people.join(_mandatory_pairs(data), on=["role", "department"], nulls_equal=True),
        on=["employee_id", "course_id"],
        how="anti",
    )
    kept = ~is_doubtful | numbered["_place"].is_in(left["_place"].implode())
    return events.filter(kept)


def evidence_until(data: LearningData, as_of: Moment) -> Evidence:
    """Return the evidence of interest that employees showed until a moment.

    Positions are those of rows in the tables of employees and courses.
    """
    columns = ("employee_id", "course_id", "kind", "occurred_at", "rating")
    events = data.events.select(columns).filter(pl.col("occurred_at") <= as_of.at)
    events = of_interest(events, data)
    meanings = data.settings.events
    numbers = events.select(
        _position("employee_id", data.employees["employee_id"]),
        _position("course_id", data.courses["course_id"]),
        _position("kind", list(meanings)),
        pl.col("occurred_at").dt.epoch("us"),
        pl.col("rating").fill_null(float("nan")),
    ).drop_nulls()
    return evidence_of_all(Events(*(column.to_numpy() for column in numbers)), meanings)


def _position(column: str, names: pl.Series | list[str]) -> pl.Expr:
    return pl.col(column).cast(pl.Enum(names), strict=False).to_physical().cast(pl.Int64)


def _mandatory_pairs(data: LearningData) -> pl.DataFrame:
    """Return `role`, `department`, `course_id` of all mandatory training that applies."""
    groups = data.employees.select("role", "department").unique()
    names = ("role", "department", "course_id")
    return pl.DataFrame(
        list(_mandatory(data, groups)), schema=dict.fromkeys(names, pl.String), orient="row"
    )


def _mandatory(data: LearningData, groups: pl.DataFrame) -> Iterator[tuple[str, str | None, str]]:
    catalogue = data.catalogue
    for role, department in groups.iter_rows():
        for place in catalogue.mandatory_for(role, department).nonzero()[0]:
            yield role, department, catalogue.course_ids[place]
