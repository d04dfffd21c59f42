"""The SQLite file of a workspace's MLflow store: made once, whole, and moved with its folder.

MLflow writes absolute paths into its tables. They are put right with one statement per column
before the first write to a store that is found in another folder than it was made in, so that a
moved workspace writes into its new folder, and a copy never into the original's.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from hrreco.errors import WorkspaceError
from hrreco.tracking._mlflow import load_mlflow, mlflow_errors

_PATHS = (
    ("experiments", "artifact_location"),
    ("runs", "artifact_uri"),
    ("logged_models", "artifact_location"),
    ("model_versions", "source"),
    ("model_versions", "storage_location"),
)


def sqlite_uri(database: Path) -> str:
    """Return the address of an SQLite file as MLflow wants it."""
    return f"sqlite:///{database}"


def artifact_root(database: Path) -> Path | None:
    """Return the folder that MLflow writes artefacts to; None where there is no store yet.

    It is read from the experiment that every store has from the start, number 0. Takes under a
    millisecond and does not import MLflow.

    Raises
    ------
    WorkspaceError
        When the file is not a store of MLflow's.
    """
    if not database.exists():
        return None
    query = "SELECT artifact_location FROM experiments WHERE experiment_id = 0"
    try:
        with closing(sqlite3.connect(database, timeout=60)) as connection:
            (location,) = connection.execute(query).fetchone()
    except (sqlite3.DatabaseError, TypeError):
        raise WorkspaceError(
            f"{database} is not an MLflow store; move it away, "
            "and the next training makes a new one"
        ) from None
    return Path(location).parent


def create(database: Path, artifacts: Path) -> None:
    """Make an empty store; call it under the store's lock.

    It is made under another name and then renamed: a process that is killed on the way leaves
    nothing that looks like a store.
    """
    unfinished = database.with_name(f".{database.name}.unfinished")
    for leftover in database.parent.glob(f"{unfinished.name}*"):
        leftover.unlink()
    store_class = load_mlflow().store.tracking.sqlalchemy_store.SqlAlchemyStore
    with mlflow_errors(f"creating its store in {database.parent}"):
        store = store_class(sqlite_uri(unfinished), str(artifacts))
    store.engine.dispose()
    with closing(sqlite3.connect(unfinished)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    unfinished.replace(database)


def adopt(database: Path, old: Path, new: Path) -> None:
    """Make every path under `old` one under `new`, in one transaction."""
    with closing(sqlite3.connect(database, timeout=60)) as connection, connection:
        for table, column in _PATHS:
            connection.execute(
                f"UPDATE {table} SET {column} = :new || substr({column}, length(:old) + 1) "
                f"WHERE {column} = :old OR substr({column}, 1, length(:old) + 1) = :old || '/'",
                {"old": str(old), "new": str(new)},
            )
