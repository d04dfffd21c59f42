"""Tables as CSV files in the form of the data contract."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl


def write_csv(table: pl.DataFrame, path: Path, more_rows: list[list[str]]) -> None:
    """Write `table` and then `more_rows`, which need not fit it."""
    with path.open("wb") as file:
        as_text(table).write_csv(file)
    if more_rows:
        with path.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(more_rows)


def as_text(table: pl.DataFrame) -> pl.DataFrame:
    """Return the table with lists, levels and times as the contract writes them.

    Examples
    --------
    >>> as_text(pl.DataFrame({"tags": [["a", "b"], []]}))["tags"].to_list()
    ['a|b', None]
    """
    return table.with_columns(_written(name, dtype) for name, dtype in table.schema.items())


def _written(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(dtype, pl.Datetime):
        return column.dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(dtype, pl.List):
        filled = pl.when(column.list.len() > 0).then(column)
        return filled.list.eval(_cell(dtype.inner)).list.join("|").alias(name)
    return column


def _cell(dtype: object) -> pl.Expr:
    """Return one entry of a list as text: ``sql:2`` for a skill with a level."""
    if not isinstance(dtype, pl.Struct):
        return pl.element()
    level = pl.element().struct.field("level").cast(pl.String)
    return pl.concat_str(pl.element().struct.field("skill"), level, separator=":")
