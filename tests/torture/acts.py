"""What the processes do that are killed, and what is taken out of them to see a check fail."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import event

from hrreco.data import LearningData
from hrreco.data.pipeline import read_frames
from hrreco.privacy import erasure
from hrreco.privacy.audit import AuditLog
from hrreco.privacy.stored_optouts import StoredOptOuts
from hrreco.store import Store
from hrreco.store.tables import LEARNING
from tests.store.build import care_home, ingest_into
from tests.store.places import Place

PEOPLE, EVENTS = 24, 240
NOON = datetime(2025, 1, 1, 12, tzinfo=UTC)
STEPS = 25

Act = Callable[[AuditLog, Connection, list[str]], None]


def first_export() -> LearningData:
    """Return the export that is there before, and that is replayed after every kill."""
    return care_home(PEOPLE, EVENTS)


def read_beside(store: Store, export: LearningData) -> LearningData:
    """Return an export as it is read beside what a store knows: without the erased."""
    frames = {name: getattr(export, name) for name in LEARNING}
    tables, report = read_frames(
        frames, settings=export.settings, as_of="2025-02-01", known=store.known()
    )
    kept = {name: tables[name] for name in LEARNING}
    return LearningData(**kept, settings=export.settings, report=report)


def opt_out(log: AuditLog, told: Connection, ids: list[str]) -> None:
    """Opt people out, and tell of each once the call has returned."""
    opt_outs = StoredOptOuts(log)
    for employee_id in ids:
        opt_outs.opt_out(employee_id, ["training"])
        told.send(employee_id)


def erase(log: AuditLog, told: Connection, ids: list[str]) -> None:
    """Erase people, and tell of each once the call has returned."""
    for employee_id in ids:
        erasure.erase(log, employee_id, at=NOON)
        told.send(employee_id)


def ingest(log: AuditLog, told: Connection, ids: list[str]) -> None:
    """Ingest a full export in which everybody has another role."""
    second = read_beside(log.store, care_home(PEOPLE, EVENTS, role="Clerk"))
    ingest_into(log.store, second, source="second", full=True)
    told.send("ingested")


ACTS: dict[str, Act] = {"opt_out": opt_out, "erase": erase, "ingest": ingest}


def run(
    place: Place, act: str, ids: list[str], told: Connection, ticks: int | None, taken_out: str
) -> None:
    """Do something in a process of its own, and be killed after so many ticks."""
    if taken_out:
        TAKEN_OUT[taken_out]()
    with place.open() as store:
        told.send("open")
        countdown = Countdown(store, ticks)
        try:
            ACTS[act](AuditLog(store, place.folder), told, ids)
        except Exception as error:  # whatever a caller would see is told, and checked
            told.send(error)
            raise
        told.send(countdown.passed)


class Countdown:
    """Kills this process at a tick: steps of SQLite, statements, and what files are made of."""

    def __init__(self, store: Store, ticks: int | None) -> None:
        self.passed = 0
        self._end = ticks
        engine = store._engine
        if engine.dialect.name == "sqlite":
            event.listen(engine, "checkout", self._attach)
        for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
            event.listen(engine, moment, self._tick)
        for of, name in ((os, "fsync"), (Path, "replace")):
            setattr(of, name, self._counted(getattr(of, name)))

    def _attach(self, driver_connection: Any, *_: object) -> None:
        driver_connection.set_progress_handler(self._tick, STEPS)

    def _counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:
            self._tick()
            done = function(*args, **kwargs)
            self._tick()
            return done

        return counted

    def _tick(self, *_: object) -> int:
        self.passed += 1
        if self.passed == self._end:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0


def _without_transaction() -> None:
    """Let every statement be final at once."""

    @contextmanager
    def writing(store: Store) -> Iterator[sqlalchemy.Connection]:
        with store._engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            yield connection

    Store.writing = writing  # type: ignore[method-assign]


def _without_tombstone() -> None:
    """Erase without leaving what refuses a replayed feed."""

    def bury(connection: Any, pseudonyms: Any, employee_id: str, at: datetime) -> bytes:
        return pseudonyms.of(connection, employee_id)

    erasure.bury = bury  # type: ignore[attr-defined]


TAKEN_OUT = {
    "transaction": _without_transaction,
    "tombstone": _without_tombstone,
}
