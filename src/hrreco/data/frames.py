"""Frames of polars, pandas and Arrow, as if they were files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from hrreco.data.readers import TableFile, named, numbered


def open_frame(table: str, frame: Any) -> TableFile:
    """Take a frame as a file that holds `table`.

    Raises
    ------
    DataError
        When it is no frame, or one name stands twice among its columns.
    """
    given = frame.collect() if isinstance(frame, pl.LazyFrame) else frame
    if not isinstance(given, pl.DataFrame):
        from hrreco.data.foreign_frames import ForeignFrame  # through narwhals, which takes long

        given = ForeignFrame(table, frame)
    theirs = given.columns
    names = named(table, [str(name) for name in theirs])
    own_name = dict(zip(names, theirs, strict=True))

    def read(wanted: Sequence[str]) -> pl.DataFrame:
        columns = {name: given.get_column(own_name[name]) for name in wanted}
        return numbered(pl.LazyFrame(columns)).collect()

    return TableFile(table, names, read)
