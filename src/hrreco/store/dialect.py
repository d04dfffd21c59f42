"""All that is particular to SQLite."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, or_
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError

from hrreco.store.tables import merge_keys, written_columns

_BUSY_SECONDS = 60
_CACHE_KIB = 128 * 1024
_PRAGMAS = (
    "foreign_keys = ON",
    "synchronous = FULL",  # what was acknowledged survives a power cut
    "secure_delete = ON",
    f"cache_size = -{_CACHE_KIB}",
)


def create(path: Path) -> Engine:
    """Return an engine for the file at `path`; a transaction of it reads one state."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        # The driver would begin transactions late and as it likes; `_begin` does it instead.
        connect_args={"timeout": _BUSY_SECONDS, "isolation_level": None},
        max_overflow=-1,
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def writer(engine: Engine) -> Engine:
    """Return the engine with transactions that hold the right to write from their start."""
    return engine.execution_options(hrreco_writes=True)


def _configure(driver_connection: Any, _record: object) -> None:
    for pragma in _PRAGMAS:
        driver_connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("hrreco_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def prepare(engine: Engine) -> None:
    """Let readers and a writer work at once. Kept in the file; call it when it is created."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def is_busy(error: DBAPIError) -> bool:
    """Return whether another process held the file for longer than one waits."""
    return "locked" in str(error.orig)


def upsert(table: Table) -> str:
    """Return the SQL that inserts a row, or replaces the one of the same key if it differs.

    It takes values in the order of `tables.written_columns`.
    """
    written, keys = written_columns(table), merge_keys(table)
    statement = insert(table)
    given = {name: statement.excluded[name] for name in written if name not in keys}
    compared = [name for name in given if name != "ingest_seq"]
    statement = statement.on_conflict_do_update(
        index_elements=keys,
        set_=given,
        where=or_(*(table.c[name].is_distinct_from(given[name]) for name in compared)),
    )
    return str(statement.compile(dialect=sqlite.dialect(), column_keys=written))
