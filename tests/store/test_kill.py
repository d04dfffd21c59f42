from __future__ import annotations

import random
import signal
from multiprocessing.context import ForkServerContext

import pytest

from hrreco.data import LearningData
from tests.store.build import assert_same, care_home, ingest_into
from tests.store.places import Place, Places
from tests.store.workers import EVENTS, PEOPLE, Countdown, ingest_and_die


def first_export() -> LearningData:
    return care_home(PEOPLE + 5, EVENTS // 2, role="Nurse")


def ticks_of_an_ingest(place: Place) -> int:
    """How many ticks the second ingest takes when nobody kills it."""
    with place.open() as store:
        ingest_into(store, first_export(), source="first", full=True)
        countdown = Countdown(store)
        ingest_into(store, care_home(PEOPLE, EVENTS, role="Clerk"), source="second", full=True)
    return countdown.passed


def kill_in_the_middle(place: Place, processes: ForkServerContext, ticks: int) -> None:
    process = processes.Process(target=ingest_and_die, args=(place, ticks))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


def check_rounds(places: Places, processes: ForkServerContext, rounds: int, seed: int) -> None:
    with places.empty() as place, places.empty() as spare:
        ticks = ticks_of_an_ingest(spare)
        with place.open() as store:
            ingest_into(store, first_export(), source="first", full=True)
            before = store.read()
        draw = random.Random(seed)
        for _ in range(rounds):
            kill_in_the_middle(place, processes, draw.randint(1, ticks))
            with place.open() as store:
                assert store.last_ingest() == 1
                assert_same(store.read(), before)
        with place.open() as store, spare.open() as undisturbed:
            ingest_into(store, care_home(PEOPLE, EVENTS, role="Clerk"), source="second", full=True)
            assert_same(store.read(), undisturbed.read())


def test_a_kill_in_the_middle_of_an_ingest_leaves_the_state_of_before(
    places: Places, processes: ForkServerContext
) -> None:
    check_rounds(places, processes, rounds=12, seed=1)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(10))
def test_many_kills(places: Places, processes: ForkServerContext, seed: int) -> None:
    check_rounds(places, processes, rounds=30, seed=seed)
