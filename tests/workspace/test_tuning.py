"""Searching settings on what a workspace holds."""

from __future__ import annotations

import json
import tomllib

import pytest

from hrreco import TrainConfig, Workspace
from hrreco.errors import DataError
from hrreco.settings import read_toml
from hrreco.tracking import MlflowStore
from hrreco.tracking._mlflow import mlflow_client
from hrreco.training import searching
from hrreco.workspace import tune
from hrreco.workspace.tuning import Tuned
from tests.conftest import AS_OF
from tests.workspace.commands import run

CONFIG = TrainConfig(models=("ease", "itemknn"))


def searched(workspace: Workspace, trials: int, seconds: float = 120.0) -> Tuned:
    # What a busy machine tries in so many seconds is not for a test to say.
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(searching, "_MOST_TRIALS", trials)
        return tune(workspace, seconds=seconds, config=CONFIG, as_of=AS_OF)


def test_what_is_found_is_never_worse_than_the_default_and_can_be_trained(
    trained: Workspace,
) -> None:
    before = trained.champion_id()
    done = searched(trained, trials=4)
    assert trained.champion_id() == before
    for found in done.found.values():
        assert found.worth >= found.default_worth > 0
        assert found.tried == 4
    config = read_toml(done.config, TrainConfig)
    assert config.models == CONFIG.models
    for recipe in config.recipes:
        assert recipe == done.found[recipe.name].recipe
    assert trained.train(config, as_of=AS_OF).report.winner is not None


def test_a_search_goes_on_where_it_ended_on_the_same_data(trained: Workspace) -> None:
    first, second = searched(trained, trials=5), searched(trained, trials=7)
    for name in CONFIG.models:
        assert (first.found[name].tried, second.found[name].tried) == (5, 7)
        assert second.found[name].worth >= first.found[name].worth


def test_mlflow_shows_the_search_and_each_model_nested_in_it(trained: Workspace) -> None:
    done = searched(trained, trials=2, seconds=20.5)
    client = mlflow_client(MlflowStore(trained.path).tracking_uri)
    search = client.get_run(done.run_id)
    assert (search.info.status, search.data.params["seconds"]) == ("FINISHED", "20.5")
    nested = client.search_runs(
        [search.info.experiment_id], f"tags.`mlflow.parentRunId` = '{done.run_id}'"
    )
    assert {one.info.run_name for one in nested} == {"tuning of ease", "tuning of itemknn"}
    assert all("ndcg_at_10" in one.data.metrics for one in nested)


def test_too_few_employees_are_no_ground_to_search_on(trained: Workspace) -> None:
    with pytest.raises(DataError, match="too few"):
        tune(trained, seconds=1.0, config=CONFIG, as_of="2000-01-01")


def test_the_command(trained: Workspace) -> None:
    asked = ("tune", "--budget", "2s", "--as-of", AS_OF)
    done = run(*asked, "--json", workspace=trained.path)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert set(document) == {"found", "unfitted", "config", "run_id"}
    assert tomllib.loads((trained.path / "tuned.toml").read_text())["k"] == 10
    for wrong in ("10", "0s", "ten minutes", "-1m"):
        refused = run("tune", f"--budget={wrong}", workspace=trained.path)
        assert refused.returncode == 2
        assert "such as 90s, 10m or 1h" in refused.stderr
