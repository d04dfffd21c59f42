"""`hrreco report groups` as a person or a program calls it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from hrreco import GroupReport, Workspace
from hrreco.cli._app import app
from hrreco.cli.report._view import groups_view
from hrreco.reports import GroupFigures
from tests.conftest import AS_OF
from tests.workspace.commands import answer


def run(workspace: Workspace, *args: str) -> Any:
    common = ["--as-of", str(AS_OF), "--workspace", str(workspace.path)]
    return CliRunner().invoke(app, ["report", "groups", *args, *common], env={"COLUMNS": "80"})


def test_it_tells_what_the_report_tells(ingested: Workspace) -> None:
    printed = answer("report", "groups", "--by", "role", "--as-of", AS_OF, workspace=ingested.path)
    expected = GroupReport.of(ingested.data(), ["role"], as_of=AS_OF)
    assert printed == expected.to_json()
    assert len(printed["groups"]) > 5


def test_whoever_opted_out_is_not_counted(ingested: Workspace) -> None:
    people = ingested.data().employees["employee_id"].to_list()
    for employee_id in people[:-4]:
        ingested.opt_outs.opt_out(employee_id, ["group_reports"])
    assert run(ingested).stdout.splitlines() == [
        "Groups of fewer than 5 people are left out, and what would give them away.",
        "Counts are rounded down.",
    ]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["department", "electives", "all", "Groups of fewer than 5"]),
        ("fi", ["osasto", "pakolliset", "kaikki", "Alle 5 hengen"]),
        ("sv", ["avdelning", "personer", "alla", "Grupper på färre än 5"]),
    ],
)
def test_a_person_reads_it_in_their_language(
    lang: str, said: list[str], ingested: Workspace
) -> None:
    shown = run(ingested, "--lang", lang)
    assert shown.exit_code == 0
    assert all(text in shown.stdout for text in said)


def test_what_is_not_told_is_a_dash_and_few_completions_are_few(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from rich.console import Console

    groups = (
        GroupFigures({"role": None}, 1230, 0, 0.9999, 2.5),
        GroupFigures({"role": "[b]"}, 10, None, None, None),
    )
    Console(markup=False).print(groups_view(GroupReport(("role",), AS_OF, AS_OF, 5, groups), "en"))
    shown = capsys.readouterr().out
    cells = [[cell.strip() for cell in line.split("│")[1:-1]] for line in shown.splitlines()]
    assert ["not named", "1,230", "< 10", "99%", "2.5"] in cells
    assert ["[b]", "10", "–", "–", "–"] in cells


def test_it_goes_to_a_table(ingested: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "groups.csv"
    done = run(ingested, "--by", "department,role", "--since", "2026-01-01", "--out", str(out))
    assert done.exit_code == 0
    report = GroupReport.of(
        ingested.data(), ["department", "role"], since="2026-01-01", as_of=AS_OF
    )
    assert pl.read_csv(out).equals(report.frame())


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--by", "departement"), "did you mean 'department'"),
        (("--by", "role,"), "no groups by ''"),
        (("--by", "role,department,location"), "or by two"),
        (("--since", "2027-01-01"), "name an earlier day as 'since'"),
        (("--out", "groups.xlsx"), "name it groups.csv"),
        (("--lang", "f"), "did you mean 'fi'"),
    ],
)
def test_wrong_use_is_one_clear_line(
    args: tuple[str, ...], said: str, ingested: Workspace
) -> None:
    done = run(ingested, *args)
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
