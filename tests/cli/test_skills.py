"""The commands about ESCO as a person or a program calls them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from hrreco import Workspace
from hrreco.cli._app import app
from tests.skills.company import bakery
from tests.skills.esco_files import BAKER, CODER, RELATIONS, pack, write_esco
from tests.store.build import ingest_into
from tests.workspace.commands import HRRECO


@pytest.fixture(autouse=True)
def bakery_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workspace in the current folder, beside ESCO's files."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("HRRECO_WORKSPACE", raising=False)
    write_esco(tmp_path / "esco")
    ingest_into(Workspace.init(tmp_path).store, bakery(), source="exports", full=False)


def call(*args: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["skills", *args])
    assert result.exit_code == code, result.output
    return result


def answer(*args: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(call(*args, "--json").stdout)
    return document


def lines(*args: str) -> list[str]:
    return call(*args).stdout.splitlines()


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("│┃ ").replace("┃", "│").split("│")]


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
    covered = answer("coverage")
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
    assert [cells(line) for line in said[2:9] if "─" not in line and "━" not in line] == [
        ["roles", "skills"],
        ["by id", "1", "1"],
        ["by label", "1", "1"],
        ["by alternative label", "0", "1"],
        ["to confirm", "2", "0"],
        ["none", "1", "0"],
    ]
    assert "Written: my mapping.csv" in said
    assert said[-1] == "Next: hrreco skills apply 'my mapping.csv' --esco esco"
    assert any(line.startswith("Note: employees: 1 value of occupation_uri") for line in said)
    said = lines("apply", "my mapping.csv", "--esco", "esco")
    assert said[-2:] == [
        "Needs: 4 new, 0 changed, 0 as before, 0 gone",
        "Next: hrreco skills coverage and hrreco train",
    ]
    assert "Left, as nobody has confirmed them: Bread maker, Cake bakers" in said
    said = lines("coverage")
    assert ["types of bread", "Baker"] in [cells(line) for line in said]
    assert "1 of 3 needed skills: no course teaches it, or none as high as needed." in said


@pytest.mark.parametrize(
    ("lang", "match", "apply", "coverage"),
    [
        (
            "fi",
            [
                "Yhdistetty ESCOon",
                "Huomaa: employees: 1 sarakkeen",
                "Kirjoitettu:",
                "Seuraavaksi:",
            ],
            ["Mitä tehtävissä tarvitaan ESCOn mukaan", "Vaatimukset: uusia 4, muuttuneita 0"],
            ["Tarvitaan, mutta ei opeteta", "1 / 3 tarvittavasta osaamisesta: mikään kurssi"],
        ),
        (
            "sv",
            ["Kopplat till ESCO", "Obs: employees: 1 värde i", "Skrivet:", "Nästa steg:"],
            ["Vad rollerna kräver enligt ESCO", "Krav: nya 4, ändrade 0"],
            ["Krävs, men lärs inte ut", "1 av 3 kunskaper som krävs: ingen kurs"],
        ),
    ],
)
def test_all_is_told_in_the_language_asked_for(
    lang: str, match: list[str], apply: list[str], coverage: list[str]
) -> None:
    asked = ("--esco", "esco", "--lang", lang)
    said = {
        "match": call("match", *asked).stdout,
        "apply": call("apply", "skills-mapping.csv", *asked).stdout,
        "coverage": call("coverage", "--lang", lang).stdout,
    }
    for command, expected in (("match", match), ("apply", apply), ("coverage", coverage)):
        assert [text for text in expected if text not in said[command]] == []
        for english in ("Note:", "Next:", "Left", "Needed", "Matched", "roles", "course"):
            assert english not in said[command], command
    (finding,) = answer("match", *asked, "--update")["findings"]
    assert finding.startswith(match[1].split(": ", 1)[1])


def test_what_is_decided_by_hand_is_kept_and_counted() -> None:
    Path("skills-mapping.csv").write_text(f"kind,name,uri,confirmed\nrole,Zzz,{CODER},yes\n")
    said = call("match", "--esco", "esco", code=2).stderr
    assert said.startswith("hrreco: skills-mapping.csv is there already")
    assert len(said.splitlines()) == 1
    counts = answer("match", "--esco", "esco", "--update")["names"]["role"]
    assert (counts["hand"], counts["none"]) == (1, 0)
    said = lines("match", "--esco", "esco", "--update")
    assert ["by hand", "1", "0"] in [cells(line) for line in said]


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


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "Missing command; there are match, apply, coverage, gap; see hrreco skills --help"),
        (("nope",), "No such command 'nope'; see hrreco skills --help"),
        (("match",), "Missing option '--esco'; see hrreco skills match --help"),
    ],
)
def test_what_typer_refuses_is_one_clear_line(args: tuple[str, ...], said: str) -> None:
    done = subprocess.run([HRRECO, "skills", *args], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"hrreco: {said}\n"


@pytest.mark.parametrize("command", ["match", "apply", "coverage"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    shown = call(command, "--help").output
    assert f"Example: hrreco skills {command}" in shown
    for option in ("--json", "--as-of", "--workspace"):
        assert option in shown


def test_the_list_of_commands_cuts_nothing_off() -> None:
    assert "..." not in call("--help").output.replace("[ARGS]...", "")
