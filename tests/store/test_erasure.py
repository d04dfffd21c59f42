from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from hrreco.data import LearningData
from hrreco.errors import UnknownIdError, WorkspaceError
from hrreco.store import Store
from tests.store.build import (
    MORNING,
    assert_same,
    care_home,
    erase_from,
    export,
    ingest_into,
    opt_outs_of,
)
from tests.store.places import Place

NOON = MORNING + timedelta(days=100)


@pytest.fixture
def filled(store: Store, place: Place) -> Store:
    ingest_into(store, care_home(), source="a", full=False)
    opt_outs_of(store, place.folder).opt_out("000", ["training"])
    return store


def test_an_erased_person_is_in_no_table(filled: Store, place: Place) -> None:
    erase_from(filled, "000", NOON)
    read = filled.read()
    for frame in (read.employees, read.events, read.employee_skills):
        assert "000" not in frame["employee_id"]
        assert len(frame)
    assert read.employees["manager_id"].null_count() == 2
    assert opt_outs_of(filled, place.folder).opted_out("training") == frozenset()
    with pytest.raises(UnknownIdError):
        filled.employee("000")


def test_others_keep_their_rows(filled: Store) -> None:
    erase_from(filled, "001", NOON)
    whole = care_home()
    others = pl.col("employee_id") != "001"
    assert_same(
        filled.read(),
        replace(
            whole,
            employees=whole.employees.filter(others),
            events=whole.events.filter(others),
            employee_skills=whole.employee_skills.filter(others),
        ),
    )


def test_the_erased_are_known_as_such_and_nobody_else_is(filled: Store) -> None:
    known = filled.known()
    assert known.erased(["000", "001"]) == {}
    erase_from(filled, "000", NOON)
    assert known.erased(["000", "001", "0000"]) == {"000": NOON}
    erase_from(filled, "000", NOON + timedelta(days=1))
    assert known.erased(["000"]) == {"000": NOON + timedelta(days=1)}


def test_a_replayed_feed_is_refused(filled: Store, tmp_path: Path) -> None:
    erase_from(filled, "000", NOON)
    feed = tmp_path / "feed"
    feed.mkdir()
    care_home().events.write_parquet(feed / "events.parquet")
    replayed = LearningData.read(feed, known=filled.known(), as_of=NOON)
    assert replayed.report is not None
    assert replayed.report.tables["events"].refused_erased == 2
    ingest_into(filled, replayed, source="replay", full=False)
    assert "000" not in filled.read().events["employee_id"]


def test_an_export_read_before_the_erasure_does_not_bring_anybody_back(filled: Store) -> None:
    read_before = care_home()
    erase_from(filled, "000", NOON)
    for data in (read_before, replace(read_before, events=read_before.events.clear())):
        with pytest.raises(WorkspaceError, match="ingest it again"):
            ingest_into(filled, data, source="b", full=False)
    assert filled.last_ingest() == 1
    assert "000" not in filled.read().employees["employee_id"]


def test_who_is_hired_again_after_an_erasure_is_welcome(filled: Store) -> None:
    erase_from(filled, "000", datetime(2024, 9, 1, 12, tzinfo=UTC))
    hired = export(
        employees=[{"employee_id": "000", "started_on": date(2024, 9, 2)}],
        events=[
            {
                "employee_id": "000",
                "course_id": "C0",
                "occurred_at": datetime(2024, 9, 3, tzinfo=UTC),
            }
        ],
    )
    ingest_into(filled, hired, source="b", full=False)
    assert len(filled.employee("000").events) == 1


def test_erasing_somebody_unknown_names_the_close_match(filled: Store) -> None:
    with pytest.raises(UnknownIdError, match="'0001'; did you mean '001'"):
        erase_from(filled, "0001", NOON)
    assert filled.known().erased(["0001"]) == {}


def test_the_database_alone_does_not_tell_who_was_erased(
    filled: Store, place: Place, files: Callable[[], bytes]
) -> None:
    erase_from(filled, "000", NOON)
    key = place.folder / "pseudonym.key"
    assert key.stat().st_mode & 0o777 == 0o600
    stored = files()
    assert bytes.fromhex(key.read_text()) not in stored
    assert key.read_bytes().strip() not in stored


def test_a_lost_or_foreign_key_is_an_error_not_a_return_of_the_erased(
    filled: Store, place: Place
) -> None:
    erase_from(filled, "000", NOON)
    key = place.folder / "pseudonym.key"
    key.write_text(os.urandom(32).hex())
    with pytest.raises(WorkspaceError, match=r"lacks a key \(pseudonym\)"):
        filled.known().erased(["000"])
    key.unlink()
    with pytest.raises(WorkspaceError, match=r"lacks a key \(pseudonym\)"):
        ingest_into(filled, care_home(), source="b", full=False)


def test_no_byte_is_left_of_what_was_deleted(store: Store, files: Callable[[], bytes]) -> None:
    person = "gone-but-not-forgotten"
    ingest_into(store, care_home(), source="a", full=False)
    news = {"employee_id": person, "course_id": "C0"}
    ingest_into(
        store, export(employees=[{"employee_id": person}], events=[news]), source="b", full=False
    )
    assert person.encode() in files()
    erase_from(store, person, NOON)
    store.compact()
    assert person.encode() not in files()
