"""A workspace that may be read only answers, and says so where it would have to write."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrreco import Workspace
from tests.conftest import AS_OF
from tests.workspace.commands import HRRECO

RIGHTS = "-dac_override,-dac_read_search"


def bound_by_rights() -> list[str]:
    """Return the command that runs another one bound by the rights of files, even for root."""
    if os.geteuid():
        return []
    prefix = ["setpriv", f"--bounding-set={RIGHTS}", f"--inh-caps={RIGHTS}"]
    allowed = shutil.which("setpriv") and subprocess.run([*prefix, "true"], check=False)
    if not allowed or allowed.returncode:
        pytest.skip("this machine does not let root be bound by the rights of files")
    return prefix


def chmod_all(folder: Path, *, writable: bool) -> None:
    for path in [folder, *folder.rglob("*")]:
        mode = 0o755 if path.is_dir() else 0o600 if path.suffix == ".key" else 0o644
        path.chmod(mode if writable else 0o555)


@pytest.fixture
def read_only(trained: Workspace) -> Iterator[Workspace]:
    trained.store.close()
    chmod_all(trained.path, writable=False)
    yield trained
    chmod_all(trained.path, writable=True)


def run(*args: object, workspace: Workspace) -> subprocess.CompletedProcess[str]:
    command = [*bound_by_rights(), HRRECO, *map(str, args), "--as-of", str(AS_OF)]
    env = {**os.environ, "HRRECO_WORKSPACE": str(workspace.path)}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


@pytest.mark.parametrize(
    "args",
    [
        ("recommend", "E000001"),
        ("why-not", "E000001", "C00001"),
        ("doctor",),
        ("doctor", "EXPORTS"),
        ("evaluate", "--models", "ease", "--k", "5"),
    ],
)
def test_what_only_reads_works(args: tuple[str, ...], read_only: Workspace, exports: Path) -> None:
    before = sorted(path.name for path in read_only.path.iterdir())
    asked = [exports if part == "EXPORTS" else part for part in args]
    done = run(*asked, workspace=read_only)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in read_only.path.iterdir()) == before


def test_an_answer_that_cannot_be_recorded_is_given_and_said_to_be(read_only: Workspace) -> None:
    done = run("recommend", "E000001", "--json", workspace=read_only)
    assert json.loads(done.stdout)["decision_id"] is None
    assert done.stderr == f"{read_only.path}: may be read only; its answers are not recorded\n"


def test_its_papers_are_written_elsewhere(read_only: Workspace, tmp_path: Path) -> None:
    before = sorted(path.name for path in read_only.path.iterdir())
    papers = tmp_path / "papers"
    done = run("dossier", "--out", papers, "--lang", "sv", workspace=read_only)
    assert done.returncode == 0, done.stderr
    assert len(list(papers.iterdir())) == 4
    assert sorted(path.name for path in read_only.path.iterdir()) == before
    done = run("dossier", "--out", read_only.path / "papers", workspace=read_only)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "args", [("ingest", "EXPORTS"), ("train",), ("opt-out", "E000001"), ("init", "SUBFOLDER")]
)
def test_what_writes_says_so_in_one_line(
    args: tuple[str, ...], read_only: Workspace, exports: Path
) -> None:
    given = {"EXPORTS": exports, "SUBFOLDER": read_only.path / "new"}
    done = run(*[given.get(part, part) for part in args], workspace=read_only)
    assert done.returncode == 2
    assert "may be read only" in done.stderr or "cannot be made" in done.stderr
    assert str(read_only.path) in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_reader_sees_what_somebody_who_may_write_has_not_yet_folded_in(
    trained: Workspace, learner_id: str
) -> None:
    asked = ("recommend", learner_id)
    trained.store.close()
    chmod_all(trained.path, writable=False)
    before = run(*asked, workspace=trained).stdout
    chmod_all(trained.path, writable=True)
    trained.opt_outs.opt_out(learner_id)
    assert (trained.path / "hrreco.db-wal").stat().st_size
    chmod_all(trained.path, writable=False)
    after = run(*asked, workspace=trained)
    chmod_all(trained.path, writable=True)
    assert after.returncode == 0, after.stderr
    assert after.stdout != before
