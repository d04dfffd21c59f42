"""The progress bar, on a real terminal and away from one."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from hrreco import Workspace
from tests.conftest import AS_OF

AT_ONCE = """
import hrreco.cli._progress as progress
progress._PATIENCE = 0
from hrreco.cli import run
run()
"""


def on_a_terminal(*args: object, workspace: Path) -> tuple[str, str]:
    """Run a command with a terminal for its stderr; return stdout and what the terminal saw."""
    terminal, theirs = pty.openpty()
    command = [sys.executable, "-c", AT_ONCE, *map(str, args), "--workspace", str(workspace)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, text=True) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                seen += os.read(terminal, 65_536)
            except OSError:  # the last of those who could write has ended
                break
        assert process.stdout is not None
        out = process.stdout.read()
    os.close(terminal)
    assert process.returncode == 0, seen.decode()
    return out, seen.decode()


def test_long_work_shows_how_far_it_is(ingested: Workspace, exports: Path) -> None:
    out, seen = on_a_terminal(
        "ingest", exports, "--as-of", AS_OF, "--json", workspace=ingested.path
    )
    assert "hrreco ingest" in seen
    assert "events.csv" in seen
    assert "events.csv" not in out.split('"findings"')[0]


def test_away_from_a_terminal_there_is_no_bar(ingested: Workspace, exports: Path) -> None:
    command = [sys.executable, "-c", AT_ONCE, "doctor", str(exports), "--as-of", str(AS_OF)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_a_search_shows_whose_settings_it_is_at(tmp_path: Path) -> None:
    for name, courses in (("train", "ABCD"), ("test", "E")):
        rows = [f"{person},{course}" for person in range(20) for course in courses]
        (tmp_path / f"{name}.csv").write_text("\n".join(["employee_id,course_id", *rows, "0,E"]))
    files = ("--train", tmp_path / "train.csv", "--test", tmp_path / "test.csv")
    _, seen = on_a_terminal(
        "evaluate", *files, "--models", "popularity", "--tune", workspace=tmp_path
    )
    assert "tune popularity" in seen
