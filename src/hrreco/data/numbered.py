"""Rows that name employees and courses by position, which is far quicker to count with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hrreco.data.sorting import in_order

if TYPE_CHECKING:
    from hrreco.data.learning_data import LearningData


def numbered_events(data: LearningData) -> pl.DataFrame:
    """Return the events with positions instead of names.

    They are ordered by employee and course, and what one did with a course as in their table: by
    moment. So all that is asked of pairs of the two, at every cut, is found without sorting.

    Returns
    -------
    polars.DataFrame
        `event` (the row of the table), `employee` (row of theirs), `course` (position in the
        catalogue), `kind` (position in ``settings.events``), `occurred_at`, `rating`. Events with
        a name that is not in these tables are absent.
    """
    runs = data.events["employee_id"].rle().struct.unnest()
    employee = _positions(runs["value"], data.employees["employee_id"])
    numbered = pl.DataFrame(
        {
            "event": np.arange(len(data.events), dtype=np.uint32),
            "employee": employee.gather(np.repeat(np.arange(len(runs)), runs["len"])),
            "course": _positions(data.events["course_id"], data.catalogue.course_ids),
            "kind": _positions(data.events["kind"], tuple(data.settings.events)),
            "occurred_at": data.events["occurred_at"],
            "rating": data.events["rating"],
        }
    ).drop_nulls(["employee", "course", "kind"])
    pair = numbered["employee"].cast(pl.Int64) * len(data.catalogue) + numbered["course"]
    return numbered[in_order(pair.to_numpy())[1]]


def _positions(names: pl.Series, known: pl.Series | tuple[str, ...]) -> pl.Series:
    order = pl.Enum(pl.Series(known, dtype=pl.String))
    return names.cast(order, strict=False).to_physical().cast(pl.UInt32)


@dataclass(frozen=True)
class Groups:
    """Employees of one role and department: the same is mandatory for all of them.

    Attributes
    ----------
    names
        Role and department of each group, in the order in which they first occur.
    of_employee
        intp [employees].
    """

    names: tuple[tuple[str, str | None], ...]
    of_employee: NDArray[np.intp]

    @classmethod
    def of(cls, employees: pl.DataFrame) -> Groups:
        """Find the groups in the table of employees."""
        pairs = employees.select("role", "department")
        names = pairs.unique(maintain_order=True)
        numbered = names.with_row_index("group")
        found = pairs.join(
            numbered, on=["role", "department"], nulls_equal=True, maintain_order="left"
        )
        return cls(tuple(names.iter_rows()), found["group"].to_numpy().astype(np.intp))
