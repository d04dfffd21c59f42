from __future__ import annotations

import random
import signal
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from hrreco.data import LearningData
from hrreco.store import Store
from tests.store.build import assert_same, care_home
from tests.store.workers import EVENTS, PEOPLE, Countdown, ingest_and_die


def first_export() -> LearningData:
    return care_home(PEOPLE + 5, EVENTS // 2, role="Nurse")


def ticks_of_an_ingest(path: Path) -> int:
    """How many ticks the second ingest takes when nobody kills it."""
    with Store.open(path) as store:
        countdown = Countdown(store)
        store.ingest(care_home(PEOPLE, EVENTS, role="Clerk"), source="second", full=True)
    return countdown.passed


def kill_in_the_middle(path: Path, processes: ForkServerContext, ticks: int) -> None:
    process = processes.Process(target=ingest_and_die, args=(path, ticks))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


def check_rounds(
    path: Path, spare: Path, processes: ForkServerContext, rounds: int, seed: int
) -> None:
    with Store.open(path) as store:
        store.ingest(first_export(), source="first", full=True)
        before = store.read()
    spare.write_bytes(path.read_bytes())
    ticks = ticks_of_an_ingest(spare)
    draw = random.Random(seed)
    for _ in range(rounds):
        kill_in_the_middle(path, processes, draw.randint(1, ticks))
        with Store.open(path) as store:
            assert store.last_ingest() == 1
            assert_same(store.read(), before)
    with Store.open(path) as store, Store.open(spare) as undisturbed:
        store.ingest(care_home(PEOPLE, EVENTS, role="Clerk"), source="second", full=True)
        assert_same(store.read(), undisturbed.read())


def test_a_kill_in_the_middle_of_an_ingest_leaves_the_state_of_before(
    path: Path, tmp_path: Path, processes: ForkServerContext
) -> None:
    check_rounds(path, tmp_path / "spare.db", processes, rounds=12, seed=1)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(10))
def test_many_kills(path: Path, tmp_path: Path, processes: ForkServerContext, seed: int) -> None:
    check_rounds(path, tmp_path / "spare.db", processes, rounds=30, seed=seed)
