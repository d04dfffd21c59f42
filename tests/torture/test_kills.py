"""Kills at random moments; `make torture` does ten thousand of them."""

from __future__ import annotations

import random
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from tests.store.places import SQLitePlaces
from tests.torture.acts import ACTS
from tests.torture.world import World


def violations(
    places: SQLitePlaces,
    processes: ForkServerContext,
    *,
    kills: int,
    seed: int,
    acts: tuple[str, ...] = tuple(ACTS),
    taken_out: str = "",
) -> list[str]:
    """Kill so many times, and return what did not hold; the first violation ends it."""
    with places.empty() as place:
        world = World(place, processes, random.Random(seed), taken_out)
        for act in acts:
            world.begin()
            world.measure(act)
            places.wipe(place)
            for key in place.folder.glob("*.key"):
                key.unlink()
            (place.folder / "audit-head.json").unlink(missing_ok=True)
        world.begin()
        while world.kills < kills:
            found = world.kill(world.draw.choice(acts))
            if found:
                return [f"seed {seed}, after {world.kills} kills: {one}" for one in found]
            if world.is_spent:
                _anew(places, world)
    return []


def _anew(places: SQLitePlaces, world: World) -> None:
    places.wipe(world.place)
    for file in (*world.place.folder.glob("*.key"), *world.place.folder.glob("audit-head.json")):
        file.unlink()
    for journal in world.place.folder.glob("hrreco.db-*"):
        journal.unlink()
    world.begin()


@pytest.fixture
def sqlite(tmp_path: Path, empty_database: Path) -> SQLitePlaces:
    return SQLitePlaces(tmp_path, empty_database)


def test_nothing_that_was_acknowledged_is_lost(
    sqlite: SQLitePlaces, processes: ForkServerContext
) -> None:
    assert violations(sqlite, processes, kills=24, seed=1) == []


@pytest.mark.parametrize(
    ("taken_out", "acts", "said"),
    [
        ("transaction", ("ingest",), "half done"),
        ("transaction", ("erase",), "half done|line|came back"),
        ("tombstone", ("erase",), "came back"),
    ],
)
def test_without_what_it_rests_on_it_fails(
    sqlite: SQLitePlaces,
    processes: ForkServerContext,
    taken_out: str,
    acts: tuple[str, ...],
    said: str,
) -> None:
    found = violations(sqlite, processes, kills=200, seed=5, acts=acts, taken_out=taken_out)
    assert any(word in " ".join(found) for word in said.split("|"))


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(20))
def test_many_kills(sqlite: SQLitePlaces, processes: ForkServerContext, seed: int) -> None:
    assert violations(sqlite, processes, kills=500, seed=seed) == []
