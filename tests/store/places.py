"""Where the stores of the tests are: one kind of place for each kind of database."""

from __future__ import annotations

import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from hrreco.store import Store
from hrreco.store.tables import metadata
from tests.postgres import Server


@dataclass(frozen=True)
class Place:
    """A place for a store; it can be handed to another process."""

    path: Path
    address: str | None = None

    @property
    def folder(self) -> Path:
        return self.path.parent

    def open(self) -> Store:
        return Store.open(self.path, self.address)


class Places(ABC):
    """Places of one kind, each in a folder of its own below `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @abstractmethod
    def new(self) -> AbstractContextManager[Place]:
        """Give a place that has no tables yet."""

    @abstractmethod
    def empty(self) -> AbstractContextManager[Place]:
        """Give a place that has all tables and no rows."""

    @abstractmethod
    def wipe(self, place: Place) -> None:
        """Take all rows out of a place, which nobody has open; cheaper than another place."""

    def _path(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self._folder)) / "hrreco.db"


class SQLitePlaces(Places):
    def __init__(self, folder: Path, template: Path) -> None:
        super().__init__(folder)
        self._template = template

    @contextmanager
    def new(self) -> Iterator[Place]:
        yield Place(self._path())

    @contextmanager
    def empty(self) -> Iterator[Place]:
        yield Place(Path(shutil.copy(self._template, self._path())))

    def wipe(self, place: Place) -> None:
        shutil.copy(self._template, place.path)


class PostgresPlaces(Places):
    def __init__(self, folder: Path, server: Server, template: str) -> None:
        super().__init__(folder)
        self._server = server
        self._template = template

    @contextmanager
    def new(self) -> Iterator[Place]:
        with self._server.database() as address:
            yield Place(self._path(), address)

    @contextmanager
    def empty(self) -> Iterator[Place]:
        with self._server.database(self._template) as address:
            yield Place(self._path(), address)

    def wipe(self, place: Place) -> None:
        with psycopg.connect(str(place.address)) as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(f"DELETE FROM {table.name}".encode())
