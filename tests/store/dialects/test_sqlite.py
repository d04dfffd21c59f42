from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from hrreco.errors import DiskFullError, WorkspaceError
from hrreco.store import Store, refusals
from hrreco.store.dialects import sqlite
from hrreco.store.record import read_employee
from tests.store.build import MORNING, care_home, ingest_into, opt_outs_of


def test_what_is_acknowledged_is_on_disk(sqlite_store: Store) -> None:
    with sqlite_store._engine.connect() as connection:
        asked = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
        assert connection.scalar(text("PRAGMA busy_timeout")) == 60_000
    full = 2
    assert asked == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "secure_delete": 1,
    }


def test_only_the_owner_may_read_the_file_and_its_journals(tmp_path: Path) -> None:
    with Store.open(tmp_path / "hrreco.db") as store:
        ingest_into(store, care_home(), source="a", full=False)
        modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.glob("hrreco.db*")}
    del modes["hrreco.db.lock"]  # which is empty
    assert modes == dict.fromkeys(("hrreco.db", "hrreco.db-wal", "hrreco.db-shm"), 0o600)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "hrreco.db"
    path.write_text("employee_id,role\n" * 100)
    with pytest.raises(WorkspaceError, match=r"hrreco\.db: the database .*is not a database"):
        Store.open(path)


def test_a_full_disk_is_said_and_what_was_written_stays(sqlite_store: Store) -> None:
    store = sqlite_store
    ingest_into(store, care_home(), source="a", full=False)
    with store._engine.connect() as connection:  # the pool has this connection only
        pages = connection.scalar(text("PRAGMA page_count"))
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(DiskFullError, match="the disk is full; free some space") as caught:
        for number in range(1000):
            with store.writing() as connection:
                refusals.opt_out(connection, "001", [f"{number}" * 1000], since=MORNING)
    assert "new workspace" not in str(caught.value)
    assert sorted(store.known().courses["course_id"]) == ["C0", "C1", "C2"]


def test_a_database_that_fails_as_it_is_opened_is_named(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(sqlite, "_configure", fail)
    with pytest.raises(WorkspaceError, match=r"cannot be used \(disk I/O error\); put back"):
        Store.open(path)


def test_a_moved_database_still_opens(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as store:
        ingest_into(store, care_home(), source="a", full=False)
    moved = tmp_path / "new home"
    moved.mkdir()
    with Store.open(path.rename(moved / "ä #1?.db")) as store:
        assert store.last_ingest() == 1


def test_a_store_that_another_process_makes_meanwhile_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, may = tmp_path / "hrreco.db", os.access

    def access(asked: Path, mode: int) -> bool:
        answer = may(asked, mode)
        if asked == path:
            path.touch()
        return answer

    monkeypatch.setattr(os, "access", access)
    with Store.open(path) as store:
        opt_outs_of(store, tmp_path).opt_out("E1", ["training"])
        assert opt_outs_of(store, tmp_path).is_out("E1", "training")


def test_bytes_that_a_reader_keeps_are_said(
    sqlite_store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_PRAGMAS", ("busy_timeout = 1",))
    ingest_into(sqlite_store, care_home(), source="a", full=False)
    with Store.open(path) as impatient, sqlite_store.reading() as connection:
        read_employee(connection, "001")
        with pytest.raises(WorkspaceError, match="not yet from its bytes: try again"):
            impatient.compact()
    sqlite_store.compact()
    assert not (path.with_name("hrreco.db-wal")).stat().st_size
