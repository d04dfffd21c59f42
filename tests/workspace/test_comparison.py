"""Two trainings side by side."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from hrreco import Workspace
from hrreco.errors import UnknownIdError
from hrreco.tracking import MlflowStore
from hrreco.workspace import compare_runs
from tests.conftest import AS_OF
from tests.workspace.commands import run
from tests.workspace.conftest import QUICK


@pytest.fixture(scope="module")
def twice(
    trained_once: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Workspace, str, str]:
    """A workspace, which comparing does not change, and the runs of its two trainings."""
    copy = shutil.copytree(trained_once, tmp_path_factory.mktemp("twice") / "acme")
    workspace, store = Workspace.open(copy), MlflowStore(copy)
    first = store.version("champion")
    workspace.train(QUICK.model_copy(update={"models": ("als",)}), as_of=AS_OF)
    second = store.version("challenger") or store.version("champion")
    assert first is not None
    assert second is not None
    return workspace, first.run_id, second.run_id


def test_a_run_beside_itself_shows_no_difference(trained: Workspace) -> None:
    only = MlflowStore(trained.path).version("champion")
    assert only is not None
    done = compare_runs(trained, only.run_id, only.run_id[:8], as_of=AS_OF)
    assert done.recipes[0] == done.recipes[1]
    against = done.report.models["second"].overall.versus["first"]["ndcg@10"]
    assert (against.mean, against.low, against.high) == (0, 0, 0)


def test_both_are_judged_on_the_same_employees_against_each_other_and_the_rules(
    twice: tuple[Workspace, str, str],
) -> None:
    report = compare_runs(*twice, as_of=AS_OF).report
    assert set(report.models) == {"popularity", "first", "second"}
    for part in report.models["second"].slices.values():
        if part.assessable:
            assert {"rules", "first"} <= part.versus.keys()
            assert "ndcg@10" in part.versus["first"]


@pytest.mark.parametrize("run_id", ["", "nonsense"])
def test_an_unknown_run_is_named(trained: Workspace, run_id: str) -> None:
    with pytest.raises(UnknownIdError, match=f"a run '{run_id}'"):
        compare_runs(trained, run_id, run_id, as_of=AS_OF)


def test_the_command_shows_a_table_for_each_slice(twice: tuple[Workspace, str, str]) -> None:
    workspace, *runs = twice
    asked = ("compare", *runs, "--as-of", AS_OF)
    shown = run(*asked, workspace=workspace.path)
    assert shown.returncode == 0, shown.stderr
    assert "second less first" in shown.stdout
    assert f"run {runs[0]}" in shown.stdout
    document = json.loads(run(*asked, "--json", workspace=workspace.path).stdout)
    assert document["runs"] == {"first": runs[0], "second": runs[1]}
    assert "versus_first" in document["models"]["second"]
