"""Mapping files: how a company's own exports become the tables of the data contract.

A mapping is a TOML file with one section for each table. A table without a section is found by
its name and must have the contract's own columns::

    ignore = ["survey.csv"]                 # files left aside, by name

    [employees]
    file = "employee_data.csv"              # else the file is found by the table's name
    drop = ["FirstName", "DOB", "Pay"]      # personal columns, never read

    [employees.columns]                     # the contract's name = the export's name
    employee_id = "EmployeeID"
    role = "Title"

    [employees.date_formats]                # tried in this order, then ISO 8601
    started_on = ["%m/%d/%Y", "%d-%m-%Y"]   # month first, then day first

    [employees.constants]                   # one value for all rows
    language = "en"

    [events.values.kind]                    # the export's code = the contract's value
    Incomplete = "dropped"                  # codes not named here stay as they are

    [courses]                               # derived: one row for each distinct course
    file = "training_log.csv"
    distinct = true
    columns = { course_id = "Program", title = "Program" }

A column that already has the contract's name needs no line. One and the same column may become
several. Date formats are those of `strftime`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import polars as pl
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from hrreco.data.attributes import ATTRIBUTES
from hrreco.data.schemas import SCHEMAS, dtypes
from hrreco.errors import close_match


def _date_format(text: str) -> str:
    """Make sure that a date written in this format is read back as the same date."""
    probe = pl.Series([datetime(2024, 11, 23, tzinfo=UTC)])
    try:
        back = probe.dt.strftime(text).str.to_datetime(text, time_unit="us", strict=False)
    except pl.exceptions.PolarsError:
        raise ValueError(f"{text!r} is not a date format; write for example '%d.%m.%Y'") from None
    if back.dt.date()[0] != probe.dt.date()[0]:
        raise ValueError(f"the date format {text!r} must hold day, month and year")
    return text


def _plain_name(name: str) -> str:
    """Make sure that a file is in the folder of exports, which is all that a mapping may reach."""
    if name in {"", ".", ".."} or set(name) & set("/\\\0"):
        raise ValueError(f"{name!r} must be the name of a file in the folder of exports, no path")
    return name


DateFormat = Annotated[str, AfterValidator(_date_format)]


class TableMapping(BaseModel):
    """Where one table comes from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: Annotated[str, AfterValidator(_plain_name)] | None = Field(
        None, description="The file's name in the folder; else it is found by the table's name."
    )
    distinct: bool = Field(
        False,
        description="Whether the table has one row for each distinct combination of its mapped "
        "columns; all other columns of the file are then left aside.",
    )
    columns: dict[str, str] = Field(
        default_factory=dict, description="The file's name of a column, by the contract's name."
    )
    drop: tuple[str, ...] = Field((), description="Columns of the file that are never read.")
    date_formats: dict[str, tuple[DateFormat, ...]] = Field(
        default_factory=dict, description="Date formats by column, in the order they are tried."
    )
    values: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="By column: what each code of the file means."
    )
    constants: dict[str, str | bool | int | float] = Field(
        default_factory=dict, description="By column: one value for all rows."
    )


class Mapping(BaseModel):
    """A whole mapping file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ignore: tuple[str, ...] = Field((), description="Files of the folder left aside, by name.")
    employees: TableMapping | None = None
    courses: TableMapping | None = None
    events: TableMapping | None = None
    employee_skills: TableMapping | None = None
    role_skills: TableMapping | None = None
    sessions: TableMapping | None = None
    fairness_attributes: TableMapping | None = None

    def of(self, table: str) -> TableMapping:
        """Return the section of a table; an empty one if there is none."""
        section: TableMapping | None = getattr(self, table)
        return section or TableMapping.model_construct()

    @model_validator(mode="after")
    def _columns_of_the_contract(self) -> Mapping:
        for table in SCHEMAS:
            section = self.of(table)
            for part in ("columns", "date_formats", "values", "constants"):
                for column in getattr(section, part):
                    _check_column(table, part, column)
            _check_section(table, section)
        return self


def _check_column(table: str, part: str, column: str) -> None:
    known = dtypes(table)
    if table == ATTRIBUTES and part == "columns":
        return  # where each attribute has a column, it has a name of its own
    if column not in known:
        hint = close_match(column, known) or f"; the table has {', '.join(known)}"
        raise ValueError(f"{table}.{part}: no column {column!r} in the contract{hint}")
    if part == "date_formats" and not known[column].is_temporal():
        raise ValueError(f"{table}.date_formats: {column!r} is no date")


def _check_section(table: str, section: TableMapping) -> None:
    both = set(section.columns) & set(section.constants)
    if both:
        raise ValueError(f"{table}: {min(both)!r} is mapped to a column and to a constant")
    dropped = set(section.columns.values()) & set(section.drop)
    if dropped:
        raise ValueError(f"{table}: {min(dropped)!r} is both mapped and dropped")
    if section.distinct and not (section.file and section.columns):
        raise ValueError(f"{table}: a distinct table needs its file and its columns named")
