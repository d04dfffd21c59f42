"""Commands that erase, train and promote are killed; whatever serves then is whole."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from hrreco import Workspace
from hrreco.privacy.audit import verify
from hrreco.workspace import erase_person, verify_certificate
from tests.conftest import AS_OF
from tests.workspace.commands import start
from tests.workspace.conftest import exports, trained_once

__all__ = ["exports", "trained_once"]

LONGEST = {"forget": 4.0, "train": 9.0, "promote": 6.0, "opt-out": 1.0, "ingest": 2.5}
"""Seconds: about what each takes."""


class Company:
    """A trained workspace, and what its commands have acknowledged."""

    def __init__(self, folder: Path, exports: Path, seed: int) -> None:
        self.folder, self._exports, self._draw = folder, exports, random.Random(seed)
        (folder / "quick.toml").write_text('models = ["ease"]\n')
        self._ids = Workspace.open(folder).data().employees["employee_id"].to_list()
        self._draw.shuffle(self._ids)
        self.erased: list[str] = []
        self.refused: list[str] = []
        self.started: list[str] = []

    def kill(self, name: str) -> None:
        """Run a command, and kill it on its way, if it takes that long."""
        someone = self._ids.pop()
        arguments = {
            "forget": (someone, "--yes"),
            "train": ("--config", self.folder / "quick.toml", "--as-of", AS_OF),
            "promote": ("1", "--as-of", AS_OF),
            "opt-out": (someone,),
            "ingest": (self._exports, "--as-of", AS_OF),
        }
        process = start(name, *arguments[name], workspace=self.folder)
        try:
            process.wait(self._draw.uniform(0.2, LONGEST[name]))
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
        if name == "forget":
            self.started.append(someone)
        if process.returncode == 0:
            {"forget": self.erased, "opt-out": self.refused}.get(name, []).append(someone)

    def check(self) -> None:
        """Assert that nothing is lost, and that what serves is whole."""
        workspace = Workspace.open(self.folder)
        verify(workspace.audit_log)
        assert workspace.champion() is not None
        there = set(workspace.data().employees["employee_id"])
        assert there.isdisjoint(self.erased)
        assert workspace.opt_outs.opted_out("training").issuperset(self.refused)
        answer = workspace.advisor().recommend(min(there), as_of=AS_OF)
        assert answer.items or answer.left_out
        workspace.store.close()

    def finish(self) -> None:
        """Assert that erasures which were killed are completed by repeating them."""
        workspace = Workspace.open(self.folder)
        for someone in self.started:
            assert verify_certificate(workspace, erase_person(workspace, someone).file).model
        workspace.store.close()


def go_through(folder: Path, exports: Path, seed: int, names: list[str]) -> None:
    company = Company(folder, exports, seed)
    for name in names:
        company.kill(name)
        company.check()
    company.finish()


@pytest.fixture
def folder(trained_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(trained_once, tmp_path / "acme"))


def test_whatever_is_killed_the_champion_serves_and_erasures_hold(
    folder: Path, exports: Path
) -> None:
    go_through(folder, exports, 5, ["forget", "opt-out", "train", "forget", "ingest"])


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(20))
def test_many_kills(folder: Path, exports: Path, seed: int) -> None:
    go_through(folder, exports, seed, random.Random(seed).choices(list(LONGEST), k=25))
