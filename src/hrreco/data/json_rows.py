"""Rows of JSON values, as if they were a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from hrreco.data.coerce import skills_of
from hrreco.data.readers import ROW, TOO_MANY, TableFile
from hrreco.data.schemas import dtypes, required

Row = Mapping[str, Any]

_UNFIT = "\0"
"""Stands for a value that fits no cell of its column: no rule lets a zero byte pass."""

_NOTED = 10
"""As many unknown columns are noted: for each, the one that may be meant is looked for."""


def open_rows(table: str, rows: Mapping[int, Row]) -> TableFile:
    """Take rows of JSON values, by their numbers, as a file that holds `table`.

    A value that fits no cell of its column is a fault of that cell alone. Columns that are
    required are there; some that the table does not know are, too, to be noted.
    """
    known = dtypes(table)
    given = dict.fromkeys(name for row in rows.values() for name in row)
    unknown = [name for name in given if name not in known][:_NOTED]
    named = dict.fromkeys((*required(table), *(name for name in given if name in known), *unknown))

    def read(wanted: Sequence[str]) -> pl.DataFrame:
        columns = [
            _column(name, known.get(name, pl.String()), [row.get(name) for row in rows.values()])
            for name in wanted
        ]
        numbers = pl.Series(ROW, list(rows), pl.UInt32)
        return pl.DataFrame([numbers, *columns]).with_columns(pl.lit(False).alias(TOO_MANY))

    return TableFile(table, tuple(named), read)


def texts_of(rows: Iterable[Row], column: str) -> set[str]:
    """Return the texts in a column, as they will be read."""
    cells = {_text(row.get(column)) for row in rows}
    return {cell.strip() for cell in cells if cell is not None and cell != _UNFIT}


def _column(name: str, dtype: pl.DataType, values: list[Any]) -> pl.Series:
    if not isinstance(dtype, pl.List):
        as_cell = _moment if dtype.is_temporal() else _text
        return pl.Series(name, [as_cell(value) for value in values], pl.String)
    lists = [_list(value) for value in values]
    if not isinstance(dtype.inner, pl.Struct):
        return pl.Series(name, lists, pl.List(pl.String))
    return pl.Series(name, _taught(values, lists), dtype)


def _text(value: Any) -> str | None:
    """Return a plain value as a file would hold it."""
    if isinstance(value, str):
        return value if is_sound(value) else _UNFIT
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (int, float)):
        return str(value)
    return None if value is None else _UNFIT


def _moment(value: Any) -> str | None:
    """Return a date or time; a number is none, though it may look like one."""
    return _text(value) if value is None or isinstance(value, str) else _UNFIT


def _list(value: Any) -> list[str | None] | None:
    if isinstance(value, str):
        return _list(value.split("|"))
    if isinstance(value, list):
        return [_UNFIT if item is None else _text(item) for item in value]
    return None if value is None else [_UNFIT]


def _taught(values: list[Any], lists: list[Any]) -> list[Any]:
    """Return skills with their levels, given as texts (``sql:2``) or as objects."""
    read = skills_of(pl.Series(lists, dtype=pl.List(pl.String))).to_list()
    return [
        [_skill(item) for item in value] if _are_objects(value) else _or_unfit(given, skills)
        for value, given, skills in zip(values, lists, read, strict=True)
    ]


def _are_objects(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _or_unfit(given: Any, read: Any) -> Any:
    return [{"skill": None, "level": None}] if given is not None and read is None else read


def _skill(item: Any) -> dict[str, Any]:
    """Return a skill that is given as an object; without a name, where it is none."""
    nothing = {"skill": None, "level": None}
    if not isinstance(item, dict) or not item.keys() <= nothing.keys():
        return nothing
    skill, level = item.get("skill"), item.get("level")
    fits = isinstance(skill, str) and is_sound(skill)
    return {"skill": skill, "level": level} if fits and _is_level(level) else nothing


def _is_level(value: Any) -> bool:
    return value is None or (type(value) is int and abs(value) < 2**31)


def is_sound(text: str) -> bool:
    """Return whether a text can be stored: JSON lets zero bytes and half characters pass."""
    return _UNFIT not in text and not any("\ud800" <= one <= "\udfff" for one in text)
