"""The command among other programs: pipes, signals, encodings, and how soon it is there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import pytest

from hrreco import Workspace
from tests.conftest import AS_OF
from tests.workspace.commands import HRRECO, answer, run, start


def said(
    *args: object, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [HRRECO, *map(str, args)]
    return subprocess.run(
        command, env={**os.environ, **(env or {})}, capture_output=True, check=False
    )


def test_the_version_is_the_package_s() -> None:
    assert said("--version").stdout.decode() == f"hrreco {version('hrreco')}\n"


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C"},
    ],
)
def test_any_encoding_of_the_terminal_will_do(
    env: dict[str, str], trained: Workspace, learner_id: str
) -> None:
    asked = ("recommend", learner_id, "--lang", "fi", "--as-of", AS_OF)
    asked = (*asked, "--workspace", trained.path)
    expected = answer(*asked[:-2], workspace=trained.path)
    assert "ä" in str(expected)
    again = json.loads(said(*asked, "--json", env=env).stdout)
    assert again == {**expected, "decision_id": again["decision_id"]}
    shown = said(*asked, env=env)
    assert shown.returncode == 0, shown.stderr
    wrong = said("opt-out", "ä", "--workspace", trained.path, env=env)
    assert wrong.returncode == 2
    assert len(wrong.stderr.splitlines()) == 1


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_reader_that_has_had_enough_is_no_error(
    form: tuple[str, ...], trained: Workspace
) -> None:
    with start("doctor", *form, workspace=trained.path) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 141


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_stream_changes_nothing_but_what_is_said(
    closed: str, trained: Workspace, learner_id: str
) -> None:
    for employee, code in ((learner_id, 0), ("nobody", 2)):
        command = f"{HRRECO} recommend {employee} --workspace {trained.path} --json {closed}"
        done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
        assert done.returncode == code
        assert b"Traceback" not in done.stderr
        if closed == "2>&-" and not code:
            assert json.loads(done.stdout)["employee_id"] == learner_id


def test_ctrl_c_stops_it_with_one_line(ingested: Workspace) -> None:
    process = start("train", workspace=ingested.path)
    while not (ingested.path / ".train.lock").exists():  # it is at work
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out, err) == (130, "", "hrreco: stopped\n")


def modules_of(*args: str) -> set[str]:
    code = (
        "import json, sys; from hrreco.cli import run\n"
        "try: run()\n"
        "finally: print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *args], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("args", [("--version",), ("--help",), ("recommend", "--help")])
def test_help_imports_nothing_that_it_does_not_need(args: tuple[str, ...]) -> None:
    assert modules_of(*args).isdisjoint({"polars", "numpy", "scipy", "sqlalchemy"})


def test_recommending_imports_no_engine_and_no_other_use_case(
    trained: Workspace, learner_id: str, tmp_path: Path
) -> None:
    loaded = modules_of("recommend", learner_id, "--workspace", str(trained.path))
    unneeded = {"ingest", "train", "doctor", "evaluate", "demo"}
    assert loaded.isdisjoint({f"hrreco.workspace.{name}" for name in unneeded})
    assert loaded.isdisjoint({"mlflow", "implicit", "lightfm", "sklearn", "dataframely"})


@pytest.mark.parametrize(
    ("args", "written"),
    [
        (("token", "-1", "--role", "employee", "--json"), "token [OPTIONS] -- ID"),
        (("recommend", "-E1"), "recommend [OPTIONS] -- EMPLOYEE"),
        (("why-not", "E1", "-C1"), "why-not [OPTIONS] -- EMPLOYEE COURSE"),
        (("api-keys", "revoke", "-x"), "api-keys revoke [OPTIONS] -- NAME"),
    ],
)
def test_an_id_taken_for_an_option_is_told_where_to_stand(
    args: tuple[str, ...], written: str, tmp_path: Path
) -> None:
    done = run(*args, workspace=tmp_path)
    assert done.returncode == 2
    assert "an id that begins with a dash comes last, after --: " in done.stderr
    assert f" {written}; see " in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "args", [("serve", "-1"), ("recommend", "E1", "E2"), ("token", "E1", "--rol"), ("-1",)]
)
def test_no_id_is_spoken_of_where_none_can_be_meant(args: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*args, workspace=tmp_path)
    assert done.returncode == 2
    assert "dash" not in done.stderr
