from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from hrreco.errors import DataError, DiskFullError, MissingExtraError, WorkspaceError
from hrreco.store import Store, refusals
from hrreco.store.dialects import postgres
from hrreco.store.dialects.postgres_errors import explain
from hrreco.store.rows import read_columns
from hrreco.store.tables import employees
from tests.postgres import Server
from tests.store.build import MORNING, care_home, export, ingest_into
from tests.store.places import Place

SECRET = "hunter2"


@pytest.fixture
def place(postgres: Server, empty_template: str, tmp_path: Path) -> Iterator[Place]:
    """On PostgreSQL only."""
    with postgres.database(empty_template) as address:
        yield Place(tmp_path / "hrreco.db", address)


def refused(place: Place) -> str:
    """Return in which one line a store is not opened."""
    with pytest.raises(WorkspaceError) as caught:
        place.open()
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert SECRET not in message
    assert message.startswith(str(place.address))
    return message


def test_a_server_that_cannot_be_reached_is_named(tmp_path: Path) -> None:
    for host in ("127.0.0.1:1", "nowhere.invalid"):
        message = refused(Place(tmp_path / "hrreco.db", f"postgresql://hrreco@{host}/hrreco"))
        assert "cannot be connected to" in message
        assert message.endswith("start the server, or put the address right")


