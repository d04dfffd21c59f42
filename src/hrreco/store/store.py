"""The store: all tables of one company in one database."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import Self

import polars as pl
from sqlalchemy import Connection, Engine, func, select

from hrreco.data.attributes import FairnessAttributes
from hrreco.data.known import Known
from hrreco.data.learning_data import LearningData
from hrreco.data.records import EmployeeRecord
from hrreco.errors import WorkspaceError
from hrreco.settings import Settings
from hrreco.store import esco, provenance
from hrreco.store.dialects import Database, database_at
from hrreco.store.merge import IngestResult
from hrreco.store.provenance import Changed
from hrreco.store.pseudonyms import Pseudonyms
from hrreco.store.reading import read_all, read_known, read_role_skills, read_table
from hrreco.store.record import knows_employee, read_employee
from hrreco.store.schema import ensure_schema
from hrreco.store.statement import Statement
from hrreco.store.tables import (
    courses,
    fairness_attributes,
    ingests,
    role_skills,
    sessions,
)
from hrreco.store.tombstones import buried

_PATIENCE_SECONDS = 60.0
_LAST_INGEST = Statement(select(func.max(ingests.c.seq)))


class Store:
    """All tables of one company, opened with `Store.open`.

    Any number of threads and processes may read while one writes; writers wait for each other.
    What a method has changed is on disk when it returns, whole or not at all.

    Examples
    --------
    >>> import tempfile
    >>> with Store.open(Path(tempfile.mkdtemp()) / "hrreco.db") as store:
    ...     store.last_ingest()
    0
    """

    def __init__(self, engine: Engine, database: Database) -> None:
        self._engine = engine
        self._reader = database.reader(engine)
        self._writer = database.writer(engine)
        self._database = database
        self._state = threading.local()
        self._turn = threading.Lock()
        self.pseudonyms = Pseudonyms(database.folder)
        # Python 3.13 warns of connections that are left to the garbage collector.
        weakref.finalize(self, engine.dispose)

    @classmethod
    def open(cls, path: Path, address: str | None = None) -> Self:
        """Open a database; create its tables, or bring them up to date, where needed.

        Parameters
        ----------
        path
            Of the SQLite file. Key files lie beside it.
        address
            Of a PostgreSQL database to use instead, such as ``postgresql://hrreco@db/hrreco``.

        Raises
        ------
        WorkspaceError
            When there is no such folder, the file is no database, it was written by a newer
            version of hrreco, or the disk is full (`DiskFullError`); when the server cannot be
            reached, lets nobody in, or lacks a right.
        MissingExtraError
            When there is an address, and the extra ``postgres`` is not installed.
        """
        if not path.parent.is_dir():
            raise WorkspaceError(f"{path.parent}: no such folder; create it first")
        database = database_at(path, address)
        engine = database.engine()
        try:
            ensure_schema(engine, database)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, database)

    def close(self) -> None:
        """Close all connections to the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, settings: Settings | None = None, *, up_to: int | None = None) -> LearningData:
        """Return all tables, as of one moment.

        Parameters
        ----------
        up_to
            Leave out the rows that were not yet there after the ingest of this number. Those that
            changed since are as they are now: see `changed_since`.
        """
        with self.reading() as connection:
            return read_all(connection, settings or Settings(), up_to)

    def fairness_attributes(self) -> FairnessAttributes:
        """Return the attributes of people that audits of fairness look at."""
        with self.reading() as connection:
            return FairnessAttributes(read_table(connection, fairness_attributes))

    def changed_since(self, seq: int) -> Changed:
        """Return which people and courses have rows that an ingest after `seq` has changed."""
        with self.reading() as connection:
            return provenance.changed_since(connection, seq)

    def left_out(self, bundle_id: str) -> frozenset[str]:
        """Return who a bundle was not learned from, though their rows were there."""
        with self.reading() as connection:
            return provenance.left_out(connection, bundle_id)

    def note_fit(self, bundle_id: str, left_out: Iterable[str], kept_as_of: date) -> None:
        """Record who a bundle was not learned from, and as of which day rows were past retention.

        What was noted of it before stays.
        """
        with self.writing() as connection:
            provenance.note_fit(connection, bundle_id, left_out, kept_as_of)

    def kept_as_of_fit(self, bundle_id: str) -> date | None:
        """Return the day that `note_fit` has noted of a bundle."""
        with self.reading() as connection:
            return provenance.kept_as_of_fit(connection, bundle_id)

    def courses(self) -> pl.DataFrame:
        """Return the catalogue alone."""
        with self.reading() as connection:
            return read_table(connection, courses)

    def role_skills(self) -> pl.DataFrame:
        """Return the skills that roles need: the company's own, and by ESCO for other roles."""
        with self.reading() as connection:
            return read_role_skills(connection)

    def own_role_skills(self) -> pl.DataFrame:
        """Return the skills that roles need by the company's own exports alone."""
        with self.reading() as connection:
            return read_table(connection, role_skills)

    def replace_esco_needs(self, needs: pl.DataFrame) -> IngestResult:
        """Let what roles need by ESCO take the place of what an earlier call has stored.

        A role that has needs of its own keeps them, whichever came first.
        """
        with self.writing() as connection:
            return esco.replace_needs(connection, needs)

    def sessions(self) -> pl.DataFrame:
        """Return the dated occurrences of courses."""
        with self.reading() as connection:
            return read_table(connection, sessions)

    def employee(self, employee_id: str) -> EmployeeRecord:
        """Return the rows of one employee.

        Raises
        ------
        UnknownIdError
            When there is no such employee; names the close match.
        """
        with self.reading() as connection:
            return read_employee(connection, employee_id)

    def knows(self, employee_id: str) -> bool:
        """Return whether there is such an employee."""
        with self.reading() as connection:
            return knows_employee(connection, employee_id)

    def last_ingest(self) -> int:
        """Return the number of the latest ingest; 0 when there was none."""
        with self.reading() as connection:
            ((last,),) = _LAST_INGEST.rows(connection)
            return last or 0

    def last_change_of_courses(self) -> int:
        """Return the number of the latest ingest that changed courses, sessions or role skills."""
        latest = [func.max(table.c.ingest_seq) for table in (courses, role_skills, sessions)]
        with self.reading() as connection:
            changes = [connection.scalar(select(seq)) or 0 for seq in latest]
            return max(*changes, esco.last_replaced(connection))

    def known(self, employee_ids: Collection[str] | None = None) -> Known:
        """Return what an export of some tables only is checked against.

        Parameters
        ----------
        employee_ids
            The only people, some thousand at most, that are named in what is to be checked; None
            where that is not known.
        """
        with self.reading() as connection:
            return read_known(connection, self._erased, employee_ids)

    def _erased(self, employee_ids: Collection[str]) -> dict[str, datetime]:
        with self.reading() as connection:
            return buried(connection, self.pseudonyms, employee_ids)

    def compact(self) -> None:
        """Leave no byte in the database of what was deleted.

        Raises
        ------
        WorkspaceError
            When somebody reads for a minute on end, or the disk is full.
        """
        with self._told():
            self._database.compact(self._engine)

    def reading(self) -> AbstractContextManager[Connection]:
        """Give a transaction that sees one state of the database."""
        held: Connection | None = getattr(self._state, "held", None)
        return self._reading() if held is None else nullcontext(held)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._told(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Have all that this thread reads meanwhile be of one state of the database."""
        with self.reading() as connection:
            before, self._state.held = getattr(self._state, "held", None), connection
            try:
                yield
            finally:
                self._state.held = before

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a transaction that nobody else writes beside."""
        with self._in_turn(), self._told(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """Let one thread go on; those that wait hold no connection, of which a server has few."""
        if not self._turn.acquire(timeout=_PATIENCE_SECONDS):
            raise WorkspaceError(
                f"{self._database}: this process is writing for too long; try again"
            )
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say of what the database raises what is wrong, and what helps."""
        try:
            yield
        except self._database.errors as error:
            raise self._database.explain(error) from error
