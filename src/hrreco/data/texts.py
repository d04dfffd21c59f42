"""Cells of any type as texts, as all ids are read; apart from what needs the tables' schemas."""

from __future__ import annotations

import polars as pl


def as_text(cells: pl.Series) -> pl.Series:
    """Return cells as texts: whole numbers without ``.0``, null where that is not possible."""
    if cells.dtype == pl.String:
        return cells
    if cells.dtype.is_float():
        whole = (cells == cells.floor()) & (cells.abs() < 2**53)
        digits = cells.cast(pl.Int64, strict=False).cast(pl.String)
        return digits.zip_with(whole.fill_null(False), cells.cast(pl.String))
    if cells.dtype.is_nested() or cells.dtype == pl.Object:
        return pl.Series(cells.name, [None], pl.String).new_from_index(0, len(cells))
    try:
        texts = cells.cast(pl.String, strict=False).str.strip_chars()
    except pl.exceptions.PolarsError:  # a type that has no text at all, such as a duration
        return pl.Series(cells.name, [None], pl.String).new_from_index(0, len(cells))
    return texts.set(texts == "", None)
