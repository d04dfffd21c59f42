"""Putting versions to serve: the gate, going back, and what MLflow shows of both."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from hrreco import Workspace
from hrreco.errors import UnknownIdError
from hrreco.store.seals import seal
from hrreco.tracking import MlflowStore
from hrreco.tracking._mlflow import mlflow_client
from hrreco.workspace import promote, roll_back
from tests.conftest import AS_OF
from tests.workspace.commands import run
from tests.workspace.conftest import QUICK

WORSE = QUICK.model_copy(update={"models": ("content",)})


@pytest.fixture(scope="module")
def with_loser_once(trained_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = shutil.copytree(trained_once, tmp_path_factory.mktemp("loser") / "acme")
    workspace = Workspace.open(copy)
    someone = workspace.data().events["employee_id"].mode().min()
    workspace.opt_outs.opt_out(someone, ["training"])  # so that the champion is another model
    workspace.train(WORSE, as_of=AS_OF)
    workspace.store.close()
    return copy


@pytest.fixture
def with_loser(with_loser_once: Path, tmp_path: Path) -> Workspace:
    """Version 1 served before the champion, both are an EASE; a challenger is worse."""
    return Workspace.open(shutil.copytree(with_loser_once, tmp_path / "moved"))


def loser_of(workspace: Workspace) -> int:
    loser = MlflowStore(workspace.path).version("challenger")
    assert loser is not None
    return loser.number


def champion_of(workspace: Workspace) -> int:
    version = MlflowStore(workspace.path).version("champion")
    assert version is not None
    assert version.bundle_id == workspace.champion_id()
    return version.number


def run_of(workspace: Workspace, run_id: str) -> Any:
    return mlflow_client(MlflowStore(workspace.path).tracking_uri).get_run(run_id)


def test_a_worse_version_does_not_pass_the_gate_and_is_told_why(with_loser: Workspace) -> None:
    before, number = with_loser.champion_id(), loser_of(with_loser)
    done = promote(with_loser, number, as_of=AS_OF)
    assert not done.serving
    assert with_loser.champion_id() == before
    assert any("ndcg@10 on all against the" in failure for failure in done.failures)
    assert all("[" in failure and "must" in failure for failure in done.failures)
    seen = run_of(with_loser, done.run_id)
    assert seen.data.tags["hrreco.verdict"] == "failed"
    assert seen.data.tags["hrreco.version"] == str(number)
    assert "ndcg@10" in seen.data.tags["hrreco.reason"]
    assert any(name.startswith("gate.") for name in seen.data.metrics)
    assert seen.info.status == "FINISHED"


def test_a_version_that_passes_serves_and_the_one_before_comes_back(
    with_loser: Workspace,
) -> None:
    first, earlier = champion_of(with_loser), with_loser.champions_before()
    done = promote(with_loser, 1, as_of=AS_OF)
    assert done.serving
    assert champion_of(with_loser) == 1
    back = roll_back(with_loser)
    assert back.serving
    assert champion_of(with_loser) == first
    assert with_loser.champions_before() == earlier
    assert run_of(with_loser, back.run_id).data.tags["hrreco.run"] == "rollback"


def test_what_serves_already_is_not_what_served_before(trained: Workspace) -> None:
    assert promote(trained, champion_of(trained), as_of=AS_OF).serving
    assert trained.champions_before() == ()


def test_a_champion_that_wins_again_on_the_same_data_did_not_serve_before_itself(
    trained: Workspace,
) -> None:
    first = champion_of(trained)
    trained.train(QUICK, as_of=AS_OF)
    assert champion_of(trained) > first
    with pytest.raises(UnknownIdError, match="no version served before"):
        roll_back(trained)


def test_there_is_nothing_before_the_first(trained: Workspace) -> None:
    with pytest.raises(UnknownIdError, match="no version served before"):
        roll_back(trained)


def test_what_never_served_before_the_champion_is_no_reason(with_loser: Workspace) -> None:
    never = MlflowStore(with_loser.path).numbered(loser_of(with_loser)).bundle_id
    roll_back(with_loser)
    with with_loser.store.writing() as connection:
        seal(connection, [never, "0" * 64])
    with pytest.raises(UnknownIdError, match="no version served before"):
        roll_back(with_loser)


def test_before_the_first_training_there_is_nothing_to_go_back_to(ingested: Workspace) -> None:
    with pytest.raises(UnknownIdError, match="no version served before"):
        roll_back(ingested)


def test_an_unknown_version_is_named(trained: Workspace) -> None:
    with pytest.raises(UnknownIdError, match="models:/hrreco/99"):
        promote(trained, 99, as_of=AS_OF)


def test_the_command_says_no_with_exit_code_1(with_loser: Workspace) -> None:
    asked = ("promote", loser_of(with_loser), "--as-of", AS_OF)
    worse = run(*asked, "--json", workspace=with_loser.path)
    assert worse.returncode == 1
    document = json.loads(worse.stdout)
    assert document["serving"] is False
    assert document["failures"]
    shown = run(*asked, workspace=with_loser.path)
    assert "Failed: ndcg@10 on all" in " ".join(shown.stdout.split())
    for wrong in (("promote",), ("promote", 1, "--rollback")):
        refused = run(*wrong, workspace=with_loser.path)
        assert refused.returncode == 2
        assert refused.stderr == "hrreco: name a VERSION, or use --rollback\n"
