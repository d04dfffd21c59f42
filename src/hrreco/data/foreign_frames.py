"""Frames of pandas and Arrow, as polars holds their cells."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from hrreco.errors import DataError

_NO_ONE_KIND = (TypeError, ValueError, ArithmeticError, NotImplementedError)
"""What pandas and Arrow raise, each in its own way, at cells that do not go together."""


class ForeignFrame:
    """A frame that is not of polars, read column by column as if it were.

    Parameters
    ----------
    table
        What errors call it.

    Attributes
    ----------
    columns
        The names of its columns, which need be neither texts nor different.

    Raises
    ------
    DataError
        When it is no frame.
    """

    def __init__(self, table: str, frame: Any) -> None:
        self._table = table
        try:
            given = nw.from_native(frame)
            self._eager = given.collect() if isinstance(given, nw.LazyFrame) else given
            self.columns: Sequence[Any] = self._eager.columns
        except TypeError:
            kind = type(frame).__name__
            message = f"{table}: give a frame of polars, pandas or Arrow, not {kind}"
            raise DataError(message) from None
        except nw.exceptions.DuplicateError:
            self.columns = getattr(frame, "column_names", None) or list(frame.columns)

    def get_column(self, name: Any) -> pl.Series:
        """Return cells as polars holds them, and as texts what polars has no kind for."""
        cells = self._eager.get_column(name)
        try:
            plain = cells.to_polars()
        except _NO_ONE_KIND:
            return _texts(self._table, cells)
        of_pandas = cells.implementation.is_pandas_like()
        return _texts(self._table, cells) if of_pandas and _is_foreign(plain) else plain


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
