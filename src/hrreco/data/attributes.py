"""Attributes of people that audits of fairness look at, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

import polars as pl

from hrreco.data.report import QualityReport
from hrreco.settings import AsOf

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

    from hrreco.data.learning_data import LearningData

ATTRIBUTES = "fairness_attributes"
"""The name of their table."""


@dataclass(frozen=True)
class FairnessAttributes:
    """Such as gender and age band. No part of `LearningData`: no model can be handed them.

    Attributes
    ----------
    rows
        Columns `employee_id`, `attribute` and `value`, all text, every row checked.
    report
        What was left out and why; nothing for what comes out of a store.

    Examples
    --------
    >>> from hrreco import synthetic_company
    >>> data = synthetic_company(200)
    >>> people = data.employees["employee_id"].head(2)
    >>> frame = pl.DataFrame({"employee_id": people, "gender": ["female", "male"]})
    >>> FairnessAttributes.from_frame(frame, data).rows["value"].to_list()
    ['female', 'male']
    """

    rows: pl.DataFrame
    report: QualityReport = field(default_factory=QualityReport)

    @classmethod
    def from_frame(cls, frame: IntoDataFrame, data: LearningData, *, as_of: AsOf = None) -> Self:
        """Check a frame of attributes of the employees of `data`.

        Parameters
        ----------
        frame
            The columns `employee_id`, `attribute` and `value`; or `employee_id` and a column for
            each attribute.
        as_of
            What is past its retention by then is left out.

        Raises
        ------
        PersonalColumnError
            When an attribute has a column and is not in the necessity register. Single bad rows
            go to `report.quarantine` instead.
        DataError
            When it is no frame, or a column is missing.
        """
        from hrreco.data.pipeline import read_attributes

        return cls(*read_attributes(frame, data.employees, data.settings, as_of))
