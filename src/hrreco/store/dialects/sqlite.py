"""All that is particular to SQLite."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import NullPool

from hrreco.errors import DataError, DiskFullError, HrrecoError, WorkspaceError
from hrreco.settings import is_disk_full
from hrreco.store.dialects.database import STILL_READ
from hrreco.store.dialects.statements import or_replace
from hrreco.store.tables import written_columns

_BUSY_SECONDS = 60
_CACHE_KIB = 128 * 1024
_PRAGMAS = (
    "foreign_keys = ON",
    "synchronous = FULL",  # what was acknowledged survives a power cut
    "secure_delete = ON",
    f"cache_size = -{_CACHE_KIB}",
)


class SQLite:
    """The database in the file at `path`; it is only read where it may not be written."""

    errors: tuple[type[Exception], ...] = (DatabaseError, sqlite3.Error)
    no_table: type[Exception] = OperationalError

    def __init__(self, path: Path) -> None:
        self._path = path
        self.folder = path.parent

    def __str__(self) -> str:
        return str(self._path)

    def explain(self, error: Exception) -> HrrecoError:
        """Return what to raise for a database that failed: what is wrong, and what helps."""
        cause = getattr(error, "orig", error)
        if isinstance(cause, sqlite3.IntegrityError):
            return DataError(
                "a row names an employee or course that is not stored, perhaps because someone "
                "was erased while the export was read; ingest it again"
            )
        if "locked" in str(cause):
            return WorkspaceError(f"{self}: another process is writing for too long; try again")
        if is_disk_full(error, self.folder):
            return DiskFullError(f"{self}: the disk is full; free some space ({cause})")
        return WorkspaceError(
            f"{self}: the database cannot be used ({cause}); put back a copy of it. A new "
            "workspace would know of nobody who opted out or was erased"
        )

    def engine(self) -> Engine:
        """Return a new engine, which keeps connections open."""
        if not _may_write(self._path):
            return _read_only(self._path)
        if not self._path.exists():
            self._path.touch(0o600)  # which SQLite gives to the journals beside it, too
        engine = create_engine(
            URL.create("sqlite", database=str(self._path)),
            # The driver would begin transactions late and as it likes; `_begin` does it instead.
            connect_args={"timeout": _BUSY_SECONDS, "isolation_level": None},
            max_overflow=-1,
        )
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
        return engine

    def reader(self, engine: Engine) -> Engine:
        """Return the engine with transactions that see one state: all of SQLite's do."""
        return engine

    def writer(self, engine: Engine) -> Engine:
        """Return the engine with transactions that hold the right to write from their start."""
        return engine.execution_options(hrreco_writes=True)

    @contextmanager
    def opening(self, engine: Engine) -> Iterator[None]:
        """Let one process at a time create or migrate the file."""
        from filelock import FileLock

        with FileLock(f"{self._path}.lock"):
            # Kept in the file; with it, readers work beside a writer.
            _at_once(engine, "PRAGMA journal_mode = WAL")
            yield

    def migrated(self, connection: Connection) -> None:
        """Do nothing: migrations leave nothing to be seen to."""

    def compact(self, engine: Engine) -> None:
        """Rewrite the file and empty its journal, so that no byte is left of what was deleted."""
        try:
            _at_once(engine, "VACUUM")
            blocked = _at_once(engine, "PRAGMA wal_checkpoint(TRUNCATE)")[0]
        except sqlite3.OperationalError as error:
            blocked = "locked" in str(error)
            if not blocked:
                raise
        if blocked:
            raise WorkspaceError(f"{self}: {STILL_READ}")


def _may_write(path: Path) -> bool:
    # Whether it is there is asked first: another process may make it between the two questions.
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def _read_only(path: Path) -> Engine:
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


def _configure(driver_connection: Any, _record: object) -> None:
    for pragma in _PRAGMAS:
        driver_connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # As in `Statement`: a tenth of what SQLAlchemy takes to hand it on.
    how = "BEGIN IMMEDIATE" if _writes(connection) else "BEGIN"
    connection.connection.cursor().execute(how)


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("hrreco_writes", False))


def _at_once(engine: Engine, statement: str) -> Any:
    """Execute a statement outside of transactions; return the row it answers, if any."""
    connection = engine.raw_connection()
    try:
        return connection.cursor().execute(statement).fetchone()
    finally:
        connection.close()


def upsert(connection: Connection, table: Table, columns: list[list[Any]]) -> int:
    """Insert rows, or replace those of the same key that differ; return how many it was."""
    statement = or_replace(sqlite.insert(table), table)
    compiled = statement.compile(dialect=connection.dialect, column_keys=written_columns(table))
    done = connection.exec_driver_sql(
        str(compiled),
        list(zip(*columns, strict=True)),
        execution_options={"preserve_rowcount": True},
    )
    return done.rowcount
