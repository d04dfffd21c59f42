"""Between polars frames and the plain values that a database holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import polars as pl
from sqlalchemy import Column, ColumnElement, Connection, Table, select

from hrreco.store.keys import row_keys
from hrreco.store.tables import contract_columns, row_key_column

_WRITTEN_AT_ONCE = 20_000
_FETCHED_AT_ONCE = 1_000  # larger chunks leave the processor's cache: measured, half the speed


def stored_columns(frame: pl.DataFrame, table: Table, seq: int) -> Iterator[list[list[Any]]]:
    """Yield the values of a frame of the data contract, some thousand rows at once.

    Columns are in the order of `tables.written_columns`.
    """
    names = [column.name for column in contract_columns(table)]
    for chunk in frame.select(names).iter_slices(_WRITTEN_AT_ONCE):
        values = [_stored(column) for column in chunk.iter_columns()]
        keys = [] if row_key_column(table) is None else [row_keys(chunk)]
        seqs = [seq] * chunk.height
        yield [*keys, *values, seqs, seqs]  # first and last written


def _stored(column: pl.Series) -> list[Any]:
    if column.dtype == pl.List:
        return [
            None if items is None else json.dumps(items, ensure_ascii=False)
            for items in column.to_list()
        ]
    if column.dtype.is_temporal():
        return column.to_physical().to_list()
    return column.to_list()


def read_columns(
    connection: Connection, columns: Sequence[Column[Any]], *where: ColumnElement[bool]
) -> pl.DataFrame:
    """Return columns of one table as a frame of the data contract, in the order of writing."""
    schema = schema_of(columns)
    cursor = connection.execute(select(*columns).where(*where)).cursor
    frames = [schema.to_frame()]
    while rows := cursor.fetchmany(_FETCHED_AT_ONCE):
        frames.append(frame_of(rows, schema))
    return pl.concat(frames, rechunk=True)


def schema_of(columns: Iterable[Column[Any]]) -> pl.Schema:
    """Return the dtypes of columns of the data contract."""
    return pl.Schema({column.name: column.info["dtype"] for column in columns})


def frame_of(rows: Sequence[tuple[Any, ...]], schema: pl.Schema) -> pl.DataFrame:
    """Return stored rows, at least one, as a frame of the data contract."""
    return pl.DataFrame(
        [
            _canonical(name, values, dtype)
            for (name, dtype), values in zip(schema.items(), zip(*rows, strict=True), strict=True)
        ]
    )


def _canonical(name: str, values: tuple[Any, ...], dtype: pl.DataType) -> pl.Series:
    if dtype == pl.List:
        return pl.Series(name, values, dtype=pl.String).str.json_decode(dtype)
    if dtype.is_temporal() or dtype == pl.Boolean:
        return pl.Series(name, values, dtype=pl.Int64).cast(dtype)
    return pl.Series(name, values, dtype=dtype)
