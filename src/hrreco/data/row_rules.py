"""Rules that look at one row alone: the schema's, and those that follow from the settings."""

from __future__ import annotations

from functools import cache

import dataframely as dy
import polars as pl

from hrreco.data.faults import Faults, code_hint, fault_lines
from hrreco.data.moments import local_days
from hrreco.data.readers import ROW
from hrreco.data.schemas import SCHEMAS, dtypes
from hrreco.errors import close_match
from hrreco.settings import Settings

_BY_CHECK = {
    "nullability": ("missing_value", "is missing"),
    "min_length": ("missing_value", "is missing"),
    "min": ("out_of_range", "is out of range"),
    "max": ("out_of_range", "is out of range"),
    "is_in": ("unknown_value", "is not one of the known values"),
}
_OF_LIST = ("bad_list", "holds something that does not belong there")


def known_kinds(events: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Return events with the kinds written as the settings write them; others stay as given."""
    kinds = {kind.lower(): kind for kind in settings.events}
    lowered = pl.col("kind").str.to_lowercase()
    return events.with_columns(
        pl.coalesce(lowered.replace_strict(kinds, default=None, return_dtype=pl.String), "kind")
    )


def check_rows(table: str, rows: pl.DataFrame, settings: Settings) -> Faults:
    """Return a line for each cell that breaks a rule of the table's schema or the settings."""
    faults = _by_schema(table, rows)
    if table == "events":
        faults.append(_unknown_kinds(rows, settings))
    for column, dtype in dtypes(table).items():
        if dtype.is_temporal():
            faults.append(_out_of_bounds(rows, column, settings))
    return faults


def _by_schema(table: str, rows: pl.DataFrame) -> Faults:
    failure = _numbered(table).filter(rows)[1]
    broken = failure.details() if len(failure) else rows.clear()
    faults = []
    for check in failure.counts():
        column, rule, what = _named(check)
        about = (SCHEMAS[table].columns()[column].description or "").rstrip(".")
        hint = code_hint(table, column) if rule == "unknown_value" else ""
        faults.append(
            fault_lines(
                broken,
                broken[check] == "invalid",
                column=column,
                rule=rule,
                message=f"{what}: {about}{hint}",
            )
        )
    return faults


@cache
def _numbered(table: str) -> type[dy.Schema]:
    """Return the schema of a table with the row number beside its columns."""
    row = dy.UInt32(nullable=False, alias=ROW)
    return type(f"Numbered{table}", (SCHEMAS[table],), {"row_number": row})


def _named(check: str) -> tuple[str, str, str]:
    """Return the column, the rule's name and the words for a check of dataframely."""
    if "|" not in check:
        return "ends_at", check, "is before the start"
    column, detail = check.split("|")
    if detail.startswith("inner_"):
        return (column, *_OF_LIST)
    return (column, *_BY_CHECK[detail.removeprefix("check__")])


def _unknown_kinds(rows: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    unknown = ~rows["kind"].is_in(list(settings.events))
    values = rows["kind"].filter(unknown.fill_null(False)).unique().to_list()
    otherwise = code_hint("events", "kind")
    words = {
        v: f"is no kind of event{close_match(v, settings.events) or otherwise}" for v in values
    }
    message = rows["kind"].replace_strict(words, default=None, return_dtype=pl.String)
    return fault_lines(rows, unknown, column="kind", rule="unknown_kind", message=message)


def _out_of_bounds(rows: pl.DataFrame, column: str, settings: Settings) -> pl.DataFrame:
    days = rows[column]
    if days.dtype != pl.Date:
        days = local_days(days, settings.timezone)
    bounds = settings.quality
    outside = days < bounds.earliest
    if column != "left_on":  # where a far day is a common way to write "never"
        outside |= days > bounds.latest
    message = f"is not between {bounds.earliest} and {bounds.latest}"
    return fault_lines(rows, outside, column=column, rule="out_of_bounds", message=message)
