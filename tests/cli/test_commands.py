"""Each command as a person or a program calls it: output, JSON, exit code."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import get_args

import polars as pl
import pytest

from hrreco import Workspace
from tests.conftest import AS_OF
from tests.workspace.commands import HRRECO, answer, run, told


@pytest.fixture
def employee_id(learner_id: str) -> str:
    return learner_id


def test_recommend_prints_the_form_that_plugins_read(trained: Workspace, employee_id: str) -> None:
    document = answer("recommend", employee_id, "-k", 3, "--as-of", AS_OF, workspace=trained.path)
    told = {"employee_id", "as_of", "recommendations", "left_out", "decision_id"}
    assert set(document) == told
    assert document["as_of"] == str(AS_OF)
    assert document["employee_id"] == employee_id
    assert len(document["recommendations"]) == 3
    for course in document["recommendations"]:
        about = {"course_id", "title", "kind", "hours", "format", "url"}
        assert set(course) == {*about, "due_on", "reasons"}
        for reason in course["reasons"]:
            assert set(reason) == {"code", "text", "share"}


def test_the_environment_names_the_workspace(
    trained: Workspace, employee_id: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HRRECO_WORKSPACE", str(trained.path))
    monkeypatch.chdir(tmp_path)
    command = [HRRECO, "recommend", employee_id, "--as-of", str(AS_OF)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert employee_id in done.stdout


def test_why_not_says_why(trained: Workspace, employee_id: str) -> None:
    course_id = trained.data().courses["course_id"][0]
    common = ("--as-of", AS_OF, "--lang", "sv")
    document = answer("why-not", employee_id, course_id, *common, workspace=trained.path)
    assert document["course_id"] == course_id
    assert document["text"]


def test_opting_out_and_in_again(trained: Workspace, employee_id: str) -> None:
    asked = ("recommend", employee_id, "--as-of", AS_OF)
    before = told(*asked, workspace=trained.path)
    assert answer("opt-out", employee_id, workspace=trained.path) == {
        "employee_id": employee_id,
        "opted_out_of": ["training", "profiling", "group_reports"],
    }
    assert told(*asked, workspace=trained.path) != before
    answer("opt-in", employee_id, "--purpose", "profiling", workspace=trained.path)
    assert told(*asked, workspace=trained.path) == before
    assert trained.opt_outs.is_out(employee_id, "training")


def test_opting_out_and_in_tell_all_that_is_recorded(trained: Workspace, employee_id: str) -> None:
    def recorded(command: str, *args: str) -> list[str]:
        document = answer(command, employee_id, *args, workspace=trained.path)
        assert set(document) == {"employee_id", "opted_out_of"}
        return list(document["opted_out_of"])

    assert recorded("opt-out", "--purpose", "profiling") == ["profiling"]
    assert recorded("opt-out", "--purpose", "training") == ["training", "profiling"]
    assert recorded("opt-in", "--purpose", "profiling") == ["training"]
    said = run("opt-in", employee_id, "--purpose", "profiling", workspace=trained.path).stdout
    assert said == f"{employee_id} is now opted out of training.\n"
    said = run("opt-out", employee_id, "--purpose", "profiling", workspace=trained.path).stdout
    assert said == (
        f"{employee_id} is now opted out of training and profiling.\n"
        "In force: training from the next hrreco train; profiling from now.\n"
    )
    said = run("opt-in", employee_id, workspace=trained.path).stdout
    assert said == f"{employee_id} has no opt-outs now.\n"
    assert recorded("opt-in") == []


def test_everyone_goes_to_a_file(trained: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "all.parquet"
    document = answer("recommend", "--all", "--out", out, "--as-of", AS_OF, workspace=trained.path)
    assert document["rows"] == len(pl.read_parquet(out))
    assert out.stat().st_mode & 0o777 == 0o600


def test_more_than_there_is_gives_all_there_is(trained: Workspace, employee_id: str) -> None:
    asked = ("recommend", employee_id, "--as-of", AS_OF)
    document = answer(*asked, "-k", 10**20, workspace=trained.path)
    assert "beyond_k" not in document["left_out"]
    assert 5 < len(document["recommendations"]) < len(trained.data().courses)


def test_doctor_and_ingest_report_in_json(ingested: Workspace, exports: Path) -> None:
    found = answer("doctor", exports, "--as-of", AS_OF, workspace=ingested.path)
    assert found["tables"]["events"]["read"] > 0
    done = answer("ingest", exports, "--as-of", AS_OF, workspace=ingested.path)
    assert done["quality"] == found
    assert done["ingest"]["counts"]["events"]["new"] == 0
    assert done["quarantine"] == str(ingested.path / "quarantine.parquet")


def test_a_person_is_told_where_the_rows_left_out_are(
    ingested: Workspace, exports: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad"
    bad.mkdir()
    text = "employee_id,role\nE900001,Nurse\n,Nurse\n"
    (bad / "employees.csv").write_text(text)
    place = "quarantine.parquet"
    for command in ("doctor", "ingest"):
        clean = run(command, exports, "--as-of", AS_OF, workspace=ingested.path)
        assert place not in clean.stdout
        said = run(command, bad, "--as-of", AS_OF, workspace=ingested.path).stdout
        assert place in said
        assert ("hrreco ingest writes" in said) == (command == "doctor")
    assert len(pl.read_parquet(ingested.path / place)) == 1


def test_what_to_go_on_with_is_for_the_workspace_that_was_named(
    ingested: Workspace, exports: Path, employee_id: str, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(ingested.path, tmp_path / "a b"))
    for command, asked in (("ingest", exports), ("recommend", employee_id)):
        said = run(command, asked, "--as-of", AS_OF, workspace=folder).stdout
        last = said.splitlines()[-1]
        assert last.startswith(("Next: hrreco train", "hrreco replay "))
        assert last.endswith(f" --workspace '{folder}'")


def test_a_table_of_bad_rows_only_is_a_no(ingested: Workspace, tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_text(
        "employee_id,course_id,kind,occurred_at\nnobody,nothing,completed,2026-01-01\n"
    )
    (tmp_path / "courses.csv").write_text("course_id,title\nNEW,New\n")
    for command in ("doctor", "ingest"):
        for form in ((), ("--json",)):
            done = run(command, tmp_path, *form, "--as-of", AS_OF, workspace=ingested.path)
            assert done.returncode == 1
            assert "unknown_employee" in done.stdout
            assert "hrreco train" not in done.stdout
    assert "NEW" in ingested.data().courses["course_id"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("recommend", "nobody"), "nobody"),
        (("recommend",), "name an EMPLOYEE"),
        (("recommend", "--all", "--out", "all.parquet", "E1"), "both E1 and --all are given"),
        (("init", "elsewhere"), "two folders are named, elsewhere and"),
        (("demo",), "name their folder as DIR"),
        (("demo", "elsewhere"), "name their folder as DIR"),
        (("recommend", "E1", "--lang", "xx"), "'xx'; there are en, fi, sv"),
        (("recommend", "E1", "-k", "0"), "'-k': '0' is no number of courses; ask for 1 or more"),
        (("recommend", "--all", "--out", "all.parquet", "-k", "-1"), "'-1' is no number of cours"),
        (("why-not", "E1", "C1", "-k", "ten"), "'ten' is no number of courses"),
        (("recommend", "E000001", "--as-of", "soon"), "'soon' is not a date"),
        (("opt-out", "E000001", "--as-of", "soon"), "'soon' is not a date"),
        (("opt-out", "nobody"), "nobody"),
        (("recommend", "--all", "--out", "nowhere/all.parquet"), "nowhere/all.parquet"),
        (("train", "--config", "."), "cannot be read"),
        (("opt-out", "E1", "--purpose", "trainin"), "did you mean 'training'"),
        (
            ("opt-in", "E1", "--purpose", "x"),
            "unknown purpose 'x'; there are training, profiling, group",
        ),
        (("ingest", "/nowhere"), "/nowhere"),
        (("train", "--config", "/nowhere.toml"), "/nowhere.toml"),
        (("evaluate", "--train", "/nowhere.csv", "--test", "/nowhere.csv"), "/nowhere.csv"),
        (("evaluate", "--train", "x.csv"), "together"),
        (("evaluate", "--tune"), "give --train and --test"),
        (("evaluate", "--train", "x.csv", "--tune"), "together"),
        (("evaluate", "--models", "eese"), "did you mean 'ease'"),
        (("evaluate", "--k", "ten"), "'ten'"),
        (("evaluate", "--split", "leave-one-out"), "did you mean 'leave-last-out'"),
        (("evaluate", "--train", "a.csv", "--test", "b.csv", "--split", "temporal"), "one cut"),
        (("evaluate", "--split", ""), "no split ''"),
        (("doctor", "--mapping", "mapping.toml"), "name their folder too"),
        (("evaluate", "--k", "0"), "'0'"),
        (("evaluate", "--k", "5,,10"), "'5,,10'"),
        (("evaluate", "--k", "99999999999999999999"), "1 to 1000"),
        (("evaluate", "--models", ""), "--models takes names"),
        (("evaluate", "--models", "als,,ease"), "'als,,ease'"),
        (("evaluate", "--models", "als, eese"), "did you mean 'ease'"),
        (("recommend", "--all", "--out", "all.csv"), "name it all.parquet"),
        (("recommend", "E1", "--lang", "f"), "did you mean 'fi'"),
        (("recommend", "\udcff"), "is not text in UTF-8"),
        (("oversight", "lift", "foo", "--by", "x"), "'NUMBER': 'foo' is no whole number"),
        (("replay", "foo"), "'foo' is no id of an answer; one is 20 hexadecimal digits"),
        (("path", "E1", "--months", "x"), "'x' is no whole number"),
        (("path", "E1", "--hours-per-month", "x"), "'x' is no number"),
        (("recomend",), "recommend"),
    ],
)
def test_wrong_use_is_one_clear_line(args: tuple[str, ...], said: str, trained: Workspace) -> None:
    done = run(*args, workspace=trained.path)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not done.stdout


def test_outside_a_workspace_it_says_how_to_make_one(tmp_path: Path) -> None:
    done = run("train", workspace=tmp_path)
    assert done.returncode == 2
    assert "hrreco init" in done.stderr


def test_it_says_how_another_workspace_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HRRECO_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)
    done = subprocess.run([HRRECO, "train"], capture_output=True, text=True, check=False)
    assert done.stderr.endswith("; $HRRECO_WORKSPACE or --workspace may name another one\n")


@pytest.mark.parametrize("command", ["doctor", "train"])
def test_a_wrong_folder_of_the_environment_is_said_to_be_of_it(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRRECO_WORKSPACE", str(tmp_path / "nowhere"))
    done = subprocess.run([HRRECO, command], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.endswith("; $HRRECO_WORKSPACE names that folder\n")
    assert "HRRECO_WORKSPACE" not in run(command, workspace=tmp_path).stderr


def test_one_folder_named_twice_is_made(tmp_path: Path) -> None:
    document = answer("init", tmp_path / "acme", workspace=tmp_path / "new" / ".." / "acme")
    assert document == {"workspace": str(tmp_path / "acme")}


@pytest.mark.parametrize(
    "command",
    [
        "init",
        "doctor",
        "ingest",
        "train",
        "recommend",
        "why-not",
        "path",
        "opt-out",
        "opt-in",
        "evaluate",
        "demo",
    ],
)
def test_every_command_has_help_with_an_example(command: str, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from hrreco.cli._app import app

    shown = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "80"})
    assert shown.exit_code == 0
    assert f"Example: hrreco {command}" in shown.output
    for option in ("--json", "--as-of", "--workspace"):
        assert option in shown.output


def test_the_list_of_commands_cuts_nothing_off() -> None:
    from typer.testing import CliRunner

    from hrreco.cli._app import app

    shown = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "80"})
    assert "..." not in shown.output.replace("[ARGS]...", "")


def test_the_words_of_options_are_those_that_are_known() -> None:
    from hrreco.cli._language import LanguageOption
    from hrreco.cli.opt_out import PurposeOption
    from hrreco.privacy import PURPOSES
    from hrreco.settings import LANGUAGES

    assert get_args(LanguageOption)[1].metavar == "|".join(LANGUAGES)
    assert get_args(PurposeOption)[1].help.startswith(
        f"{', '.join(PURPOSES[:-1])} or {PURPOSES[-1]};"
    )
