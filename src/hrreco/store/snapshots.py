"""What answers were made with, kept once for all of them, and when each was needed last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import polars as pl
from sqlalchemy import Connection, delete, insert, select, update

from hrreco.store.tables import LEARNING, contract_columns
from hrreco.store.trust_tables import answer_inputs, snapshots

Input = Literal["bundle", "snapshot"]


def columns_of(frame: pl.DataFrame) -> dict[str, list[Any]]:
    """Return a frame of the data contract as plain JSON values."""
    return {
        column.name: (column.to_physical() if column.dtype.is_temporal() else column).to_list()
        for column in frame.iter_columns()
    }


def frame_of(table: str, columns: Mapping[str, list[Any]]) -> pl.DataFrame:
    """Return the frame that such values were made from."""
    schema = {column.name: column.info["dtype"] for column in contract_columns(LEARNING[table])}
    return pl.DataFrame(
        [
            pl.Series(name, values, _physical(schema[name])).cast(schema[name])
            for name, values in columns.items()
        ]
    )


def _physical(dtype: pl.DataType) -> pl.DataType:
    return pl.Series([], dtype=dtype).to_physical().dtype if dtype.is_temporal() else dtype


def keep_snapshot(connection: Connection, digest: bytes, content: bytes) -> None:
    """Write a snapshot, unless it is there."""
    if read_snapshot(connection, digest) is None:
        connection.execute(insert(snapshots).values(digest=digest, content=content))


def read_snapshot(connection: Connection, digest: bytes) -> bytes | None:
    """Return the content of a snapshot; None where it is not kept."""
    return connection.scalar(select(snapshots.c.content).where(snapshots.c.digest == digest))


def note_used(connection: Connection, kind: Input, used: Mapping[str, int]) -> None:
    """Note when inputs were used last, by name; takes a writing transaction."""
    for name, at in used.items():
        row = (answer_inputs.c.kind == kind) & (answer_inputs.c.name == name)
        known = connection.scalar(select(answer_inputs.c.used_at).where(row))
        if known is None:
            connection.execute(insert(answer_inputs).values(kind=kind, name=name, used_at=at))
        elif known < at:
            connection.execute(update(answer_inputs).where(row).values(used_at=at))


def used_since(connection: Connection, kind: Input, at: int) -> frozenset[str]:
    """Return the names of the inputs that were used at a moment or later."""
    recent = (answer_inputs.c.kind == kind) & (answer_inputs.c.used_at >= at)
    return frozenset(connection.scalars(select(answer_inputs.c.name).where(recent)))


def unused_snapshots(connection: Connection, at: int) -> list[bytes]:
    """Return the digests of the snapshots that were used before a moment only."""
    recent = used_since(connection, "snapshot", at)
    return [
        one for one in connection.scalars(select(snapshots.c.digest)) if one.hex() not in recent
    ]


def drop_unused(connection: Connection, at: int) -> None:
    """Delete the snapshots that were used before a moment only, and the notes of such uses."""
    for digest in unused_snapshots(connection, at):
        connection.execute(delete(snapshots).where(snapshots.c.digest == digest))
    connection.execute(delete(answer_inputs).where(answer_inputs.c.used_at < at))
