"""One trained workspace, made once; tests that change it work on a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hrreco import Advisor, Workspace
from hrreco.data.synthetic import Company
from hrreco.training import TrainConfig
from tests.conftest import AS_OF

QUICK = TrainConfig(models=("ease",))


@pytest.fixture(scope="session")
def exports(made: Company, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export files of the company."""
    folder = tmp_path_factory.mktemp("exports")
    made.write(folder)
    return folder


@pytest.fixture(scope="session")
def trained_once(exports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that has ingested and trained; not to be changed."""
    workspace = Workspace.init(tmp_path_factory.mktemp("workspace") / "acme")
    workspace.ingest(exports, as_of=AS_OF)
    workspace.train(QUICK, as_of=AS_OF)
    workspace.store.close()
    return workspace.path


@pytest.fixture
def trained(trained_once: Path, tmp_path: Path) -> Workspace:
    """A copy of the trained workspace, in another folder."""
    return Workspace.open(shutil.copytree(trained_once, tmp_path / "moved"))


@pytest.fixture(scope="session")
def learner_id(trained_once: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An employee whose suggestions come from their own history."""
    copy = shutil.copytree(trained_once, tmp_path_factory.mktemp("learner") / "acme")
    trained = Workspace.open(copy)
    advisor = Advisor(trained.model(), trained.data())  # which keeps no log
    for employee_id in trained.data().employees["employee_id"]:
        for item in advisor.recommend(employee_id, as_of=AS_OF):
            if item.reasons[0].code == "completed_course":
                return str(employee_id)
    raise AssertionError("nobody has a history")


@pytest.fixture
def ingested(trained_once: Path, tmp_path: Path) -> Workspace:
    """A copy that has data and has never been trained."""
    folder = tmp_path / "untrained"
    folder.mkdir()
    for name in ("hrreco.toml", "hrreco.db", "pseudonym.key", "audit.key", "audit-head.json"):
        if (trained_once / name).exists():
            shutil.copy(trained_once / name, folder / name)
    return Workspace.open(folder)
