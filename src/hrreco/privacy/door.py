"""The one door that data about people passes on its way to training, serving and reports."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hrreco.data.catalogue import Catalogue
from hrreco.data.learning_data import LearningData
from hrreco.data.records import EmployeeRecord, People
from hrreco.errors import UnknownIdError
from hrreco.privacy.optouts import OptOuts
from hrreco.privacy.retention import record_within_retention
from hrreco.settings import Moment, Settings


def for_training(data: LearningData, opt_outs: OptOuts) -> LearningData:
    """Return `data` without anybody who opted out of training.

    Their rows are gone from every table about people, so that no count holds them either.
    """
    return without(data, opt_outs.opted_out("training"))


def for_reports(data: LearningData, opt_outs: OptOuts) -> LearningData:
    """Return `data` without the rows of anybody who opted out of reports about groups.

    They stay the managers of others: a unit that lost its name would tell that they opted out.
    """
    out = opt_outs.opted_out("group_reports")
    return _chosen(data, ~_about(out)) if out else data


def without(data: LearningData, employee_ids: Collection[str]) -> LearningData:
    """Return `data` without any row about these people, nor their ids as managers of others."""
    if not employee_ids:
        return data
    left = _chosen(data, ~_about(employee_ids))
    managed = pl.col("manager_id").is_in(sorted(employee_ids))
    manager = pl.when(~managed.fill_null(value=False)).then("manager_id").alias("manager_id")
    return replace(left, employees=left.employees.with_columns(manager))


def only(data: LearningData, employee_ids: Collection[str]) -> LearningData:
    """Return `data` with no rows about people but these."""
    return _chosen(data, _about(employee_ids))


def _about(employee_ids: Collection[str]) -> pl.Expr:
    return pl.col("employee_id").is_in(sorted(employee_ids))


def _chosen(data: LearningData, rows: pl.Expr) -> LearningData:
    return replace(
        data,
        employees=data.employees.filter(rows),
        events=data.events.filter(rows),
        employee_skills=data.employee_skills.filter(rows),
    )


@dataclass(frozen=True, slots=True)
class Served:
    """The rows of one employee, and whether they may shape suggestions.

    Attributes
    ----------
    record
        The rows. Mandatory training and renewals need events whatever was refused; where profiling
        was, the skills and preferences that somebody named are not among them.
    personal
        False when the employee opted out of profiling: then the rules answer, from the role.
    """

    record: EmployeeRecord
    personal: bool


def for_serving(
    people: People,
    employee_id: str,
    opt_outs: OptOuts,
    catalogue: Catalogue,
    settings: Settings,
    moment: Moment,
) -> Served:
    """Return the rows of one employee that may still be kept, and what they may be used for.

    Raises
    ------
    UnknownIdError
        When nobody has that id, or nothing about them may be kept any more.
    """
    held = people.employee(employee_id)
    record = record_within_retention(held, catalogue, settings, moment)
    if record is None:
        raise UnknownIdError(
            f"unknown employee {employee_id!r}: left so long ago that nothing may be kept of them"
        )
    if opt_outs.is_out(employee_id, "profiling"):
        bare = replace(record, skills=(), preferred_formats=(), preferred_times=())
        return Served(bare, personal=False)
    return Served(record, personal=True)


def who_may_be_profiled(data: LearningData, opt_outs: OptOuts) -> NDArray[np.bool_]:
    """Return whose rows may shape suggestions: bool, by the rows of the employees table."""
    out = opt_outs.opted_out("profiling")
    return ~data.employees["employee_id"].is_in(list(out)).to_numpy()
