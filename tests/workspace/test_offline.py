"""Nothing is sent anywhere, and nothing needs the network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from hrreco import Workspace
from tests.conftest import AS_OF

WATCHED = """
import socket, sys
def refuse(*args, **kwargs):
    sys.stderr.write(f"the network was asked for {args[1:]}\\n")
    raise OSError("no network")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
from hrreco.cli import run
sys.argv[0] = "hrreco"
run()
"""


def without_network() -> list[str]:
    """Return what runs a command in a namespace without network, where the machine lets us."""
    prefix = ["unshare", "-rn"]
    allowed = shutil.which("unshare") and subprocess.run([*prefix, "true"], check=False)
    return prefix if allowed and not allowed.returncode else []


def test_training_and_suggesting_ask_for_no_connection_and_need_none(
    ingested: Workspace, tmp_path: Path
) -> None:
    config = tmp_path / "quick.toml"
    config.write_text('models = ["ease"]\n')
    employee_id = ingested.data().employees["employee_id"][0]
    for command in (("train", "--config", str(config)), ("recommend", employee_id)):
        done = subprocess.run(
            [*without_network(), sys.executable, "-c", WATCHED, *command, "--as-of", str(AS_OF)],
            env={**os.environ, "HRRECO_WORKSPACE": str(ingested.path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "network was asked for" not in done.stderr
