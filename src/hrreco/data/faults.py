"""Lines of the quarantine while a table is being checked: which cell breaks which rule."""

from __future__ import annotations

import polars as pl

from hrreco.data.readers import ROW

LINES = {
    "row": pl.UInt32,
    "column": pl.String,
    "value": pl.String,
    "rule": pl.String,
    "message": pl.String,
}
"""The columns of such lines."""

Faults = list[pl.DataFrame]
"""Lines, in pieces. One row of a table may have several."""

_LONGEST_VALUE = 200


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
        The column at fault. Its value is quoted, up to 200 characters.
    message
        What is wrong with the value, or one such text for each row of `rows`.
    """
    broken = broken.fill_null(False)
    numbers = rows[ROW].filter(broken)
    values = _quoted(rows[column].filter(broken)) if column in rows.columns else None
    if isinstance(message, pl.Series):
        message = message.filter(broken)
    return pl.DataFrame({"row": numbers}).select(
        pl.col("row").cast(pl.UInt32),
        pl.lit(column, pl.String).alias("column"),
        pl.lit(values, pl.String).alias("value"),
        pl.lit(rule).alias("rule"),
        pl.lit(message).alias("message"),
    )


def joined(faults: Faults) -> pl.DataFrame:
    """Return all lines in one frame, in the order of rows and columns."""
    return pl.concat([pl.DataFrame(schema=LINES), *faults]).sort(
        "row", "column", maintain_order=True
    )


def _quoted(cells: pl.Series) -> pl.Series:
    if cells.dtype.is_nested() or cells.dtype == pl.Object:
        cells = pl.Series([None if cell is None else str(cell) for cell in cells.to_list()], dtype=pl.String)
    return cells.cast(pl.String, strict=False).str.head(_LONGEST_VALUE)
