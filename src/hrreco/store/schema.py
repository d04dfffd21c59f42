"""Creating the database and keeping its schema up to date."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, text

from hrreco.errors import WorkspaceError
from hrreco.store import trust_tables
from hrreco.store.dialects import Database

ALL_TABLES = tuple(trust_tables.audit_chain.metadata.sorted_tables)
"""Of learning and of trust: those that others refer to come first."""

_REVISION = text("SELECT version_num FROM alembic_version")

HEAD = "0007"
"""The revision that this version of hrreco reads and writes."""


def ensure_schema(engine: Engine, database: Database) -> None:
    """Create or migrate the tables, unless they are at `HEAD` already.

    Any number of processes may call this at once.

    Raises
    ------
    WorkspaceError
        When the database cannot be used, or was written by a newer version of hrreco.
    """
    try:
        if _revision(engine, database) != HEAD:
            with database.opening(engine):
                if _revision(engine, database) != HEAD:
                    _migrate(engine, database)
    except database.errors as error:
        raise database.explain(error) from error


def _revision(engine: Engine, database: Database) -> str | None:
    try:
        with engine.connect() as connection:
            revision: str | None = connection.scalar(_REVISION)
            return revision
    except database.no_table:  # anything worse comes up again in `_migrate`
        return None


def _migrate(engine: Engine, database: Database) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    with database.writer(engine).begin() as connection:
        config.attributes["connection"] = connection
        config.attributes["after_each"] = lambda **_: database.migrated(connection)
        try:
            command.upgrade(config, HEAD)
        except CommandError as error:
            raise WorkspaceError(
                f"{database}: written by another version of hrreco; update hrreco ({error})"
            ) from error
