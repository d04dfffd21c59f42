"""What the processes of the tests do."""

from __future__ import annotations

import os
import signal
from multiprocessing.synchronize import Barrier

from sqlalchemy import event

from hrreco.store import Store
from tests.store.build import care_home, ingest_into, opt_outs_of
from tests.store.places import Place

STEPS_PER_TICK = 500
PEOPLE, EVENTS = 300, 6_000


def open_new(place: Place, number: int, together: Barrier) -> None:
    together.wait()
    with place.open() as store:
        opt_outs_of(store, place.folder).opt_out(f"E{number}", ["training"])


def opt_out(place: Place, employee_id: str) -> None:
    with place.open() as store:
        opt_outs_of(store, place.folder).opt_out(employee_id, ["training"])


def ingest_and_die(place: Place, ticks: int) -> None:
    """Ingest a full export, and be killed after so many ticks."""
    data = care_home(PEOPLE, EVENTS, role="Clerk")
    with place.open() as store:
        Countdown(store, ticks)
        ingest_into(store, data, source="second", full=True)


class Countdown:
    """Kills this process after so many ticks; counts them when there is no end.

    A tick is some steps of SQLite's machine, or a statement that PostgreSQL is asked to execute.
    """

    def __init__(self, store: Store, ticks: int | None = None) -> None:
        self.passed = 0
        self._end = ticks
        if store._engine.dialect.name == "sqlite":
            event.listen(store._engine, "checkout", self._attach)
        else:
            event.listen(store._engine, "before_cursor_execute", self._tick)

    def _attach(self, driver_connection: object, *_: object) -> None:
        driver_connection.set_progress_handler(self._tick, STEPS_PER_TICK)

    def _tick(self, *_: object) -> int:
        self.passed += 1
        if self.passed == self._end:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0
