"""The commands about oversight and purging as a person or a program calls them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from hrreco import Workspace
from hrreco.cli._app import app
from tests.paths.companies import company
from tests.store.build import ingest_into
from tests.workspace.commands import answer

MAIJA = ("--by", "Maija Virtanen", "--reason", "out of date")


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace in the current folder, with two courses that nobody must take."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("HRRECO_WORKSPACE", raising=False)
    made = Workspace.init(tmp_path)
    courses = {"C1": {}, "C2": {}, "DUTY": {"mandatory_for": ["*"]}}
    ingest_into(made.store, company(courses), source="exports", full=False)
    return made


def call(*args: str) -> Result:
    result = CliRunner().invoke(app, list(args))
    assert result.exit_code == 0, result.output
    return result


def printed(*args: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(call(*args, "--json").stdout)
    return document


def test_from_a_decision_to_its_end() -> None:
    decided = printed("oversight", "suppress", "C1", *MAIJA)
    assert (decided["number"], decided["course_id"]) == (1, "C1")
    said = call("oversight", "override", "E1", "C2", "--instead", "C1", *MAIJA).stdout
    assert said.splitlines() == [
        "C2 is not suggested to E1, but C1, from now on (decision 2).",
        "It ends with: hrreco oversight lift 2 --by NAME",
    ]
    assert "answered by the rules" in call("oversight", "pause", *MAIJA).stdout
    decisions = printed("oversight", "list")["decisions"]
    assert [one["action"] for one in decisions] == ["suppress", "override", "pause"]
    table = call("oversight", "list").stdout
    assert "C1 is suggested to nobody" in table
    assert "Maija Virtanen" in table
    assert call("oversight", "lift", "1", "--by", "Aino Niemi").stdout.startswith("No longer")
    assert [one["number"] for one in printed("oversight", "list")["decisions"]] == [2, 3]


def test_nobody_has_decided_anything() -> None:
    assert call("oversight", "list").stdout == "Nobody has decided anything over the model.\n"


def test_mandatory_training_is_refused_in_one_line() -> None:
    result = CliRunner().invoke(app, ["oversight", "suppress", "DUTY", *MAIJA])
    assert result.exit_code == 2
    assert "'DUTY' is mandatory training and cannot be decided away" in result.output


def test_a_decision_of_one_process_holds_in_the_next_call_of_another(
    workspace: Workspace,
) -> None:
    advisor = workspace.advisor()
    assert "suppressed" not in advisor.recommend("E1").left_out
    answer("oversight", "suppress", "C1", *MAIJA, workspace=workspace.path)
    assert advisor.recommend("E1").left_out["suppressed"] == 1
    answer("oversight", "lift", 1, "--by", "Aino Niemi", workspace=workspace.path)
    assert "suppressed" not in advisor.recommend("E1").left_out


def test_purging_says_what_went() -> None:
    assert call("purge", "--dry-run").stdout == "Nothing is past its time.\n"
    kept = {"answers": 0, "lines": 0, "snapshots": 0, "bundles": []}
    assert printed("purge") == {"dry_run": False, "removed": [], "files": [], "decisions": kept}


def test_purging_shows_few_as_such(workspace: Workspace, tmp_path: Path) -> None:
    left = company({"C1": {}}, taken={"C1": 2_000}, left_on=date(2020, 1, 1))
    ingest_into(workspace.store, left, source="exports", full=False)
    (tmp_path / ".quality.json.7").write_text("a killed ingest")
    page = call("purge", "--dry-run").stdout
    assert "Would be removed" in page
    assert "whole rows" in page
    assert "few" in page
    assert "File: .quality.json.7" in page
    assert "Removed" in call("purge").stdout
