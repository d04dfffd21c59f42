"""Events are added one by one, and none that is stored is changed."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from hrreco.errors import WorkspaceError
from hrreco.store import Store
from hrreco.store.adding import Outcome, add_events
from hrreco.store.lookup import courses_among, moments_of
from tests.store.build import MORNING, erase_from, export, ingest_into
from tests.store.places import Places

PEOPLE = [{"employee_id": "E1"}, {"employee_id": "E2"}]
COURSES = [{"course_id": "C1"}, {"course_id": "C2"}]


def begun(store: Store) -> None:
    ingest_into(store, export(employees=PEOPLE, courses=COURSES), source="people", full=False)


def event(event_id: str | None, **more: object) -> dict[str, object]:
    return {"event_id": event_id, "employee_id": "E1", "course_id": "C1", **more}


def add(store: Store, *rows: dict[str, object]) -> list[str]:
    data = export(events=rows)  # in the order of their ids
    with store.writing() as connection:
        outcomes, _ = add_events(connection, store.pseudonyms, data, source="test")
    return [one.value for one in outcomes]


def test_what_is_there_stays(places: Places) -> None:
    with places.empty() as place, place.open() as store:
        begun(store)
        assert add(store, event("a", rating=2.0), event("b")) == ["stored", "stored"]
        seq, before = store.last_ingest(), store.read().events
        assert add(store, event("a", rating=2.0), event("b", rating=1.0)) == [
            Outcome.UNCHANGED.value,
            Outcome.CONFLICT.value,
        ]
        assert store.last_ingest() == seq
        assert store.read().events.equals(before)
        assert add(store, event(None), event("c")) == ["stored", "stored"]
        assert add(store, event(None)) == ["unchanged"]


def test_the_id_of_an_event_may_be_long(places: Places) -> None:
    long = random.Random(1).randbytes(6_000).hex()  # which no database makes short
    with places.empty() as place, place.open() as store:
        begun(store)
        assert add(store, event(long), event("b")) == ["stored", "stored"]
        assert add(store, event(long)) == ["unchanged"]
        assert long in store.read().events["event_id"]


def test_the_erased_do_not_come_back(places: Places) -> None:
    with places.empty() as place, place.open() as store:
        begun(store)
        erase_from(store, "E1", MORNING + timedelta(days=1))
        with pytest.raises(WorkspaceError, match="erased"):
            add(store, event("a"))


def test_which_courses_and_events_there_are(places: Places) -> None:
    later = MORNING + timedelta(hours=1)
    with places.empty() as place, place.open() as store:
        begun(store)
        add(store, event("a"), event("b", occurred_at=later), event(None))
        with store.reading() as connection:
            assert courses_among(connection, {"C1", "C9"}) == {"C1"}
            assert moments_of(connection, ["a", "b", "z"]) == {"a": MORNING, "b": later}
            assert moments_of(connection, []) == {}
