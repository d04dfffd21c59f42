"""A full disk ends every command in one line, and costs nothing that was there before."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from hrreco import Workspace
from tests.conftest import AS_OF
from tests.workspace.commands import HRRECO

ROOM = 16  # MiB
SCRIPT = """
mount -t tmpfs -o size="$1"m tmpfs "$2" && cp -r "$3" "$2/acme" || exit 9
cd "$2" && command="$4" && left="$5" && shift 5
dd if=/dev/zero of=filling bs=4k 2>/dev/null
truncate -s "-$left" filling
export HRRECO_WORKSPACE=acme
"$command" "$@"
code=$?
rm filling
"$command" doctor >/dev/null || exit 8
exit $code
"""


def own_mounts() -> list[str]:
    """Return the command that runs another one with mounts of its own."""
    prefix = ["unshare", "-rm"]
    tried = [*prefix, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    allowed = shutil.which("unshare") and subprocess.run(tried, capture_output=True, check=False)
    if not allowed or allowed.returncode:
        pytest.skip("this machine does not let us make a small disk")
    return prefix


@pytest.mark.parametrize(
    ("left", "args"),
    [
        ("0", ("opt-out", "E000001")),
        ("40k", ("recommend", "--all", "--out", "all.parquet")),
        ("40k", ("init", "second")),
        ("256k", ("train", "--config", "../quick.toml")),
    ],
)
def test_a_full_disk_is_one_line_and_nothing_is_lost(
    left: str, args: tuple[str, ...], trained: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "quick.toml").write_text('models = ["ease"]\n')
    disk = tmp_path / "disk"
    disk.mkdir()
    trained.store.close()
    given = (str(ROOM), str(disk), str(trained.path), HRRECO, left, *args, "--as-of", str(AS_OF))
    done = subprocess.run(
        [*own_mounts(), "sh", "-c", SCRIPT, "sh", *given],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    said = done.stderr.strip().splitlines()
    assert len(said) == 1, done.stderr
    assert said[0].startswith("hrreco: ")
    assert "the disk is full; free some space" in said[0]
