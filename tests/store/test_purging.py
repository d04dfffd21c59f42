"""What is past its time is deleted and emptied, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import insert, select

from hrreco.data import FairnessAttributes
from hrreco.privacy import within_retention
from hrreco.settings.necessity import IN_EVERY_ROW
from hrreco.store import Store
from hrreco.store.emptying import Removed, empty_values
from hrreco.store.moments import to_stored
from hrreco.store.purging import PurgedRows, purge_rows
from hrreco.store.refusals import opt_out
from hrreco.store.tables import LEARNING, contract_columns, events, opt_outs
from hrreco.store.trust_tables import corrections
from tests.privacy.retention_of import NOW, all_of, read, registers, settings_of, tables
from tests.store.build import ingest_into

from .build import assert_same, export

ABOUT_PEOPLE = ("employees", "events", "employee_skills")


def purge(store: Store, register: dict[str, dict[str, int]]) -> PurgedRows:
    with store.writing() as connection:
        return purge_rows(connection, settings_of(register), NOW)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(frames=tables(), register=registers)
def test_what_is_left_is_what_the_door_lets_through(
    empty_database: Path,
    tmp_path: Path,
    frames: dict[str, pl.DataFrame],
    register: dict[str, dict[str, int]],
) -> None:
    path = tmp_path / "hrreco.db"
    path.write_bytes(empty_database.read_bytes())
    strict = settings_of(register)
    data = all_of(frames, strict)
    with Store.open(path) as store:
        ingest_into(store, data, source="a", full=False)
        purged = purge(store, register)
        left = store.read(strict)
        assert within_retention(left, NOW) is left
        kept = within_retention(data, NOW)
        for table in ABOUT_PEOPLE:
            assert set(map(str, getattr(left, table).rows())) == set(
                map(str, getattr(kept, table).rows())
            )
        assert purged.gone == sorted(
            set(data.employees["employee_id"]) - {*kept.employees["employee_id"]}
        )
        # A feed that holds all of it still brings nothing back, and makes nothing double.
        replayed = read(frames, strict)
        again = ingest_into(store, replayed, source="b", full=False)
        assert {count.new for count in again.counts.values()} == {0}
        assert purge(store, register).removed == []
        assert_same(store.read(strict), left)


def day(ago: int) -> object:
    return NOW.today - timedelta(days=ago)


@pytest.fixture
def company(store: Store) -> Iterator[Store]:
    data = export(
        employees=[
            {"employee_id": "gone", "left_on": day(900)},
            {"employee_id": "E1", "manager_id": "gone"},
        ],
        courses=[{"course_id": "C1"}],
        events=[
            {"employee_id": who, "course_id": "C1", "occurred_at": NOW.at - timedelta(days=ago)}
            | {"reason": "because"}
            for who, ago in (("gone", 1_000), ("E1", 5_000), ("E1", 800), ("E1", 5))
        ],
        employee_skills=[{"employee_id": "gone", "skill": "sql"}],
    )
    ingest_into(store, data, source="a", full=False)
    yield store


def test_what_was_removed_is_counted_by_table_and_column(company: Store) -> None:
    assert purge(company, {}) == PurgedRows(
        ["gone"],
        [
            Removed("employees", "manager_id", 1, 1),
            Removed("events", None, 1, 1),
            Removed("employee_skills", None, 1, 1),
            Removed("employees", None, 1, 1),
            Removed("events", None, 1, 1),
            Removed("events", "reason", 1, 1),
        ],
    )
    assert purge(company, {}) == PurgedRows([], [])


def test_whoever_goes_leaves_nothing_in_any_table(company: Store) -> None:
    with company.writing() as connection:
        opt_out(connection, "gone", ["training"], since=NOW.at)
        opt_out(connection, "never hired", ["training"], since=NOW.at)
    purge(company, {})
    with company.reading() as connection:
        assert list(connection.scalars(select(opt_outs.c.employee_id))) == ["never hired"]
    assert company.read().employees["manager_id"].to_list() == [None]


def test_a_correction_goes_with_the_value_that_it_put_right(company: Store) -> None:
    with company.writing() as connection:
        in_order = select(events).order_by(events.c.occurred_at.desc())
        rows = connection.execute(in_order).all()
        for column in ("reason", "kind"):
            for row in rows:
                about = {"employee_id": row.employee_id, "row_key": row.event_key}
                values = {"table_name": "events", "column": column, "was": '"x"', "now": '"y"'}
                connection.execute(
                    insert(corrections).values(since=to_stored(NOW.at), **about, **values)
                )
    purge(company, {})
    with company.reading() as connection:
        left = connection.execute(select(corrections.c.column, corrections.c.row_key)).all()
    newest, older = (row.event_key for row in rows[:2])
    assert set(left) == {("reason", newest), ("kind", newest), ("kind", older)}


def test_a_correction_that_no_event_bears_the_key_of_goes_by_its_own_age(company: Store) -> None:
    with company.writing() as connection:
        for ago in (366, 365):
            since = to_stored(NOW.at - timedelta(days=ago))
            about = {"employee_id": "E1", "table_name": "events", "row_key": b"of what it was"}
            values = {"column": "reason", "was": '"x"', "now": '"y"', "since": since}
            connection.execute(insert(corrections).values(**about, **values))
    purge(company, {})
    with company.reading() as connection:
        (left,) = connection.scalars(select(corrections.c.since))
    assert left == to_stored(NOW.at - timedelta(days=365))


def test_people_whose_events_went_are_known_to_have_changed(company: Store) -> None:
    before = company.last_ingest()
    purge(company, {})
    assert company.changed_since(before).employees == {"E1"}


def test_events_without_an_id_that_have_become_equal_are_one(store: Store) -> None:
    at = NOW.at - timedelta(days=800)
    rows = [
        {"employee_id": "E1", "course_id": "C1", "occurred_at": at, "reason": reason}
        for reason in ("one", "another", None)
    ]
    data = export(employees=[{"employee_id": "E1"}], courses=[{"course_id": "C1"}], events=rows)
    ingest_into(store, data, source="a", full=False)
    assert len(store.read().events) == 3
    with store.writing() as connection:
        empty_values(connection, settings_of({}), NOW)
    assert store.read().events["reason"].to_list() == [None]
    assert ingest_into(store, data, source="a", full=False).counts["events"].unchanged == 1


def test_what_a_row_cannot_be_without_has_the_time_of_the_row() -> None:
    for table in ABOUT_PEOPLE:
        columns = IN_EVERY_ROW[table]
        needed = {c.name for c in contract_columns(LEARNING[table]) if not c.nullable}
        assert needed <= set(columns)
        assert set(columns) - needed <= {"left_on", "event_id"}


def test_attributes_for_audits_go_with_the_person_or_when_their_own_time_is_over(
    store: Store,
) -> None:
    left = (NOW.today - timedelta(days=days) for days in (1_000, 40, 20))
    people = [{"employee_id": f"E{i}", "left_on": day} for i, day in enumerate(left)]
    rows = [(f"E{i}", attribute, "x") for i in range(3) for attribute in ("age_band", "gender")]
    columns = ["employee_id", "attribute", "value"]
    attributes = FairnessAttributes(pl.DataFrame(rows, schema=columns, orient="row"))
    ingest_into(store, export(employees=people), attributes, source="a", full=False)
    purged = purge(store, {"fairness_attributes": {"gender": 30}})
    assert purged.removed == [
        Removed("employees", None, 1, 1),
        Removed("fairness_attributes", None, 1, 1),
    ]
    left_over = store.fairness_attributes().rows.select("employee_id", "attribute").rows()
    assert left_over == [("E1", "age_band"), ("E2", "age_band"), ("E2", "gender")]
