"""An erasure beside an ingest that holds rows of the same person, read before the erasure."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from hrreco.errors import WorkspaceError
from hrreco.store import ingest as module
from hrreco.store import merge
from tests.store.build import MORNING, care_home, erase_from, ingest_into
from tests.store.places import Place
from tests.store.writing import take_out_the_lock

NOON = MORNING + timedelta(days=100)
LONG_ENOUGH = 1.0
"""Seconds in which an erasure is done, if nothing holds it up."""


def left_after_a_race(place: Place, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Ingest three people, and begin to erase one when the ingest has found nobody erased."""
    erasing: list[Future[None]] = []

    def merge_late(*args: Any, **named: Any) -> Any:
        erasing.append(pool.submit(erase_from, other, "001", NOON))
        wait(erasing, LONG_ENOUGH)
        return merge.merge(*args, **named)

    with ThreadPoolExecutor(1) as pool, place.open() as store, place.open() as other:
        ingest_into(store, care_home(), source="first", full=False)
        monkeypatch.setattr(module, "merge", merge_late)
        ingest_into(store, care_home(), source="second", full=False)
        erasing[0].result()
        return set(store.read().employees["employee_id"])


def test_nobody_comes_back_who_is_erased_while_an_ingest_holds_their_rows(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert left_after_a_race(place, monkeypatch) == {"000", "002"}


def test_without_the_lock_they_would(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    take_out_the_lock(monkeypatch.setattr)
    if place.address is None:  # SQLite then refuses to write on a state that is out of date
        with pytest.raises(WorkspaceError, match="writing for too long"):
            left_after_a_race(place, monkeypatch)
    else:
        assert left_after_a_race(place, monkeypatch) == {"000", "001", "002"}


def ingest_what_was_read_before(place: Place) -> set[str]:
    with place.open() as store:
        ingest_into(store, care_home(), source="first", full=False)
        erase_from(store, "001", NOON)
        with suppress(WorkspaceError):
            ingest_into(store, care_home(), source="second", full=False)
        return set(store.read().employees["employee_id"])


def test_nobody_comes_back_with_an_export_that_was_read_before(place: Place) -> None:
    assert ingest_what_was_read_before(place) == {"000", "002"}


def test_without_a_look_at_the_tombstones_they_would(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "refuse_replay", lambda *_: None)
    assert ingest_what_was_read_before(place) == {"000", "001", "002"}
