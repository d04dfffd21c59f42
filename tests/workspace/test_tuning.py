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
from hrreco.workspace import tune
from hrreco.workspace.tuning import Tuned
from tests.conftest import AS_OF
from tests.workspace.commands import run

CONFIG = TrainConfig(models=("ease", "itemknn"))


def searched(workspace: Workspace, seconds: float = 2.0) -> Tuned:
    return tune(workspace, seconds=seconds, config=CONFIG, as_of=AS_OF)


def test_what_is_found_is_never_worse_than_the_default_and_can_be_trained(
    trained: Workspace,
) -> None:
    before = trained.champion_id()
    done = searched(trained)
    assert trained.champion_id() == before
    for found in done.found.values():
        assert found.worth >= found.default_worth > 0
        assert found.tried > 1
    config = read_toml(done.config, TrainConfig)
    assert config.models == CONFIG.models
    for recipe in config.recipes:
        assert recipe == done.found[recipe.name].recipe
    assert trained.train(config, as_of=AS_OF).report.winner is not None


def test_a_search_goes_on_where_it_ended_on_the_same_data(trained: Workspace) -> None:
    first, second = searched(trained), searched(trained)
    for name in CONFIG.models:
        assert second.found[name].tried > first.found[name].tried or first.found[name].tried > 40
        assert second.found[name].worth >= first.found[name].worth


def test_mlflow_shows_the_search_and_each_model_nested_in_it(trained: Workspace) -> None:
    done = searched(trained, seconds=0.5)
    client = mlflow_client(MlflowStore(trained.path).tracking_uri)
    search = client.get_run(done.run_id)
    assert (search.info.status, search.data.params["seconds"]) == ("FINISHED", "0.5")
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
