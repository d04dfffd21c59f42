"""A process that is killed leaves a workspace that the next one opens and repeats."""

from __future__ import annotations

import random
import subprocess
import time
from pathlib import Path

import pytest

from hrreco import Workspace
from tests.conftest import AS_OF
from tests.workspace.commands import answer, start

CONFIG = 'models = ["ease"]\n'


def kill_after(process: subprocess.Popen[str], seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate()


def check_whole(workspace: Path) -> None:
    """The champion loads, and nothing half-written can be taken for a bundle."""
    opened = Workspace.open(workspace)
    opened.champion()
    for bundle in opened.bundles.glob("*"):
        hidden = bundle.name.startswith(".")
        assert hidden or bundle.is_file() or (bundle / "manifest.json").exists()


def ingest_and_train(folder: Path, exports: Path, rng: random.Random, rounds: int) -> None:
    Workspace.init(folder)
    config = folder / "quick.toml"
    config.write_text(CONFIG)
    command = ("ingest", exports, "--as-of", AS_OF)
    for _ in range(rounds):
        kill_after(start(*command, workspace=folder), rng.uniform(0.3, 2.5))
        assert Workspace.open(folder).store.last_ingest() in {0, 1}
        if Workspace.open(folder).store.last_ingest():
            break
    if not Workspace.open(folder).store.last_ingest():
        answer(*command, workspace=folder)
    train = ("train", "--config", config, "--as-of", AS_OF)
    for _ in range(rounds):
        kill_after(start(*train, workspace=folder), rng.uniform(0.5, 9.0))
        check_whole(folder)
    done = answer(*train, workspace=folder)
    assert done["winner"] == "ease"
    assert Workspace.open(folder).champion_id() == done["champion"]["bundle_id"]
    assert not [*folder.glob(".training-*"), *folder.glob("bundles/.*/")]


def test_the_next_command_repeats_what_a_killed_one_began(exports: Path, tmp_path: Path) -> None:
    ingest_and_train(tmp_path / "acme", exports, random.Random(time.time_ns()), rounds=2)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(20))
def test_the_same_many_times(seed: int, exports: Path, tmp_path: Path) -> None:
    ingest_and_train(tmp_path / "acme", exports, random.Random(seed), rounds=8)
