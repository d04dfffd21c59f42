"""Running the `hrreco` command in processes of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HRRECO = str(Path(sys.executable).with_name("hrreco"))


def start(*args: object, workspace: Path) -> subprocess.Popen[str]:
    """Start a command and do not wait for it."""
    return subprocess.Popen(
        [HRRECO, *map(str, args), "--workspace", str(workspace)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    )


def run(*args: object, workspace: Path) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    process = start(*args, workspace=workspace)
    out, err = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def answer(*args: object, workspace: Path) -> dict[str, Any]:
    """Run a command that must succeed, with `--json`, and return its document."""
    done = run(*args, "--json", workspace=workspace)
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def told(*args: object, workspace: Path) -> dict[str, Any]:
    """Return the document of an answer that is in the log, without the id that is always new."""
    document = answer(*args, workspace=workspace)
    assert len(document.pop("decision_id")) == 20
    return document
