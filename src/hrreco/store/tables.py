"""The tables of the store.

The tables of the data contract have its columns, and the numbers of two ingests: `first_seq`
of the one that wrote the row first, and `ingest_seq` of the one that wrote it last. Each of their
columns carries its polars dtype in ``info["dtype"]``. Days are stored as whole days since 1970,
moments as microseconds since 1970 (UTC), lists as JSON text.
"""

from __future__ import annotations

from typing import Any

import polars as pl
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.types import TypeEngine

DAY = pl.Date()
FLAG = pl.Boolean()
MOMENT = pl.Datetime("us", "UTC")
NUMBER = pl.Float64()
TAUGHT = pl.List(pl.Struct({"skill": pl.String, "level": pl.Int32}))
TEXT = pl.String()
TEXTS = pl.List(pl.String)
WHOLE = pl.Int32()

_SQL_TYPES: dict[pl.DataType, type[TypeEngine[Any]]] = {
    DAY: Integer,
    FLAG: Boolean,
    MOMENT: BigInteger,
    NUMBER: Double,
    TAUGHT: Text,
    TEXT: Text,
    TEXTS: Text,
    WHOLE: Integer,
}

_NUMBER = BigInteger().with_variant(Integer, "sqlite")
"""PostgreSQL uses numbers up in merges that change nothing; SQLite counts only in an Integer."""

metadata = MetaData()


def _key(name: str, *constraints: ForeignKey) -> Column[Any]:
    return Column(name, Text, *constraints, primary_key=True, info={"dtype": TEXT})


def _needed(name: str, dtype: pl.DataType, *constraints: ForeignKey) -> Column[Any]:
    return Column(name, _SQL_TYPES[dtype], *constraints, nullable=False, info={"dtype": dtype})


def _optional(name: str, dtype: pl.DataType = TEXT) -> Column[Any]:
    return Column(name, _SQL_TYPES[dtype], info={"dtype": dtype})


def _row_key(name: str) -> Column[Any]:
    """Return the column of a row's key: the hash of its id, or of all its columns."""
    return Column(name, LargeBinary(16), nullable=False, unique=True, info={"row_key": True})


def _ingests() -> tuple[Column[Any], Column[Any]]:
    return (
        Column("first_seq", Integer, nullable=False),
        Column("ingest_seq", Integer, nullable=False),
    )


ingests = Table(
    "ingests",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    Column("counts", Text, nullable=False),
)
"""One row per ingest. No personal data."""

employees = Table(
    "employees",
    metadata,
    _key("employee_id"),
    _needed("role", TEXT),
    _optional("department"),
    _optional("manager_id"),
    _optional("started_on", DAY),
    _optional("left_on", DAY),
    _optional("language"),
    _optional("location"),
    _optional("grade"),
    _optional("hours_per_month", NUMBER),
    _optional("occupation_uri"),
    _optional("preferred_formats", TEXTS),
    _optional("preferred_times", TEXTS),
    *_ingests(),
    Index("employees_by_manager", "manager_id"),
)

courses = Table(
    "courses",
    metadata,
    _key("course_id"),
    _needed("title", TEXT),
    _optional("description"),
    _optional("skills", TAUGHT),
    _optional("prerequisites", TEXTS),
    _optional("tags", TEXTS),
    _optional("language"),
    _optional("format"),
    _optional("hours", NUMBER),
    _needed("active", FLAG),
    _needed("sensitive", FLAG),
    _optional("mandatory_for", TEXTS),
    _optional("due_within_days", WHOLE),
    _optional("valid_for_days", WHOLE),
    _optional("equivalent_to", TEXTS),
    _optional("url"),
    *_ingests(),
)

events = Table(
    "events",
    metadata,
    Column("id", _NUMBER, primary_key=True),
    _row_key("event_key"),
    _optional("event_id"),
    _needed("employee_id", TEXT, ForeignKey("employees.employee_id")),
    _needed("course_id", TEXT, ForeignKey("courses.course_id")),
    _needed("kind", TEXT),
    _needed("occurred_at", MOMENT),
    _optional("progress", NUMBER),
    _optional("rating", NUMBER),
    _optional("reason"),
    _optional("source"),
    *_ingests(),
    # All that an answer asks of an employee's events, side by side and in order.
    Index(
        "events_in_order",
        *("employee_id", "occurred_at", "course_id", "kind"),
        *("event_id", "progress", "rating"),
    ).ddl_if(dialect="sqlite"),
    # PostgreSQL refuses an event whose texts come to more than 2,700 bytes in an index.
    Index("events_by_employee", "employee_id", "occurred_at").ddl_if(dialect="postgresql"),
)

employee_skills = Table(
    "employee_skills",
    metadata,
    _key("employee_id", ForeignKey("employees.employee_id")),
    _key("skill"),
    _optional("level", WHOLE),
    _needed("source", TEXT),
    *_ingests(),
)


def _needs(name: str) -> Table:
    """Return a table of what roles need."""
    return Table(
        name,
        metadata,
        _key("role"),
        _key("skill"),
        _optional("level", WHOLE),
        _needed("importance", TEXT),
        *_ingests(),
    )


role_skills = _needs("role_skills")

esco_role_skills = _needs("esco_role_skills")
"""What roles need by ESCO; no table of the data contract, but read as a part of `role_skills`."""

sessions = Table(
    "sessions",
    metadata,
    Column("id", _NUMBER, primary_key=True),
    _row_key("session_key"),
    _optional("session_id"),
    _needed("course_id", TEXT, ForeignKey("courses.course_id")),
    _needed("starts_at", MOMENT),
    _optional("ends_at", MOMENT),
    _optional("seats", WHOLE),
    _optional("location"),
    *_ingests(),
)

fairness_attributes = Table(
    "fairness_attributes",
    metadata,
    _key("employee_id", ForeignKey("employees.employee_id")),
    _key("attribute"),
    _needed("value", TEXT),
    *_ingests(),
)
"""Such as gender and age band: for audits of fairness only. No model can be handed it."""

opt_outs = Table(
    "opt_outs",
    metadata,
    Column("employee_id", Text, primary_key=True),
    Column("purpose", Text, primary_key=True),
    Column("since", BigInteger, nullable=False),
)
"""Not tied to the employees table: a refusal holds before the first export and after the last."""

not_learned_from = Table(
    "not_learned_from",
    metadata,
    Column("bundle_id", Text, primary_key=True),
    Column("employee_id", Text, primary_key=True),
)
"""Whose rows were there, but who is not in a bundle: opted out by then, or forgotten."""

tombstones = Table(
    "tombstones",
    metadata,
    Column("pseudonym", LargeBinary(32), primary_key=True),
    Column("erased_at", BigInteger, nullable=False),
)

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

LEARNING = {
    table.name: table
    for table in (employees, courses, events, employee_skills, role_skills, sessions)
}
"""The tables that may be learned from, in an order in which rows may be written."""


def contract_columns(table: Table) -> list[Column[Any]]:
    """Return the columns of the data contract, in its order."""
    return [column for column in table.columns if "dtype" in column.info]


def row_key_column(table: Table) -> Column[Any] | None:
    """Return the column that holds the hash of a row, in tables whose id may be missing."""
    return next((column for column in table.columns if "row_key" in column.info), None)


def written_columns(table: Table) -> list[str]:
    """Return the columns that an ingest gives values for: all but a number given by the store."""
    return [column.name for column in table.columns if column.name != "id"]


def merge_keys(table: Table) -> list[str]:
    """Return the columns that tell one row from another when exports are merged."""
    row_key = row_key_column(table)
    return [row_key.name] if row_key is not None else [c.name for c in table.primary_key]
