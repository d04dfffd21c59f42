"""Creating the database and keeping its schema up to date."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError, OperationalError

from hrreco.errors import WorkspaceError
from hrreco.store import dialect, trust_tables

ALL_TABLES = tuple(trust_tables.audit_chain.metadata.sorted_tables)
"""Of learning and of trust: those that others refer to come first."""

_REVISION = text("SELECT version_num FROM alembic_version")

HEAD = "0005"
"""The revision that this version of hrreco reads and writes."""


def ensure_schema(engine: Engine, path: Path) -> None:
    """Create or migrate the database, unless it is at `HEAD` already.

    Any number of processes may call this at once.

    Raises
    ------
    WorkspaceError
        When the file is no database, was written by a newer version of hrreco, or the disk is
        full (`DiskFullError`).
    """
    try:
        if _revision(engine) != HEAD:
            from filelock import FileLock

            with FileLock(f"{path}.lock"):
                if _revision(engine) != HEAD:
                    _migrate(engine, path)
    except (DatabaseError, sqlite3.Error) as error:
        raise dialect.failure(path, error) from error


def _revision(engine: Engine) -> str | None:
    try:
        with engine.connect() as connection:
            revision: str | None = connection.scalar(_REVISION)
            return revision
    except OperationalError:  # no such table yet; anything worse comes up again in `_migrate`
        return None


def _migrate(engine: Engine, path: Path) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    dialect.prepare(engine)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    with dialect.writer(engine).begin() as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, HEAD)
        except CommandError as error:
            raise WorkspaceError(
                f"{path}: written by another version of hrreco; update hrreco ({error})"
            ) from error
