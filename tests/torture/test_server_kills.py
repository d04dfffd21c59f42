"""A whole PostgreSQL server is killed while rows are written; `make torture` does it 200 times."""

from __future__ import annotations

import random
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from tests import postgres
from tests.store.places import Place
from tests.torture.acts import ACTS
from tests.torture.world import World


def violations(
    folder: Path, processes: ForkServerContext, *, kills: int, seed: int, taken_out: str = ""
) -> list[str]:
    """Kill the server so many times, and return what did not hold."""
    draw = random.Random(seed)
    with postgres.running() as server:
        killed = 0
        while killed < kills:
            with server.database() as address:
                world = World(Place(folder / "hrreco.db", address), processes, draw, taken_out)
                for file in folder.iterdir():
                    file.unlink()
                world.begin()
                while not world.is_spent and killed < kills:
                    found = world.kill_server(draw.choice(tuple(ACTS)), server)
                    killed += 1
                    if found:
                        return [f"seed {seed}, after {killed} kills: {one}" for one in found]
    return []


def test_nothing_that_was_acknowledged_is_lost(
    tmp_path: Path, processes: ForkServerContext
) -> None:
    assert violations(tmp_path, processes, kills=5, seed=3) == []


def test_without_the_tombstone_it_fails(tmp_path: Path, processes: ForkServerContext) -> None:
    found = violations(tmp_path, processes, kills=20, seed=4, taken_out="tombstone")
    assert "came back" in " ".join(found)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(10))
def test_many_kills(tmp_path: Path, processes: ForkServerContext, seed: int) -> None:
    assert violations(tmp_path, processes, kills=20, seed=seed) == []
