from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.sql.ddl import DDLIf

import hrreco.store
from hrreco.data.known import COURSE_COLUMNS, EMPLOYEE_COLUMNS
from hrreco.errors import UnknownIdError, WorkspaceError
from hrreco.store import Store
from hrreco.store.dialects import database_at
from hrreco.store.schema import HEAD
from hrreco.store.tables import metadata
from tests.store.build import care_home, erase_from, ingest_into
from tests.store.places import Place, Places


def test_migrations_make_the_tables_that_the_code_uses(store: Store) -> None:
    with store._engine.connect() as connection:
        dialect = connection.dialect.name

        def is_made_here(made: Any, *_: object) -> bool:  # which Alembic does not ask
            return getattr(made, "_ddl_if", None) in (None, DDLIf(dialect, None, None))

        context = MigrationContext.configure(connection, opts={"include_object": is_made_here})
        assert compare_metadata(context, metadata) == []


def test_head_is_the_newest_migration() -> None:
    config = Config()
    folder = Path(hrreco.store.__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_known_is_what_an_export_of_events_is_checked_against(store: Store) -> None:
    ingest_into(store, care_home(), source="a", full=False)
    known = store.known()
    assert known.employees.schema == EMPLOYEE_COLUMNS
    assert sorted(known.employees["employee_id"]) == ["000", "001", "002"]
    assert known.courses.schema == COURSE_COLUMNS
    assert sorted(known.courses["course_id"]) == ["C0", "C1", "C2"]


def test_all_that_is_read_at_once_is_of_one_state(place: Place) -> None:
    with place.open() as store, place.open() as other:
        ingest_into(store, care_home(), source="a", full=False)
        with store.one_state():
            before = store.last_ingest(), store.knows("005")
            ingest_into(other, care_home(employees=6), source="b", full=False)
            assert (store.last_ingest(), store.knows("005")) == before == (1, False)
        assert (store.last_ingest(), store.knows("005")) == (2, True)


def test_an_unknown_employee_is_named_with_the_close_match(store: Store) -> None:
    ingest_into(store, care_home(), source="a", full=False)
    with pytest.raises(UnknownIdError, match="unknown employee '01'; did you mean '001'"):
        store.employee("01")


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="nowhere: no such folder"):
        Store.open(tmp_path / "nowhere" / "hrreco.db")


def test_a_database_of_a_newer_version_is_left_alone(place: Place) -> None:
    with place.open() as store, store._writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(WorkspaceError, match="another version of hrreco"):
        place.open()


def test_a_database_of_an_older_version_is_brought_up_to_date(places: Places) -> None:
    with places.new() as place:
        make_first_version(place)
        with place.open() as store:
            assert store.read(up_to=2).employees.height == 0
            assert store.read(up_to=3).employees["employee_id"].to_list() == ["E1"]
            assert store.left_out("b") == frozenset()


def make_first_version(place: Place) -> None:
    database = database_at(place.path, place.address)
    engine = database.engine()
    config = Config()
    folder = Path(hrreco.store.__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder))
    with database.writer(engine).begin() as connection:
        config.attributes.update(
            connection=connection, after_each=lambda **_: database.migrated(connection)
        )
        command.upgrade(config, "0001")
        connection.execute(
            text("INSERT INTO employees (employee_id, role, ingest_seq) VALUES ('E1', 'Nurse', 3)")
        )
    engine.dispose()


def test_rows_are_known_by_when_they_came_and_by_when_they_changed(store: Store) -> None:
    first = ingest_into(store, care_home(), source="a", full=False).seq
    data = care_home()
    moved = data.employees.with_columns(
        pl.when(pl.col("employee_id") == "001")
        .then(pl.lit("Elsewhere"))
        .otherwise("location")
        .alias("location")
    )
    retitled = data.courses.with_columns(
        pl.when(pl.col("course_id") == "C2")
        .then(pl.lit("Other"))
        .otherwise("title")
        .alias("title")
    )
    ingest_into(store, replace(data, employees=moved, courses=retitled), source="b", full=False)
    changed = store.changed_since(first)
    assert changed.employees == {"001"}
    assert changed.courses == {"C2"}
    assert len(store.read(up_to=first).employees) == len(data.employees)
    assert store.read(up_to=first - 1).events.height == 0
    later = store.last_ingest()
    assert store.changed_since(later) == (frozenset(), frozenset())


def test_who_is_left_out_of_a_bundle_is_kept_until_they_are_erased(store: Store) -> None:
    ingest_into(store, care_home(), source="a", full=False)
    store.note_fit("b1", ["000", "001"], date(2026, 1, 1))
    store.note_fit("b1", ["001", "002"], date(2026, 1, 1))
    store.note_fit("b2", [], date(2026, 1, 1))
    assert store.left_out("b1") == {"000", "001", "002"}
    assert store.left_out("b2") == frozenset()
    erase_from(store, "001", datetime(2026, 1, 1, tzinfo=UTC))
    assert store.left_out("b1") == {"000", "002"}
