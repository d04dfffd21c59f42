"""`hrreco replay`, `hrreco audit` and `hrreco keys`, as a person and a program call them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from hrreco import Workspace
from hrreco.cli import _run
from hrreco.store.chain import drop_kind
from tests.conftest import AS_OF
from tests.workspace.commands import answer, answer_apart, run
from tests.workspace.conftest import exports, learner_id, trained, trained_once

__all__ = ["exports", "learner_id", "trained", "trained_once"]


class Shell:
    """Runs commands in this process, where they are started in no time."""

    def __init__(self, workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._workspace = workspace
        self._capsys = capsys

    def said(self, *args: object) -> tuple[int, str, str]:
        """Return the exit code, and what stands on stdout and stderr."""
        self._capsys.readouterr()
        code = _run([*map(str, args), "--workspace", str(self._workspace)])
        return code, *self._capsys.readouterr()

    def document(self, *args: object) -> Any:
        code, out, err = self.said(*args, "--json")
        assert code == 0, err
        return json.loads(out)


@pytest.fixture
def shell(trained: Workspace, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(trained.path, capsys)


def test_an_answer_of_one_process_is_given_again_by_another(
    trained: Workspace, learner_id: str
) -> None:
    asked = ("recommend", learner_id, "-k", 3, "--as-of", AS_OF)
    given = answer(*asked, workspace=trained.path)
    again = answer_apart("replay", given["decision_id"], workspace=trained.path)
    assert again["same"] is True
    assert again["answer"]["recommendations"] == given["recommendations"]
    assert "scores" not in again["answer"]
    assert learner_id not in json.dumps(again)
    shown = run(*asked, workspace=trained.path).stdout.splitlines()[-1]
    assert shown.startswith("hrreco replay ")
    done = run("replay", shown.split()[2], workspace=trained.path)
    assert done.stdout.startswith("The same answer again: recommend of ")
    assert "by version 1." in done.stdout


def test_an_answer_that_differs_exits_1(
    shell: Shell, learner_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = shell.document("recommend", learner_id, "--as-of", AS_OF)["decision_id"]
    monkeypatch.setattr("hrreco.workspace.decisions.again.letters_of", lambda codes: "A")
    code, out, err = shell.said("replay", number)
    assert (code, err) == (1, "")
    assert out.replace("\n", " ").startswith("Another answer: recommend of ")
    code, _, err = shell.said("replay", "00" * 10)
    assert (code, len(err.splitlines())) == (2, 1)


def test_the_log_is_checked_against_a_head_that_was_kept(
    trained: Workspace,
    shell: Shell,
    learner_id: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shell.document("recommend", learner_id, "--as-of", AS_OF)
    head = shell.document("audit", "head")
    copy = shutil.copytree(trained.path, tmp_path / "copy")
    shell.document("recommend", learner_id, "--as-of", AS_OF)
    found = shell.document("audit", "verify", "--head", head["head"])
    assert found["whole"] is True
    assert found["public_key"] == head["public_key"]
    later = shell.document("audit", "head")["head"]
    # Whoever puts a whole older copy back has a log that verifies, but not against the head.
    older = Shell(copy, capsys)
    assert older.document("audit", "verify", "--head", head["head"])["whole"] is True
    code, out, _ = older.said("audit", "verify", "--head", later)
    assert (code, len(out.splitlines())) == (1, 1)
    assert "its end was cut off" in out


@pytest.mark.parametrize("head", ["", "3", "3:", "3:zz", f"-1:{'0' * 64}", "x" * 99])
def test_a_head_that_is_none_is_one_line(shell: Shell, head: str) -> None:
    code, out, err = shell.said("audit", "verify", "--head", head)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert "is no head of an audit log" in err


def test_a_change_is_named_and_exits_1(trained: Workspace, shell: Shell) -> None:
    trained.opt_outs.opt_out("E000001")
    with trained.store.writing() as connection:
        drop_kind(connection, "opt_out", 99)
    code, out, err = shell.said("audit", "verify")
    assert (code, err, len(out.splitlines())) == (1, "", 1)
    assert out.startswith("Not whole: audit log: what line ")
    code, out, _ = shell.said("audit", "verify", "--json")
    assert (code, json.loads(out)["whole"]) == (1, False)


def test_the_list_tells_what_was_done_and_of_whom_nothing(
    trained: Workspace, shell: Shell, learner_id: str
) -> None:
    trained.opt_outs.opt_out(learner_id)
    trained.forget([learner_id])
    shell.document("recommend", learner_id, "--as-of", AS_OF)
    found = shell.document("audit", "list")
    kinds = [line["kind"] for line in found["lines"]]
    assert kinds == ["ingest", "training", "opt_out", "forgetting", "answer"]
    assert all(set(line) == {"line", "at", "kind", "readable"} for line in found["lines"])
    assert learner_id not in json.dumps(found)
    assert shell.document("audit", "list", "--kind", "answer")["lines"] == found["lines"][-1:]
    assert shell.document("audit", "list", "--since", "2020-01-01") == found
    assert shell.document("audit", "list", "--since", "2999-01-01") == {"lines": []}
    _, out, _ = shell.said("audit", "list")
    assert len(out.splitlines()) == 1 + len(kinds)


def test_keys_are_shown_by_their_marks_and_rotated(trained: Workspace, shell: Shell) -> None:
    trained.opt_outs.opt_out("E000001")
    shell.said("token", "E000001", "--role", "employee")
    keys = {one["name"]: one for one in shell.document("keys", "show")["keys"]}
    assert set(keys) == {"pseudonym", "audit", "token"}
    for name, one in keys.items():
        secret = (trained.path / f"{name}.key").read_text().strip()
        assert one["source"] == str(trained.path / f"{name}.key")
        assert secret not in json.dumps(one)
        rotated = shell.document("keys", "rotate", name)
        assert rotated["marks"][:-1] == one["marks"]
        assert len(rotated["marks"]) == 2
    assert shell.document("audit", "head")["public_key"] != keys["audit"]["marks"][-1]
    assert shell.document("audit", "verify")["whole"] is True
    rotations = shell.document("audit", "list", "--kind", "key_rotation")["lines"]
    assert len(rotations) == 3
    assert trained.opt_outs.is_out("E000001", "training")


def test_a_key_that_cannot_be_rotated_says_why(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, trained: Workspace
) -> None:
    code, _, err = shell.said("keys", "rotate", "audit2")
    assert (code, len(err.splitlines())) == (2, 1)
    assert "did you mean 'audit'" in err
    monkeypatch.setenv("HRRECO_AUDIT_KEY", (trained.path / "audit.key").read_text().strip())
    code, _, err = shell.said("keys", "rotate", "audit")
    assert (code, len(err.splitlines())) == (2, 1)
    assert "come from the environment" in err
    assert shell.document("keys", "show")["keys"][1]["source"] == "HRRECO_AUDIT_KEY"
