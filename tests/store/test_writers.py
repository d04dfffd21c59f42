"""Many processes read and then write at once: no update is lost, and nobody is locked out.

Half of what each writer does is taking a seat of a session: it reads how many are taken, and an
export says that it is one more. A second session tells readers whether they see one state. The
other half is opting out, where each line of the audit log follows from the one before.
"""

from __future__ import annotations

from multiprocessing.context import ForkServerContext

import pytest

from hrreco.privacy.audit import AuditLog, verify
from hrreco.store import Store
from tests.store.build import export, ingest_into, opt_outs_of
from tests.store.places import Place
from tests.store.writing import SESSIONS, read_on, seats_taken, take_seats

WRITERS, READERS = 8, 2


def check(place: Place, processes: ForkServerContext, times: int, *, locked: bool = True) -> None:
    with place.open() as store:
        ingest_into(
            store,
            export(
                courses=[{"course_id": "C1"}],
                sessions=[{"session_id": s, "course_id": "C1", "seats": 0} for s in SESSIONS],
            ),
            source="a",
            full=False,
        )
    done = processes.Event()
    readers = [processes.Process(target=read_on, args=(place, done)) for _ in range(READERS)]
    together = processes.Barrier(WRITERS)
    writers = [
        processes.Process(target=take_seats, args=(place, n, together, times, locked))
        for n in range(WRITERS)
    ]
    for process in (*readers, *writers):
        process.start()
    for process in writers:
        process.join()
    done.set()
    for process in readers:
        process.join()
    assert [process.exitcode for process in (*writers, *readers)] == [0] * (WRITERS + READERS)
    with place.open() as store:
        assert_nothing_was_lost(store, place, times)


def assert_nothing_was_lost(store: Store, place: Place, times: int) -> None:
    half = times // 2
    with store.reading() as connection:
        assert seats_taken(connection) == [WRITERS * half] * 2
    assert store.last_ingest() == 1 + WRITERS * half
    own = {f"E{number}-{i}" for number in range(WRITERS) for i in range(half)}
    assert opt_outs_of(store, place.folder).opted_out("training") == own
    assert verify(AuditLog(store, place.folder)).last == WRITERS * half


def test_eight_writers_lose_no_update_and_are_never_locked_out(
    place: Place, processes: ForkServerContext
) -> None:
    check(place, processes, times=24)


def test_without_the_lock_they_would(place: Place, processes: ForkServerContext) -> None:
    with pytest.raises(AssertionError):
        check(place, processes, times=24, locked=False)


@pytest.mark.torture
def test_eight_writers_a_thousand_times(place: Place, processes: ForkServerContext) -> None:
    check(place, processes, times=1000)
