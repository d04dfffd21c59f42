"""The commands about ESCO as a person or a program calls them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from hrreco import Workspace
from hrreco.cli._app import app
from tests.skills.company import bakery
from tests.skills.esco_files import BAKER, CODER, RELATIONS, pack, write_esco
from tests.workspace.commands import run


@pytest.fixture(autouse=True)
def bakery_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workspace in the current folder, beside ESCO's files."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("HRRECO_WORKSPACE", raising=False)
    write_esco(tmp_path / "esco")
    Workspace.init(tmp_path).store.ingest(bakery(), source="exports", full=False)


def call(*args: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["skills", *args])
    assert result.exit_code == code, result.output
    return result


def answer(*args: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(call(*args, "--json").stdout)
    return document


def lines(*args: str) -> list[str]:
    return call(*args).stdout.splitlines()


def test_from_a_proposal_to_what_no_course_teaches() -> None:
    proposed = answer("match", "--esco", "esco")
    assert proposed["file"] == "skills-mapping.csv"
    assert proposed["names"]["role"]["to_confirm"] == 2
    applied = answer("apply", "skills-mapping.csv", "--esco", "esco")
    assert applied["roles"]["Baker"] == {
        "occupation": "night baker",
        "essential": 2,
        "optional": 1,
    }
    assert applied["to_confirm"] == ["Bread maker", "Cake bakers"]
    covered = answer("coverage", "--as-of", "2026-01-01")
    assert covered == {
        "needed": 3,
        "uncovered": [
            {
                "skill": "types of bread",
                "importance": "optional",
                "taught_level": None,
                "roles": [{"role": "Baker", "level": None, "importance": "optional"}],
            }
        ],
        "without_needs": ["Bread maker", "Cake bakers", "Zzz"],
    }


def test_a_person_is_told_what_to_do_next() -> None:
    said = lines("match", "--esco", "esco", "--out", "my mapping.csv")
    assert [cell.strip() for cell in said[2].strip("┃ ").split("┃")] == [
        *("by id", "by label", "by alternative label", "to confirm", "none"),
    ]
    assert said[4].strip("│ ").split() == [
        "roles",
        "│",
        "1",
        "│",
        "1",
        "│",
        "0",
        "│",
        "2",
        "│",
        "1",
    ]
    assert "Written: my mapping.csv" in said
    assert said[-1] == "Next: hrreco skills apply 'my mapping.csv' --esco esco"
    assert any(line.startswith("Note: employees: 1 values of occupation_uri") for line in said)
    said = lines("apply", "my mapping.csv", "--esco", "esco")
    assert said[-2:] == [
        "Needs: 4 new, 0 changed, 0 as before, 0 gone",
        "Next: hrreco skills coverage, and hrreco train",
    ]
    assert "Left, as nobody has confirmed them: Bread maker, Cake bakers" in said
    said = lines("coverage")
    assert ["types of bread", "optional", "", "Baker"] in [
        [cell.strip() for cell in line.strip("│").split("│")] for line in said
    ]
    assert "1 of 3 needed skills: no course teaches them, or none as high as needed." in said


def test_what_is_decided_by_hand_is_kept_and_counted() -> None:
    Path("skills-mapping.csv").write_text(f"kind,name,uri,confirmed\nrole,Zzz,{CODER},yes\n")
    said = call("match", "--esco", "esco", code=2).stderr
    assert said.startswith("hrreco: skills-mapping.csv is there already")
    assert len(said.splitlines()) == 1
    counts = answer("match", "--esco", "esco", "--update")["names"]["role"]
    assert (counts["hand"], counts["none"]) == (1, 0)
    assert "by hand" in lines("match", "--esco", "esco", "--update")[2]


def test_own_needs_and_own_names_for_one_skill_are_told() -> None:
    Path("exports").mkdir()
    Path("exports/role_skills.csv").write_text("role,skill\nBaker,sql\n")
    Workspace.open(".").ingest("exports")
    mapping = Path("mapping.csv")
    rows = [
        f"role,Baker,{BAKER},yes",
        *(f"skill,{name},{RELATIONS[0][2]},yes" for name in ("sql", "Dough kneading")),
    ]
    mapping.write_text("\n".join(["kind,name,uri,confirmed", *rows]))
    said = " ".join(lines("apply", "mapping.csv", "--esco", "esco"))
    assert "No role needs anything by ESCO." in said
    assert "Left with the needs of their own: Baker" in said
    assert "Dough kneading and sql are one skill of ESCO, knead dough;" in said


def test_a_broken_download_is_one_clear_line(tmp_path: Path) -> None:
    packed = pack(tmp_path / "esco" / "skills_en.csv")
    packed.write_bytes(packed.read_bytes()[:-9])
    said = call("match", "--esco", "esco", code=2).stderr
    assert said.startswith("hrreco: skills_en.csv.gz is no whole gzip file")
    assert len(said.splitlines()) == 1
    assert not Path("skills-mapping.csv").exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("match", "--esco", "nowhere"), "nowhere: no such folder"),
        (("match", "--esco", "esco", "--as-of", "soon"), "'soon' is not a date"),
        (("match", "--esco", "esco", "--out", "nowhere/x.csv"), "nowhere/x.csv: No such file"),
        (("apply", "none.csv", "--esco", "esco"), "none.csv: no such file"),
        (("apply", "esco", "--esco", "esco"), "esco: is a folder"),
        (("coverage", "--workspace", "nowhere"), "no workspace here"),
    ],
)
def test_wrong_use_is_one_clear_line(args: tuple[str, ...], said: str) -> None:
    error = call(*args, code=2).stderr
    assert said in error
    assert len(error.splitlines()) == 1


def test_what_typer_refuses_is_one_clear_line(tmp_path: Path) -> None:
    done = run("skills", "match", workspace=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "hrreco: Missing option '--esco'; see hrreco --help\n"


@pytest.mark.parametrize("command", ["match", "apply", "coverage"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    shown = call(command, "--help").output
    assert f"Example: hrreco skills {command}" in shown
    for option in ("--json", "--as-of", "--workspace"):
        assert option in shown


def test_the_list_of_commands_cuts_nothing_off() -> None:
    assert "..." not in call("--help").output.replace("[ARGS]...", "")
