"""A trained workspace of a large company, and a service over it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

from hrreco import Workspace
from peers.company import AS_OF, Size, write_company

_HRRECO = Path(sys.executable).with_name("hrreco")
_PATIENCE = 60.0


def trained_twice(size: Size, folder: Path) -> tuple[Workspace, str]:
    """Return a workspace, and the id of a champion from before the one that serves."""
    exports = folder / "exports"
    exports.mkdir()
    write_company(size, exports)
    workspace = Workspace.init(folder / "workspace")
    workspace.ingest(exports, as_of=AS_OF)
    workspace.train(as_of="2026-02-28")
    before = workspace.champion_id()
    workspace.train(as_of=AS_OF)
    if before is None or before == workspace.champion_id():
        raise RuntimeError("there are no two champions; have more employees")
    return workspace, before


def tokens(folder: Path, subjects: list[str], role: str) -> dict[str, str]:
    """Return a signed token for each."""
    from datetime import timedelta

    from hrreco.workspace.tokens import LocalTokens

    signer = LocalTokens(Workspace.open(folder))
    return {one: signer.sign(one, role, valid_for=timedelta(hours=8)) for one in subjects}


@contextmanager
def serving(folder: Path, port: int) -> Iterator[None]:
    """Have one worker serve meanwhile, in a process of its own."""
    command = [_HRRECO, "serve", "--workspace", folder, "--port", str(port)]
    with (folder / "served.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait_for(port)
            yield
        finally:
            process.terminate()
            process.wait()


def _wait_for(port: int) -> None:
    until = monotonic() + _PATIENCE
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}/ready") as answer:
                json.load(answer)
                return
        except URLError:
            if monotonic() > until:
                raise
            sleep(0.1)
