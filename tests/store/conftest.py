from __future__ import annotations

import shutil
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from hrreco.store import Store


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "hrreco.db"
    Store.open(path).close()
    return path


@pytest.fixture
def path(empty_database: Path, tmp_path: Path) -> Path:
    """A database with all tables and no rows."""
    return Path(shutil.copy(empty_database, tmp_path / "hrreco.db"))


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as store:
        yield store


@pytest.fixture(scope="session")
def processes() -> ForkServerContext:
    """Processes that have the imports done, and no threads or connections of this one."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.store.workers"])
    return context
