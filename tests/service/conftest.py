"""The service over a trained workspace, asked within this process."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hrreco import Workspace
from hrreco.service import create_app
from hrreco.workspace.tokens import LocalTokens
from tests.workspace.conftest import exports, trained_once

__all__ = ["exports", "trained_once"]

Headers = dict[str, str]


@pytest.fixture(scope="module")
def folder(trained_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trained workspace that the tests of one module may change, and ask without end."""
    folder = Path(shutil.copytree(trained_once, tmp_path_factory.mktemp("service") / "acme"))
    with (folder / "hrreco.toml").open("a", encoding="utf-8") as file:
        file.write("\n[limits]\nrequests_per_minute = 1_000_000\n")
    return folder


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    """Asks the service; what it cannot foresee is answered, as over a network."""
    with TestClient(create_app(folder), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def bearer(folder: Path) -> Callable[[str, str], Headers]:
    """Returns the header of somebody in a role."""
    workspace = Workspace.open(folder)
    tokens = LocalTokens(workspace)
    workspace.store.close()

    def header(subject: str, role: str) -> Headers:
        token = tokens.sign(subject, role, valid_for=timedelta(hours=1))
        return {"Authorization": f"Bearer {token}"}

    return header


@pytest.fixture(scope="module")
def ids(folder: Path) -> list[str]:
    """The ids of all employees."""
    workspace = Workspace.open(folder)
    employees: list[str] = workspace.people.tables().employees["employee_id"].to_list()
    workspace.store.close()
    return employees
