"""Lines of the quarantine while a table is being checked: which cell breaks which rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from hrreco.data.moments import beyond_calendar
from hrreco.data.readers import ROW

if TYPE_CHECKING:
    from polars._typing import PolarsDataType

LINES = {"row": pl.UInt32, "column": pl.String, "rule": pl.String, "message": pl.String}
"""The columns of such lines; the values are looked up when all is done (`with_values`)."""

Faults = list[pl.DataFrame]
"""Lines, in pieces. One row of a table may have several."""

_LONGEST_VALUE = 200
_LISTED = 10


def fault_lines(
    rows: pl.DataFrame,
    broken: pl.Series,
    *,
    rule: str,
    message: str | pl.Series,
    column: str | None = None,
) -> pl.DataFrame:
    """Return a line for each row of `rows` where `broken` is true; null counts as false.

    Parameters
    ----------
    column
        The column at fault, if it is one.
    message
        What is wrong with the value, or one such text for each row of `rows`.
    """
    broken = broken.fill_null(False)
    if isinstance(message, pl.Series):
        message = message.filter(broken)
    return pl.DataFrame({"row": rows[ROW].filter(broken)}, schema={"row": pl.UInt32}).with_columns(
        pl.lit(column, pl.String).alias("column"),
        pl.lit(rule).alias("rule"),
        pl.lit(message).alias("message"),
    )


def code_hint(table: str, column: str) -> str:
    """Return what to do about a code that is not understood, as the end of a message."""
    return f"; say what it means under [{table}.values.{column}] in a mapping file"


def such_values(column: str, values: pl.Series, *, named: str | None) -> str:
    """Return all values of a column that break a rule, as the end of a message.

    Parameters
    ----------
    values
        The value of each row that breaks it.
    named
        What the message names already: if it is the only one, there is nothing to add.

    Examples
    --------
    >>> such_values("kind", pl.Series(["b", "a", "b"]), named="b")
    " (all such values of kind: 'b' 2, 'a' 1)"
    """
    if set(values.unique()) <= {named}:
        return ""
    return f" (all such values of {column}: {listed(values)})"


def listed(values: pl.Series) -> str:
    """Return the distinct values with their counts, the commonest first, ten at most."""
    counts = values.drop_nulls().rename("value").value_counts()
    counts = counts.sort("count", "value", descending=[True, False])
    shown = ", ".join(f"{value!r} {count:,}" for value, count in counts.head(_LISTED).rows())
    more = len(counts) - _LISTED
    return f"{shown} and {more:,} more" if more > 0 else shown


def joined(faults: Faults) -> pl.DataFrame:
    """Return all lines in one frame, each once, in the order of rows and columns."""
    lines = pl.concat([pl.DataFrame(schema=LINES), *faults]).unique(maintain_order=True)
    return lines.sort("row", "column", maintain_order=True)


def with_values(lines: pl.DataFrame, given: pl.DataFrame) -> pl.DataFrame:
    """Put beside each line the cell it is about, as it was `given`, up to 200 characters."""
    pieces = [pl.DataFrame(schema={**LINES, "value": pl.String})]
    for (column,), part in lines.group_by("column"):
        if column in given.columns:
            given_there = given.rename({ROW: "row"}).join(part, on="row", how="semi")
            cells = given_there.select("row", _quoted(given_there[str(column)]).alias("value"))
            pieces.append(part.join(cells.unique(), on="row", how="left"))
        else:
            pieces.append(part.with_columns(pl.lit(None, pl.String).alias("value")))
    return pl.concat(pieces).sort("row", "column", "rule", maintain_order=True)


def _quoted(cells: pl.Series) -> pl.Series:
    """Return cells as texts, also those of a kind that polars has no text for."""
    if isinstance(cells.dtype, pl.BaseExtension):
        cells = cells.ext.storage()
    if cells.dtype.is_nested() or cells.dtype in (pl.Object, pl.Binary):
        plain = cells.to_physical() if _holds_moments(cells.dtype) else cells
        texts = [None if cell is None else str(cell)[:_LONGEST_VALUE] for cell in plain.to_list()]
        cells = pl.Series(texts, dtype=pl.String)
    elif isinstance(cells.dtype, pl.Duration):
        cells = cells.dt.to_string("polars")
    elif beyond_calendar(cells).any():
        cells = cells.to_physical()
    return cells.cast(pl.String, strict=False).str.head(_LONGEST_VALUE)


def _holds_moments(dtype: PolarsDataType) -> bool:
    if isinstance(dtype, pl.List | pl.Array):
        return _holds_moments(dtype.inner)
    if isinstance(dtype, pl.Struct):
        return any(_holds_moments(field.dtype) for field in dtype.fields)
    return dtype.is_temporal()
