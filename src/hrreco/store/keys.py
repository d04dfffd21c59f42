"""Keys of rows whose id may be missing: a hash of the id, else of all columns."""

from __future__ import annotations

from hashlib import blake2b

import polars as pl

_BYTES = 16
_NULL = "~"


def row_keys(frame: pl.DataFrame) -> list[bytes]:
    """Return the key of each row: 16 bytes.

    The first column of `frame` is the id. Rows with equal ids have equal keys, and so have rows
    without an id that are equal in all other columns.
    """
    by_id, *others = frame.columns
    text = frame.select(
        pl.when(pl.col(by_id).is_null())
        .then(pl.concat_str(_as_text(name, frame.schema[name]) for name in others))
        .otherwise(pl.concat_str(pl.lit("="), by_id))
    ).to_series()
    return [blake2b(row.encode(), digest_size=_BYTES).digest() for row in text]


def _as_text(name: str, dtype: pl.DataType) -> pl.Expr:
    """Return a column as text that no two different values, or rows of values, share."""
    column = pl.col(name)
    if dtype == pl.String:
        text = pl.concat_str(column.str.len_bytes(), pl.lit(":"), column)
    elif dtype == pl.Float64:
        text = pl.concat_str(column.reinterpret(signed=True), pl.lit(";"))
    else:
        text = pl.concat_str(column.to_physical(), pl.lit(";"))
    return text.fill_null(_NULL)
