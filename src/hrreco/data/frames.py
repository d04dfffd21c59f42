"""Frames of polars, pandas and Arrow, as if they were files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from hrreco.data.readers import TableFile, named, numbered
from hrreco.errors import DataError

_NO_ONE_KIND = (TypeError, ValueError, ArithmeticError, NotImplementedError)
"""What pandas and Arrow raise, each in its own way, at cells that do not go together."""


def open_frame(table: str, frame: Any) -> TableFile:
    """Take a frame as a file that holds `table`.

    Raises
    ------
    DataError
        When it is no frame, or one name stands twice among its columns.
    """
    try:
        given = nw.from_native(frame)
        eager = given.collect() if isinstance(given, nw.LazyFrame) else given
        theirs = eager.columns
    except TypeError:
        message = f"{table}: give a frame of polars, pandas or Arrow, not {type(frame).__name__}"
        raise DataError(message) from None
    except nw.exceptions.DuplicateError:
        theirs = getattr(frame, "column_names", None) or list(frame.columns)
    names = named(table, [str(name) for name in theirs])
    own_name = dict(zip(names, theirs, strict=True))

    def read(wanted: Sequence[str]) -> pl.DataFrame:
        columns = {name: _column(table, eager.get_column(own_name[name])) for name in wanted}
        return numbered(pl.LazyFrame(columns)).collect()

    return TableFile(table, names, read)


def _column(table: str, cells: nw.Series[Any]) -> pl.Series:
    """Return cells as polars holds them, and as texts what polars has no kind for."""
    try:
        plain = cells.to_polars()
    except _NO_ONE_KIND:
        return _texts(table, cells)
    of_pandas = cells.implementation.is_pandas_like()
    return _texts(table, cells) if of_pandas and _is_foreign(plain) else plain


def _is_foreign(cells: pl.Series) -> bool:
    """Return whether only the numbers behind the cells are left, as of the periods of pandas."""
    return isinstance(cells.dtype, pl.BaseExtension)


def _texts(table: str, cells: nw.Series[Any]) -> pl.Series:
    texts: list[str | None] = []
    for row, (cell, missing) in enumerate(zip(cells, cells.is_null(), strict=True), start=2):
        if not missing and isinstance(cell, Collection) and not isinstance(cell, str):
            raise DataError(
                f"{table}: the column {cells.name!r} holds a {type(cell).__name__} in row {row} "
                "beside values of another kind; give all of them the same"
            )
        texts.append(None if missing else _text(cell))
    return pl.Series(texts, dtype=pl.String)


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
