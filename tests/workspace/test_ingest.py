import json
from pathlib import Path

import polars as pl
import pytest

from hrreco import Workspace
from hrreco.errors import DataError
from hrreco.privacy.audit import Kind, Transaction
from hrreco.store.chain import of_kind
from hrreco.workspace import diagnose, is_usable
from tests.conftest import AS_OF


def test_the_same_export_again_changes_nothing(ingested: Workspace, exports: Path) -> None:
    before = ingested.data().fingerprints()
    done = ingested.ingest(exports, as_of=AS_OF)
    assert all(counts.new == counts.changed == 0 for counts in done.result.counts.values())
    assert ingested.data().fingerprints() == before


def test_an_export_of_events_alone_is_checked_against_what_is_known(
    ingested: Workspace, tmp_path: Path
) -> None:
    people, courses = ingested.data().employees, ingested.data().courses
    news = tmp_path / "news"
    news.mkdir()
    (news / "events.csv").write_text(
        "employee_id,course_id,kind,occurred_at\n"
        f"{people['employee_id'][0]},{courses['course_id'][0]},completed,2026-03-30\n"
        f"stranger,{courses['course_id'][0]},completed,2026-03-30\n"
    )
    done = ingested.ingest(news, as_of=AS_OF)
    counts = done.report.tables["events"]
    assert (counts.read, counts.accepted, counts.quarantined) == (2, 1, 1)
    quarantine = pl.read_parquet(ingested.path / "quarantine.parquet")
    assert quarantine["rule"].to_list() == ["unknown_employee"]
    assert quarantine["row"].to_list() == [3]


def test_only_the_owner_may_read_what_an_ingest_leaves(trained: Workspace) -> None:
    names = ("hrreco.db", "quarantine.parquet", "quality.json")
    modes = {name: (trained.path / name).stat().st_mode & 0o777 for name in names}
    assert modes == dict.fromkeys(names, 0o600)


def test_a_full_export_marks_who_is_gone(
    ingested: Workspace, exports: Path, tmp_path: Path
) -> None:
    rows = (exports / "employees.csv").read_text().splitlines(keepends=True)
    shorter = tmp_path / "shorter"
    shorter.mkdir()
    (shorter / "employees.csv").write_text("".join(rows[:-1]))
    gone = rows[-1].split(",")[0]
    before = ingested.store.employee(gone).left_on
    ingested.ingest(shorter, as_of=AS_OF)
    assert ingested.store.employee(gone).left_on == before
    ingested.ingest(shorter, full=True, as_of=AS_OF)
    assert ingested.store.employee(gone).left_on in {before, AS_OF}
    assert ingested.store.employee(gone).left_on is not None


def test_an_ingest_without_its_line_of_the_log_is_none(
    ingested: Workspace, exports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    before = ingested.store.last_ingest()
    monkeypatch.setattr(Transaction, "append", killed)
    with pytest.raises(KeyboardInterrupt):
        ingested.ingest(exports, as_of=AS_OF)
    assert ingested.store.last_ingest() == before
    monkeypatch.undo()
    seq = ingested.ingest(exports, as_of=AS_OF).result.seq
    with ingested.store.reading() as connection:
        told = [json.loads(kept.payload) for _, kept in of_kind(connection, Kind.INGEST)]
    assert told[-1]["number"] == seq


def test_the_doctor_stores_nothing(ingested: Workspace, exports: Path) -> None:
    last = ingested.store.last_ingest()
    report = diagnose(ingested.path, exports, as_of=AS_OF)
    assert is_usable(report)
    assert ingested.store.last_ingest() == last


def test_the_doctor_looks_at_the_workspace_itself(ingested: Workspace) -> None:
    report = diagnose(ingested.path, as_of=AS_OF)
    data = ingested.data()
    assert report.tables["events"].read == len(data.events)
    assert is_usable(report)


def test_a_cycle_over_two_ingests_is_found_and_not_stored(
    ingested: Workspace, tmp_path: Path
) -> None:
    courses = tmp_path / "courses.csv"
    courses.write_text("course_id,title,prerequisites\nNEW1,one,NEW2\nNEW2,two,\n")
    ingested.ingest(tmp_path, as_of=AS_OF)
    courses.write_text("course_id,title,prerequisites\nNEW2,two,NEW1\n")
    report = ingested.ingest(tmp_path, as_of=AS_OF).report
    found = {finding.rule: finding.example for finding in report.findings}
    assert found["prerequisite_cycle"].startswith("NEW2 -> NEW1 -> NEW2 (the links of 'NEW1'")
    stored = ingested.data().courses.filter(pl.col("course_id").str.starts_with("NEW"))
    assert stored["prerequisites"].to_list() == [["NEW2"], None]


def test_rows_that_are_stored_are_never_said_to_be_left_out(
    ingested: Workspace, tmp_path: Path
) -> None:
    early = ingested.data().events.row(0, named=True)
    person = ingested.data().employees.filter(employee_id=early["employee_id"])
    news = tmp_path / "news"
    news.mkdir()
    person.select("employee_id", "role", started_on=pl.lit(AS_OF)).write_csv(
        news / "employees.csv"
    )
    ingested.ingest(news, as_of=AS_OF)
    report = diagnose(ingested.path, as_of=AS_OF)
    found = {finding.rule: finding for finding in report.findings}["before_hiring"]
    assert not found.removes_rows
    counts = report.tables["events"]
    assert counts.accepted == counts.read == len(ingested.data().events)
    assert counts.quarantined == 0


def test_an_export_that_cannot_be_read_leaves_the_workspace_as_it_was(
    ingested: Workspace, tmp_path: Path
) -> None:
    before = ingested.store.last_ingest()
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "events.csv").write_text("employee,course\nE1,C1\n")
    with pytest.raises(DataError, match=r"events\.csv"):
        ingested.ingest(tmp_path / "news", as_of=AS_OF)
    assert ingested.store.last_ingest() == before


def test_a_row_in_quarantine_is_not_gone_from_a_full_export(
    ingested: Workspace, exports: Path, tmp_path: Path
) -> None:
    header, first, *rest = (exports / "employees.csv").read_text().splitlines(keepends=True)
    column = header.strip().split(",").index("hours_per_month")
    cells = first.strip().split(",")
    cells[column] = "a few"
    spoilt = tmp_path / "spoilt"
    spoilt.mkdir()
    (spoilt / "employees.csv").write_text("".join([header, ",".join(cells) + "\n", *rest]))
    before = ingested.store.employee(cells[0]).left_on
    done = ingested.ingest(spoilt, full=True, as_of=AS_OF)
    assert done.report.tables["employees"].quarantined == 1
    assert done.result.counts["employees"].marked == 0
    assert ingested.store.employee(cells[0]).left_on == before