def test_a_wrong_password_is_never_repeated(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgres.execute("CREATE ROLE locked_out LOGIN PASSWORD 'right'")
    there = Place(tmp_path / "hrreco.db", postgres.address("postgres", user="locked_out"))
    assert "put it right in PGPASSWORD" in refused(there)
    monkeypatch.setenv("PGPASSWORD", SECRET)
    assert "put it right in PGPASSWORD" in refused(there)


def test_who_and_what_is_unknown_to_the_server_is_named(postgres: Server, tmp_path: Path) -> None:
    nobody = Place(tmp_path / "hrreco.db", postgres.address("postgres", user="nobody"))
    assert 'role "nobody" does not exist' in refused(nobody)
    assert "createuser" in refused(nobody)
    nothing = Place(tmp_path / "hrreco.db", postgres.address("nothing"))
    assert 'database "nothing" does not exist' in refused(nothing)
    assert "createdb" in refused(nothing)


def test_a_database_without_the_right_to_make_tables_is_named(
    postgres: Server, tmp_path: Path
) -> None:
    there = Place(tmp_path / "hrreco.db", postgres.address("postgres"))
    assert "the user has no right to do that" in refused(there)


def test_a_database_that_lacks_letters_is_refused(postgres: Server, tmp_path: Path) -> None:
    postgres.execute(
        "CREATE DATABASE latin OWNER hrreco ENCODING 'LATIN1' TEMPLATE template0 "
        "LOCALE_PROVIDER libc LOCALE 'C'"
    )
    there = Place(tmp_path / "hrreco.db", postgres.address("latin"))
    assert "its encoding is LATIN1" in refused(there)
    postgres.execute("DROP DATABASE latin")


def test_a_user_who_may_only_read_reads(postgres: Server, place: Place) -> None:
    with place.open() as store:
        ingest_into(store, care_home(), source="a", full=False)
    name = str(place.address).split("/")[3].split("?")[0]
    postgres.execute("CREATE ROLE reader LOGIN")
    postgres.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader", name)
    with Place(place.path, postgres.address(name, user="reader")).open() as store:
        assert len(store.read().events) == 6
        with pytest.raises(WorkspaceError, match="the user has no right to do that"):
            store.note_fit("b", ["001"], date(2026, 1, 1))
    postgres.execute("DROP OWNED BY reader", name)
    postgres.execute("DROP ROLE reader")


def test_reading_may_not_write(place: Place) -> None:
    with (
        place.open() as store,
        pytest.raises(WorkspaceError, match="may be read only"),
        store.reading() as connection,
    ):
        refusals.opt_out(connection, "001", ["training"], since=MORNING)


def test_a_connection_that_is_lost_in_the_middle_is_said_and_nothing_is_changed(
    place: Place,
) -> None:
    with place.open() as store, place.open() as other:
        with (
            pytest.raises(WorkspaceError, match="the connection was lost") as caught,
            store.writing() as connection,
        ):
            refusals.opt_out(connection, "001", ["training"], since=MORNING)
            end_all_but(other)
            refusals.opt_out(connection, "002", ["training"], since=MORNING)
        assert len(str(caught.value).splitlines()) == 1
        with store.reading() as connection:
            assert refusals.opted_out(connection, "training") == frozenset()


def test_a_connection_that_is_lost_while_reading_is_said_once(place: Place) -> None:
    with place.open() as store, place.open() as other:
        with pytest.raises(WorkspaceError, match="the connection was lost"), store.one_state():
            assert not store.knows("001")
            end_all_but(other)
            store.knows("001")
        assert not store.knows("001")


def test_a_server_that_was_started_anew_is_no_error(place: Place) -> None:
    with place.open() as store, place.open() as other:
        store.last_ingest()
        end_all_but(other)
        assert store.last_ingest() == 0


def end_all_but(store: Store) -> None:
    """End all connections to the database but one of this store."""
    with store.reading() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


def test_a_reader_sees_one_state(place: Place) -> None:
    with place.open() as store, store.reading() as connection:
        assert refusals.opted_out(connection, "training") == frozenset()
        with store.writing() as writing:
            refusals.opt_out(writing, "001", ["training"], since=MORNING)
        assert refusals.opted_out(connection, "training") == frozenset()


def test_a_writer_that_waited_sees_what_was_written_meanwhile(place: Place) -> None:
    with place.open() as store:
        for person in ("001", "002"):
            with store.writing() as connection:
                refusals.opt_out(connection, person, ["training"], since=MORNING)
                level = connection.scalar(text("SHOW transaction_isolation"))
                assert level == "read committed"
                assert connection.scalar(text("SHOW synchronous_commit")) == "on"


def test_what_is_acknowledged_is_on_disk_though_the_server_was_told_to_be_quicker(
    postgres: Server, place: Place
) -> None:
    name = str(place.address).split("/")[3].split("?")[0]
    postgres.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
    with place.open() as store, store.writing() as connection:
        assert connection.scalar(text("SHOW synchronous_commit")) == "on"


def test_threads_that_wait_to_write_hold_no_connection(place: Place) -> None:
    people = [f"E{i}" for i in range(10)]

    def refuse(person: str) -> None:
        with store.writing() as connection:
            refusals.opt_out(connection, person, ["training"], since=MORNING)

    with place.open() as store, ThreadPoolExecutor(len(people)) as threads:
        with store.writing():
            waiting = [threads.submit(refuse, person) for person in people]
            time.sleep(0.1)  # in which they would all have connected
            assert connections_to(store) <= 2
        assert [one.result() for one in waiting] == [None] * len(people)
        with store.reading() as connection:
            assert refusals.opted_out(connection, "training") == set(people)


def connections_to(store: Store) -> int:
    """Return how many connections to a database there are."""
    with store.reading() as connection:
        there = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        return int(connection.scalar(text(there)))


def test_who_waits_for_too_long_is_told(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hrreco.store.dialects.postgres._PATIENCE", "50ms")
    monkeypatch.setattr("hrreco.store.store._PATIENCE_SECONDS", 0.05)
    with place.open() as store, place.open() as other, store.writing():
        for one, who in ((other, "another"), (store, "this")):
            with pytest.raises(WorkspaceError, match=f"{who} process is writing for too long"):
                one.note_fit("b", ["001"], date(2026, 1, 1))


def test_texts_are_ordered_by_their_bytes_and_no_row_is_sampled(place: Place) -> None:
    with place.open() as store, store.reading() as connection:
        other = connection.scalars(
            text(
                "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE "
                "table_schema = 'public' AND data_type = 'text' AND collation_name <> 'C' "
                "OR data_type = 'text' AND table_schema = 'public' AND collation_name IS NULL"
            )
        )
        assert other.all() == []
    with place.open() as store:
        ingest_into(store, care_home(employees=50, events=300), source="a", full=False)
        with store._engine.begin() as connection:
            connection.execute(text("ANALYZE"))
            samples = text("SELECT tablename FROM pg_stats WHERE schemaname = 'public'")
            assert set(connection.scalars(samples)) <= {"alembic_version"}


def test_bytes_that_a_reader_keeps_are_said(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hrreco.store.dialects.postgres._PATIENCE", "50ms")
    with place.open() as store, store.reading() as connection:
        read_columns(connection, [employees.c.employee_id])
        with pytest.raises(WorkspaceError, match="not yet from its bytes: try again"):
            store.compact()


def test_a_text_that_the_server_cannot_hold_is_named(place: Place) -> None:
    with place.open() as store:
        odd = export(courses=[{"course_id": "C1", "title": "a\0b"}])
        with pytest.raises(DataError, match=r"courses, column 'title': .* NUL"):
            ingest_into(store, odd, source="a", full=False)
        with pytest.raises(DataError, match="NUL"):
            store.note_fit("b", ["a\0b"], date(2026, 1, 1))
        with pytest.raises(DataError, match="NUL"):
            store.knows("a\0b")
        assert store.last_ingest() == 0


def test_an_id_that_the_server_cannot_look_up_is_said_and_nothing_of_it_is_told(
    place: Place,
) -> None:
    long = random.Random(1).randbytes(6_000).hex()
    with place.open() as store, pytest.raises(DataError, match="2,700 bytes") as caught:
        ingest_into(store, export(employees=[{"employee_id": long}]), source="a", full=False)
    assert len(str(caught.value)) < 200
    assert str(place.address) not in str(caught.value)  # callers of the service read it


def test_a_sqlite_file_with_opt_outs_is_not_passed_over(path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"hrreco\.db: holds rows, opt-outs and erasures"):
        Store.open(path, "postgresql://hrreco@db/hrreco")


def test_a_missing_driver_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'hrreco\[postgres\]'"):
        Store.open(tmp_path / "hrreco.db", "postgresql://hrreco@db/hrreco")


def test_a_full_disk_is_told_apart() -> None:
    class FullError(Exception):
        sqlstate = "53100"

    assert isinstance(explain("db", FullError("could not extend file")), DiskFullError)


def test_who_writes_by_hand_is_told_the_number_of_our_lock() -> None:
    page = Path(__file__).parents[3] / "docs" / "postgres.md"
    assert f"pg_advisory_xact_lock({postgres._WRITES})" in page.read_text(encoding="utf-8")
