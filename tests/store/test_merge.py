from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from hrreco.errors import DataError
from hrreco.store import MergeCounts, Store
from hrreco.store.tables import LEARNING
from tests.store.build import MORNING, assert_same, care_home, export, ingest_into
from tests.store.places import Place


def events_only(**row: object):
    return export(events=[{"employee_id": "000", "course_id": "C0", **row}])


def seqs(store: Store, table: str) -> list[int]:
    with store._engine.begin() as connection:
        return sorted(connection.scalars(select(LEARNING[table].c.ingest_seq)))


def test_the_same_export_twice_changes_nothing(store: Store) -> None:
    first = ingest_into(store, care_home(), source="a", full=True)
    assert first.seq == 1
    assert first.counts["events"] == MergeCounts(new=6, changed=0, unchanged=0)
    second = ingest_into(store, care_home(), source="a", full=True)
    assert second.seq == store.last_ingest() == 2
    for name in LEARNING:
        rows = getattr(care_home(), name).height
        assert second.counts[name] == MergeCounts(new=0, changed=0, unchanged=rows), name
        assert set(seqs(store, name)) == {1}
    assert_same(store.read(), care_home())


def test_an_event_with_an_id_replaces_the_one_of_that_id(store: Store) -> None:
    ingest_into(store, care_home(), source="a", full=False)
    again = events_only(event_id="ev0", kind="dropped")
    counts = ingest_into(store, again, source="b", full=False).counts["events"]
    assert counts == MergeCounts(new=0, changed=1, unchanged=0)
    assert store.employee("000").events[0].kind == "dropped"
    assert seqs(store, "events") == [1, 1, 1, 1, 1, 2]


@pytest.mark.parametrize(
    "other",
    [
        {"course_id": "C1"},
        {"employee_id": "001"},
        {"kind": "dropped"},
        {"occurred_at": MORNING + timedelta(microseconds=1)},
        {"progress": 0.5},
        {"rating": 3.0},
        {"reason": "x"},
        {"source": "x"},
        {"reason": "", "source": ""},
        {"event_id": "new"},
    ],
)
def test_an_event_without_an_id_is_the_same_if_all_columns_are(
    store: Store, other: dict[str, object]
) -> None:
    ingest_into(store, care_home(events=0), source="a", full=False)
    ingest_into(store, events_only(), source="b", full=False)
    same = ingest_into(store, events_only(), source="b", full=False).counts["events"]
    assert same == MergeCounts(new=0, changed=0, unchanged=1)
    new = ingest_into(store, events_only(**other), source="b", full=False).counts["events"]
    assert new == MergeCounts(new=1, changed=0, unchanged=0)


def test_where_one_text_ends_and_the_next_begins_tells_events_apart(store: Store) -> None:
    ingest_into(store, care_home(events=0), source="a", full=False)
    ingest_into(store, events_only(reason="1:a", source="b"), source="b", full=False)
    new = ingest_into(store, events_only(reason="1:", source="ab"), source="b", full=False)
    assert new.counts["events"].new == 1


def test_people_courses_skills_and_sessions_are_replaced(store: Store) -> None:
    ingest_into(store, care_home(), source="a", full=False)
    changed = export(
        employees=[{"employee_id": "000", "role": "Clerk"}, {"employee_id": "new"}],
        courses=[
            {"course_id": "C0", "title": "Changed", "skills": [{"skill": "s", "level": None}]}
        ],
        employee_skills=[{"employee_id": "000", "skill": "first aid", "source": "assessed"}],
        role_skills=[{"role": "Nurse", "skill": "first aid", "level": 3}],
        sessions=[{"session_id": "S1", "course_id": "C2"}],
    )
    counts = ingest_into(store, changed, source="b", full=False).counts
    assert counts["employees"] == MergeCounts(new=1, changed=1, unchanged=0)
    for name in ("courses", "employee_skills", "role_skills", "sessions"):
        assert counts[name] == MergeCounts(new=0, changed=1, unchanged=0), name
    read = store.read()
    assert read.employees["manager_id"].to_list() == [None, "000", "000", None]
    assert read.courses["title"].to_list() == ["Changed", "A course", "A course"]
    assert read.sessions["seats"].to_list() == [None]
    assert len(read.events) == 6


def test_a_full_export_marks_who_and_what_it_no_longer_holds(store: Store) -> None:
    ingest_into(store, care_home(employees=3), source="a", full=True)
    later = care_home(employees=1, events=0)
    later = replace(later, courses=later.courses.head(1))
    counts = ingest_into(store, later, source="b", full=True, as_of="2025-03-02").counts
    assert counts["employees"] == MergeCounts(new=0, changed=0, unchanged=1, marked=2)
    assert counts["courses"] == MergeCounts(new=0, changed=0, unchanged=1, marked=2)
    read = store.read()
    assert read.employees["left_on"].to_list() == [None, date(2025, 3, 2), date(2025, 3, 2)]
    assert read.courses["active"].to_list() == [True, False, False]
    assert seqs(store, "employees") == [1, 2, 2]
    again = ingest_into(store, later, source="c", full=True, as_of="2026-01-01").counts
    assert again["employees"].marked == again["courses"].marked == 0


def test_who_comes_back_has_not_left(store: Store) -> None:
    ingest_into(store, care_home(), source="a", full=True)
    ingest_into(store, care_home(employees=1), source="b", full=True)
    back = ingest_into(store, care_home(), source="c", full=True).counts["employees"]
    assert back == MergeCounts(new=0, changed=2, unchanged=1)
    assert store.employee("002").left_on is None


def test_an_export_that_is_not_full_or_lacks_a_table_marks_nobody(store: Store) -> None:
    ingest_into(store, care_home(), source="a", full=False)
    ingest_into(store, care_home(employees=1), source="b", full=False)
    ingest_into(store, events_only(), source="c", full=True)
    assert store.read().employees["left_on"].null_count() == 3
    assert store.read().courses["active"].all()


def test_an_event_of_nobody_stops_the_whole_export(store: Store) -> None:
    ingest_into(store, care_home(), source="a", full=False)
    with pytest.raises(DataError, match="not stored"):
        ingest_into(store, events_only(employee_id="nobody"), source="b", full=False)
    assert store.last_ingest() == 1
    assert_same(store.read(), care_home())


def test_what_was_ingested_is_there_when_the_store_is_opened_again(place: Place) -> None:
    with place.open() as store:
        assert store.last_ingest() == 0
        ingest_into(store, care_home(), source="a", full=False)
    with place.open() as store:
        assert store.last_ingest() == 1
        assert_same(store.read(), care_home())
