"""What differs between databases: SQLite, a file in the workspace, and PostgreSQL, a server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table

from hrreco.store.dialects import postgres, sqlite
from hrreco.store.dialects.database import Database

__all__ = ["Database", "database_at", "upsert"]

_UPSERTS = {"sqlite": sqlite.upsert, "postgresql": postgres.upsert}


def database_at(path: Path, address: str | None) -> Database:
    """Return the PostgreSQL database at `address`, or the SQLite file at `path` without one."""
    if address is None:
        return sqlite.SQLite(path)
    return postgres.Postgres(address, path)


def upsert(connection: Connection, table: Table, columns: list[list[Any]]) -> int:
    """Insert rows, or replace those of the same key that differ; return how many it was.

    Takes the values of each of `tables.written_columns`; no two rows have the same key.
    """
    return _UPSERTS[connection.dialect.name](connection, table, columns)
