"""Purging a workspace: what is said of it, what it leaves, and what it leaves no byte of."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from hrreco import Workspace
from hrreco.errors import SettingsError
from hrreco.privacy.audit import verify
from hrreco.store.chain import of_kind
from hrreco.workspace import purge
from hrreco.workspace.train import DRAFTS

TODAY = datetime.now(UTC)


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    """Two dozen people who left three years ago, one who is there, and old and new events."""
    folder = tmp_path / "exports"
    folder.mkdir()
    left = [f"leaver-{n:02}" for n in range(24)]
    pl.DataFrame(
        {
            "employee_id": [*left, "stayer"],
            "role": "Nurse",
            "left_on": [*[ago(1_095)[:10]] * len(left), None],
        }
    ).write_csv(folder / "employees.csv")
    pl.DataFrame({"course_id": ["C1"], "title": ["Hygiene"]}).write_csv(folder / "courses.csv")
    events = [(who, ago(1_200), "a reason") for who in left]
    events += [("stayer", ago(days), f"reason {days}") for days in (4_000, 500, 5)]
    pl.DataFrame(
        [(who, "C1", "completed", at, reason) for who, at, reason in events],
        schema=["employee_id", "course_id", "kind", "occurred_at", "reason"],
        orient="row",
    ).write_csv(folder / "events.csv")
    return folder


@pytest.fixture
def workspace(exports: Path, tmp_path: Path) -> Workspace:
    """A workspace that was filled when all of it could still be kept, two years ago."""
    workspace = Workspace.init(tmp_path / "acme")
    day = ago(730)[:10]
    workspace.ingest(exports, as_of=day)
    return workspace


def bytes_of(workspace: Workspace) -> bytes:
    return b"".join(file.read_bytes() for file in workspace.path.glob("hrreco.db*"))


def test_a_dry_run_says_what_would_go_and_changes_nothing(workspace: Workspace) -> None:
    before = workspace.data()
    would = purge(workspace, dry_run=True)
    for table in ("employees", "events"):
        assert getattr(workspace.data(), table).equals(getattr(before, table))
    did = purge(workspace)
    assert would.parts == did.parts
    assert did.to_json()["removed"] == [
        {"table": "events", "column": None, "rows": 20, "people": 20},
        {"table": "employees", "column": None, "rows": 20, "people": 20},
    ]
    assert purge(workspace).parts == ()


def test_no_byte_is_left_and_a_replayed_feed_brings_nothing_back(
    workspace: Workspace, exports: Path
) -> None:
    assert b"leaver-07" in bytes_of(workspace)
    purge(workspace)
    assert b"leaver" not in bytes_of(workspace)
    report = workspace.ingest(exports).report
    assert report.tables["employees"].past_retention == 24
    assert report.tables["events"].past_retention == 25
    assert workspace.data().employees["employee_id"].to_list() == ["stayer"]
    assert b"leaver" not in bytes_of(workspace)
    assert purge(workspace).parts == ()


def test_a_replayed_feed_does_not_double_what_was_emptied_meanwhile(
    workspace: Workspace, exports: Path
) -> None:
    before = len(workspace.data().events.filter(employee_id="stayer"))
    workspace.ingest(exports)
    events = workspace.data().events.filter(employee_id="stayer")
    assert events["reason"].to_list().count("reason 5") == 1
    assert "reason 500" not in events["reason"].to_list()
    assert len(events) == len(events.unique()) == before + 2


def test_a_purge_is_a_line_of_the_log(workspace: Workspace) -> None:
    purge(workspace, dry_run=True)
    purge(workspace)
    purge(workspace)  # which has nothing to tell
    with workspace.store.reading() as connection:
        told = [json.loads(payload.payload) for _, payload in of_kind(connection, "purge")]
    assert told == [{"lines": [], "removed": [["events", None, 20], ["employees", None, 20]]}]
    verify(workspace.audit_log)


def test_small_counts_are_not_told(workspace: Workspace) -> None:
    (workspace.path / "hrreco.toml").write_text("min_people = 30")
    done = purge(Workspace.open(workspace.path))
    assert [(one.rows, one.people) for one in done.parts] == [(None, None), (None, None)]


def test_what_has_not_come_is_no_day_to_purge_as_of(workspace: Workspace) -> None:
    with pytest.raises(SettingsError, match="has not come; purge as of a day that has"):
        purge(workspace, as_of=(TODAY + timedelta(days=2)).date())


def test_files_of_ingests_and_trainings_go_when_their_time_is_over(workspace: Workspace) -> None:
    folder = workspace.path
    (folder / f"{DRAFTS}1").mkdir()
    (folder / ".quality.json.7").write_text("a killed ingest")
    assert purge(workspace, dry_run=True).files == (f"{DRAFTS}1", ".quality.json.7")
    assert purge(workspace).files == (f"{DRAFTS}1", ".quality.json.7")
    assert not list(folder.glob(".quality*")) + list(folder.glob(f"{DRAFTS}*"))
    assert (folder / "quarantine.parquet").exists()
    then = (TODAY - timedelta(days=91)).timestamp()
    os.utime(folder / "quarantine.parquet", (then, then))
    assert purge(workspace).files == ("quarantine.parquet",)
    assert not (folder / "quarantine.parquet").exists()


def test_lines_about_whoever_goes_are_accounted_for(workspace: Workspace) -> None:
    workspace.opt_outs.opt_out("leaver-01", ["training"])
    workspace.opt_outs.opt_out("stayer", ["training"])
    before = verify(workspace.audit_log)
    purge(workspace)
    after = verify(workspace.audit_log)
    assert after.readable == before.readable - 1 + (after.last - before.last)
