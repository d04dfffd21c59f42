"""What a store already holds, so that an export of some tables only can be checked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import polars as pl


@dataclass(frozen=True)
class Known:
    """What is already stored when new exports are read.

    Attributes
    ----------
    employees
        Columns ``employee_id`` (String) and ``started_on`` (Date, may be null).
    course_ids
        The ids of all stored courses.
    erased
        Given employee ids, returns the moment of erasure (UTC) of those that were erased.
    """

    employees: pl.DataFrame
    course_ids: frozenset[str]
    erased: Callable[[Collection[str]], Mapping[str, datetime]]
