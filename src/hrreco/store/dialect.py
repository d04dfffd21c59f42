"""All that is particular to SQLite."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, or_
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from hrreco.errors import DiskFullError, WorkspaceError
from hrreco.settings import is_disk_full
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
    """Return an engine for the file at `path`; a transaction of it reads one state.

    Where the file or its folder may not be written, the engine only reads.
    """
    if not _may_write(path):
        return _reader(path)
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        # The driver would begin transactions late and as it likes; `_begin` does it instead.
        connect_args={"timeout": _BUSY_SECONDS, "isolation_level": None},
        max_overflow=-1,
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _may_write(path: Path) -> bool:
    # Whether it is there is asked first: another process may make it between the two questions.
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def _reader(path: Path) -> Engine:
    """Return an engine for a file that may be read only.

    WAL wants to write even to read. A file that nobody has open can be read without, as one that
    does not change; whether that is so is asked anew for each transaction, since somebody else
    may be allowed to write.
    """
    if not path.exists():
        raise WorkspaceError(f"{path}: cannot be made; {path.parent} may not be written")

    def connect() -> sqlite3.Connection:
        in_use = path.with_name(f"{path.name}-wal").exists()
        address = f"{path.absolute().as_uri()}?mode=ro{'' if in_use else '&immutable=1'}"
        return sqlite3.connect(address, timeout=_BUSY_SECONDS, isolation_level=None, uri=True)

    def begin(connection: Connection) -> None:
        if _writes(connection):
            raise WorkspaceError(
                f"{path}: may be read only; ask for the right to write the file and its folder"
            )
        connection.exec_driver_sql("BEGIN")

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", begin)
    return engine


def writer(engine: Engine) -> Engine:
    """Return the engine with transactions that hold the right to write from their start."""
    return engine.execution_options(hrreco_writes=True)


def _configure(driver_connection: Any, _record: object) -> None:
    for pragma in _PRAGMAS:
        driver_connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("hrreco_writes", False))


def prepare(engine: Engine) -> None:
    """Let readers and a writer work at once. Kept in the file; call it when it is created."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def compact(engine: Engine) -> None:
    """Rewrite the file and empty its journal, so that no byte is left of what was deleted.

    Raises
    ------
    OperationalError
        When somebody reads for longer than one waits.
    """
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM")
        blocked, _, _ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if blocked:
            raise sqlite3.OperationalError("database is locked: somebody reads it")
    finally:
        connection.close()


def failure(path: Path, error: Exception) -> WorkspaceError:
    """Return what to raise for a database that failed: what is wrong, and what helps."""
    cause = getattr(error, "orig", error)
    if is_disk_full(error, path.parent):
        return DiskFullError(f"{path}: the disk is full; free some space ({cause})")
    return WorkspaceError(
        f"{path}: the database cannot be used ({cause}); put back a copy of it. A new workspace "
        "would know of nobody who opted out or was erased"
    )


def is_busy(error: DBAPIError) -> bool:
    """Return whether another process held the file for longer than one waits."""
    return "locked" in str(error.orig)


def upsert(table: Table) -> str:
    """Return the SQL that inserts a row, or replaces the one of the same key if it differs.

    It takes values in the order of `tables.written_columns`.
    """
    written, keys = written_columns(table), merge_keys(table)
    statement = insert(table)
    kept = {*keys, "first_seq"}
    given = {name: statement.excluded[name] for name in written if name not in kept}
    compared = [name for name in given if name != "ingest_seq"]
    statement = statement.on_conflict_do_update(
        index_elements=keys,
        set_=given,
        where=or_(*(table.c[name].is_distinct_from(given[name]) for name in compared)),
    )
    return str(statement.compile(dialect=sqlite.dialect(), column_keys=written))
