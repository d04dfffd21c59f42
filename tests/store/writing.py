"""What the processes of `test_writers` do."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing.synchronize import Barrier, Event

from sqlalchemy import Connection

from hrreco.store import Store
from hrreco.store.dialects import postgres, sqlite
from hrreco.store.merge import merge
from hrreco.store.reading import read_table
from hrreco.store.tables import sessions
from tests.store.build import export, opt_outs_of
from tests.store.places import Place

SESSIONS = ("S1", "S2")


def take_out_the_lock(put: Callable[..., None] = setattr) -> None:
    """Let transactions that write begin as those that read do."""
    put(sqlite, "_begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    put(postgres, "lock", lambda connection: None)


def take_seats(place: Place, number: int, together: Barrier, times: int, locked: bool) -> None:
    """Take seats one after the other, and opt somebody out after each."""
    if not locked:
        take_out_the_lock()
    with place.open() as store:
        opt_outs = opt_outs_of(store, place.folder)
        together.wait()
        for i in range(times // 2):
            take_seat(store)
            opt_outs.opt_out(f"E{number}-{i}", ["training"])


def take_seat(store: Store) -> None:
    with store.writing() as connection:
        taken = [
            {"session_id": session, "course_id": "C1", "seats": seats + 1}
            for session, seats in zip(SESSIONS, seats_taken(connection), strict=True)
        ]
        merge(connection, export(sessions=taken), None, source="seats", left_on=None)


def seats_taken(connection: Connection) -> list[int]:
    """Return how many seats are taken in each session."""
    return read_table(connection, sessions).sort("session_id")["seats"].to_list()


def read_on(place: Place, done: Event) -> None:
    """Read until all is done: the sessions are equal whenever they are read."""
    with place.open() as store:
        while not done.wait(0.01):
            with store.reading() as connection:
                first, second = (seats_taken(connection)[i] for i in (0, 1))
            assert first == second
