"""What the store asks of a database, whichever it is."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine

from hrreco.errors import HrrecoError

STILL_READ = (
    "another process is reading for too long; what was deleted is gone from the tables, but not "
    "yet from its bytes: try again"
)


class Database(Protocol):
    """A database; its text is how messages call it, and holds no password."""

    @property
    def folder(self) -> Path:
        """Where the key files lie."""
        ...

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What its driver and SQLAlchemy raise."""
        ...

    @property
    def no_table(self) -> type[Exception]:
        """What SQLAlchemy raises where there is no such table."""
        ...

    def explain(self, error: Exception) -> HrrecoError:
        """Return what to raise for one of `errors`: what is wrong, and what helps."""
        ...

    def engine(self) -> Engine:
        """Return a new engine, which keeps connections open."""
        ...

    def reader(self, engine: Engine) -> Engine:
        """Return the engine with transactions that see one state."""
        ...

    def writer(self, engine: Engine) -> Engine:
        """Return the engine with transactions that nobody else writes beside."""
        ...

    def opening(self, engine: Engine) -> AbstractContextManager[None]:
        """Let one process at a time create or migrate the database."""
        ...

    def migrated(self, connection: Connection) -> None:
        """See to what a migration leaves to the kind of database, in its transaction."""
        ...

    def compact(self, engine: Engine) -> None:
        """Write the tables anew, so that no byte is left of what was deleted."""
        ...
