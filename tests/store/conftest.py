from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest
from sqlalchemy import make_url

from hrreco.store import Store
from tests.postgres import Server
from tests.store.places import Place, Places, PostgresPlaces, SQLitePlaces


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "hrreco.db"
    Store.open(path).close()
    return path


@pytest.fixture(scope="session")
def empty_template(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database that has all tables and no rows."""
    with postgres.database() as address:
        Store.open(tmp_path_factory.mktemp("template") / "hrreco.db", address).close()
        name = str(make_url(address).database)
        postgres.execute(f"ALTER DATABASE {name} RENAME TO empty_hrreco")
    return "empty_hrreco"


@pytest.fixture(params=["sqlite", "postgres"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Places:
    """Both kinds of databases, one after the other."""
    if request.param == "sqlite":
        return SQLitePlaces(tmp_path, request.getfixturevalue("empty_database"))
    server, template = map(request.getfixturevalue, ("postgres", "empty_template"))
    return PostgresPlaces(tmp_path, server, template)


@pytest.fixture
def place(places: Places) -> Iterator[Place]:
    """A database with all tables and no rows."""
    with places.empty() as place:
        yield place


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    with place.open() as store:
        yield store


@pytest.fixture
def path(empty_database: Path, tmp_path: Path) -> Path:
    """A SQLite file with all tables and no rows."""
    return Path(shutil.copy(empty_database, tmp_path / "hrreco.db"))


@pytest.fixture
def sqlite_store(path: Path) -> Iterator[Store]:
    with Store.open(path) as store:
        yield store


@pytest.fixture(scope="session")
def processes() -> ForkServerContext:
    """Processes that have the imports done, and no threads or connections of this one."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.store.workers", "tests.store.writing"])
    return context


@pytest.fixture
def files(place: Place, request: pytest.FixtureRequest) -> Callable[[], bytes]:
    """All bytes of a database: of its file and journals, or of a server's data but not its log."""

    def read() -> bytes:
        if place.address is None:
            found = place.folder.glob("hrreco.db*")
        else:
            server = request.getfixturevalue("postgres")
            server.execute("CHECKPOINT")
            found = (server.data / "base").rglob("*")
        return b"".join(file.read_bytes() for file in found if file.is_file())

    return read
