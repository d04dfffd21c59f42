"""Running the `hrreco` command: in this process, or in one of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any, NamedTuple

from hrreco.cli import _run

HRRECO = str(Path(sys.executable).with_name("hrreco"))


class Done(NamedTuple):
    """What a command said, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


def start(*args: object, workspace: Path) -> subprocess.Popen[str]:
    """Start a command and do not wait for it."""
    return subprocess.Popen(
        [HRRECO, *map(str, args), "--workspace", str(workspace)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    )


def run(*args: object, workspace: Path) -> Done:
    """Run a command to its end in this process, which has done the imports already."""
    out, err = (TextIOWrapper(BytesIO(), encoding="utf-8") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = _run([*map(str, args), "--workspace", str(workspace)])
    return Done(code, _text(out), _text(err))


def run_apart(*args: object, workspace: Path) -> Done:
    """Run a command to its end in a process of its own."""
    process = start(*args, workspace=workspace)
    out, err = process.communicate()
    return Done(process.returncode, out, err)


def answer(*args: object, workspace: Path) -> dict[str, Any]:
    """Run a command that must succeed, with `--json`, and return its document."""
    return document_of(run(*args, "--json", workspace=workspace))


def answer_apart(*args: object, workspace: Path) -> dict[str, Any]:
    """Return the document of a command that must succeed, run in a process of its own."""
    return document_of(run_apart(*args, "--json", workspace=workspace))


def document_of(done: Done) -> dict[str, Any]:
    """Return the document that a command printed, which must have succeeded."""
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def told(*args: object, workspace: Path) -> dict[str, Any]:
    """Return the document of an answer that is in the log, without the id that is always new."""
    document = answer(*args, workspace=workspace)
    assert len(document.pop("decision_id")) == 20
    return document


def _text(stream: TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
