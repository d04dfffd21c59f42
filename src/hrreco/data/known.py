"""What a store already holds, so that an export of some tables only can be checked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import polars as pl

LINK_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "course_id": pl.String,
    "prerequisites": pl.List(pl.String),
    "equivalent_to": pl.List(pl.String),
    "active": pl.Boolean,
}
"""What decides whether courses can be linked to a course, and how it is linked itself."""

COURSE_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    **LINK_COLUMNS,
    "valid_for_days": pl.Int32,
    "mandatory_for": pl.List(pl.String),
}
"""The same, and what decides for how long it must be proven that a course was taken."""

EMPLOYEE_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "employee_id": pl.String,
    "started_on": pl.Date,
    "left_on": pl.Date,
}


@dataclass(frozen=True)
class Known:
    """What is already stored when new exports are read.

    Attributes
    ----------
    employees
        The `EMPLOYEE_COLUMNS`; the dates may be null.
    courses
        The `COURSE_COLUMNS`; lists and days may be null.
    erased
        Given employee ids, returns the moment of erasure (UTC) of those that were erased.
    """

    employees: pl.DataFrame
    courses: pl.DataFrame
    erased: Callable[[Collection[str]], Mapping[str, datetime]]
