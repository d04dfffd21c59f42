"""All that is particular to PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Table,
    TextClause,
    bindparam,
    column,
    create_engine,
    event,
    make_url,
    select,
    table,
    text,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DatabaseError, OperationalError, ProgrammingError

from hrreco.errors import DataError, HrrecoError, MissingExtraError, WorkspaceError
from hrreco.store.dialects.database import STILL_READ
from hrreco.store.dialects.postgres_errors import BUSY, NUL, explain
from hrreco.store.dialects.statements import or_replace
from hrreco.store.tables import metadata, written_columns

_CONNECTION = {
    "application_name": "hrreco",
    "connect_timeout": "10",
    # A server that has vanished from the network would be waited for a quarter of an hour.
    "tcp_user_timeout": "10000",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
}
"""What the address may set otherwise."""
_WRITES = 0x687272_0001
"""The number of the advisory lock of who writes."""
_PATIENCE = "60s"
_INCOMING = "hrreco_incoming"


class Postgres:
    """The database at an address without a password, which libpq finds by itself.

    Parameters
    ----------
    path
        Where the SQLite file would be: it must not be there, and key files lie beside.
    """

    no_table: type[Exception] = ProgrammingError

    def __init__(self, address: str, path: Path) -> None:
        if path.exists():
            raise WorkspaceError(
                f"{path}: holds rows, opt-outs and erasures that {address} would not know of; "
                "where nothing in it is needed any more, move it away"
            )
        self._address = address
        self.folder = path.parent

    def __str__(self) -> str:
        return self._address

    @cached_property
    def errors(self) -> tuple[type[Exception], ...]:
        """What its driver and SQLAlchemy raise."""
        import psycopg

        return DatabaseError, psycopg.Error

    def explain(self, error: Exception) -> HrrecoError:
        """Return what to raise for one of `errors`: what is wrong, and what helps."""
        return explain(str(self), error)

    def engine(self) -> Engine:
        """Return a new engine, which keeps connections open."""
        url = make_url(self._address).set(drivername="postgresql+psycopg")
        try:
            engine = create_engine(
                url.update_query_dict({**_CONNECTION, **url.query}),
                pool_pre_ping=True,  # a server that was started anew is no error
                max_overflow=-1,
                hide_parameters=True,
            )
        except ImportError:
            raise MissingExtraError(
                f"{self}: needs an extra; pip install 'hrreco[postgres]'"
            ) from None
        event.listen(engine, "begin", _begin)
        return engine

    def reader(self, engine: Engine) -> Engine:
        """Return the engine with transactions that see one state."""
        return engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    def writer(self, engine: Engine) -> Engine:
        """Return the engine with transactions that hold the right to write from their start.

        One lock for all, and not one for each person, since an ingest is about everybody: ten
        thousand locks are more than a server has room for. Who holds it is alone, so nothing
        changes between two statements, and no transaction is ever refused as not serial. In
        REPEATABLE READ they would see the state from before they waited.
        """
        return engine.execution_options(isolation_level="READ COMMITTED", hrreco_writes=True)

    @contextmanager
    def opening(self, engine: Engine) -> Iterator[None]:
        """Let the database be created or migrated, if it can hold every letter.

        Who migrates writes, and looks for the revision again once nobody else does.
        """
        with engine.connect() as connection:
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        if encoding != "UTF8":
            raise WorkspaceError(
                f"{self}: its encoding is {encoding}, which lacks letters; make it anew with: "
                "createdb --encoding=UTF8 --template=template0"
            )
        yield

    def migrated(self, connection: Connection) -> None:
        """Order texts by their bytes, and let no statistics hold samples of rows.

        An update of the server's locales can turn an index of texts wrong: who opted out would
        not be found in it. Texts ordered by their bytes need no locale.
        """
        ours = {"ours": _our_tables()}
        for changes in (_TEXTS_BY_BYTES, _NO_SAMPLES):
            for statement in connection.scalars(changes, ours).all():
                connection.exec_driver_sql(statement)

    def compact(self, engine: Engine) -> None:
        """Write all tables anew: a VACUUM that is not full leaves bytes where they were."""
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.detach()  # its time-out goes with it
            connection.exec_driver_sql(f"SET lock_timeout = '{_PATIENCE}'")
            try:
                connection.exec_driver_sql(f"VACUUM (FULL) {', '.join(_our_tables())}")
            except OperationalError as error:
                if getattr(error.orig, "sqlstate", None) != BUSY:
                    raise
                raise WorkspaceError(f"{self}: {STILL_READ}") from error


def _our_tables() -> list[str]:
    return [one.name for one in metadata.sorted_tables]


def _altered(change: str, where: str = "true") -> TextClause:
    """Return the query for the statements that change columns, one for each table."""
    return text(
        f"""
        SELECT format('ALTER TABLE %I %s', table_name, string_agg(
            format('ALTER COLUMN %I {change}', column_name), ', '))
        FROM information_schema.columns
        WHERE table_schema = current_schema() AND table_name IN :ours AND {where}
        GROUP BY table_name
        """
    ).bindparams(bindparam("ours", expanding=True))


_TEXTS_BY_BYTES = _altered(
    'TYPE text COLLATE "C"', "data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"
)
_NO_SAMPLES = _altered("SET STATISTICS 0")


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("hrreco_writes", False):
        lock(connection)


def lock(connection: Connection) -> None:
    """Wait until nobody else writes, until the end of the transaction."""
    connection.exec_driver_sql(
        f"SET LOCAL lock_timeout = '{_PATIENCE}';"
        # What is acknowledged is on disk, also where the server was told to be quicker.
        "SELECT set_config('synchronous_commit', 'on', true)"
        " WHERE current_setting('synchronous_commit') = 'off';"
        f"SELECT pg_advisory_xact_lock({_WRITES})"
    )


def upsert(connection: Connection, to: Table, columns: list[list[Any]]) -> int:
    """Insert rows, or replace those of the same key that differ; return how many it was.

    They are copied into a table of their own first: measured, a third of the time.
    """
    names = written_columns(to)
    listed = ", ".join(f'"{name}"' for name in names)
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE {_INCOMING} AS SELECT {listed} FROM {to.name} WITH NO DATA"
    )
    driver: Any = connection.connection.driver_connection
    with (
        _told_of_nul(to, columns),
        driver.cursor() as cursor,
        cursor.copy(f"COPY {_INCOMING} FROM STDIN") as copy,
    ):
        for row in zip(*columns, strict=True):
            copy.write_row(row)
    incoming = table(_INCOMING, *map(column, names))
    statement = postgresql.insert(to).from_select(names, select(incoming))
    done = connection.execute(
        or_replace(statement, to), execution_options={"preserve_rowcount": True}
    )
    connection.exec_driver_sql(f"DROP TABLE {_INCOMING}")
    return done.rowcount


@contextmanager
def _told_of_nul(to: Table, columns: list[list[Any]]) -> Iterator[None]:
    """Name the column of a text that PostgreSQL cannot hold."""
    import psycopg

    try:
        yield
    except psycopg.DataError:
        for name, values in zip(written_columns(to), columns, strict=True):
            if any(isinstance(value, str) and "\0" in value for value in values):
                raise DataError(f"{to.name}, column {name!r}: {NUL}") from None
        raise
