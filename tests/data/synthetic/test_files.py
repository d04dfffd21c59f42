import csv

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from hrreco.data import LearningData
from hrreco.data.synthetic import Company, company, small_company

FILES = {"employees", "courses", "events", "employee_skills", "role_skills", "sessions"}


@pytest.fixture(scope="module")
def clean() -> Company:
    return company(small_company())


@pytest.fixture(scope="module")
def dirty() -> Company:
    return company(small_company(dirty=True))


def lines(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_same_config_writes_the_same_bytes(dirty, tmp_path):
    dirty.write(tmp_path / "a")
    company(small_company(dirty=True)).write(tmp_path / "b")
    written = sorted((tmp_path / "a").iterdir())
    assert {path.stem for path in written} == FILES
    for path in written:
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_files_hold_every_row_in_the_form_of_the_contract(clean, tmp_path):
    clean.write(tmp_path)
    for name, table in clean.tables.items():
        header, *rows = lines(tmp_path / f"{name}.csv")
        assert header == table.columns
        assert len(rows) == table.height
        assert all(len(row) == table.width for row in rows)
    skills = pl.read_csv(tmp_path / "courses.csv")["skills"].drop_nulls()
    assert skills.str.contains(r"^[^|:]+:[1-3](\|[^|:]+:[1-3])*$").all()
    times = pl.read_csv(tmp_path / "events.csv")["occurred_at"]
    assert times.str.contains(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$").all()


def test_a_clean_company_has_no_dirt(clean):
    assert clean.truth.dirty == ()


def test_every_dirty_row_stands_where_the_truth_says(dirty, tmp_path):
    dirty.write(tmp_path)
    listed = set()
    for fault in dirty.truth.dirty:
        written = lines(tmp_path / fault.file)
        row = written[fault.row - 1]
        listed.add((fault.file, fault.row))
        if fault.column is not None:
            assert row[written[0].index(fault.column)] == fault.value, fault
        elif fault.rule == "duplicate":
            assert row in written[1 : fault.row - 1]
        else:
            assert len(row) > len(written[0])
    after = {
        (f"{name}.csv", number)
        for name, table in dirty.tables.items()
        for number in range(table.height + 2, len(lines(tmp_path / f"{name}.csv")) + 1)
    }
    assert listed == after


def test_whose_dirty_row_stays_was_hired_lately(dirty, tmp_path):
    """They have no events, and would owe mandatory training since the day they were hired."""
    dirty.write(tmp_path)
    data = LearningData.read(tmp_path, as_of=dirty.config.as_of)
    ids = set(dirty.tables["employees"]["employee_id"])
    (kept,) = data.employees.filter(~pl.col("employee_id").is_in(ids))["started_on"]
    assert 0 < (dirty.config.as_of - kept).days < 14


def test_clean_files_are_read_without_a_fault(clean, tmp_path):
    clean.write(tmp_path)
    data = LearningData.read(tmp_path, as_of=clean.config.as_of)
    assert data.report is not None
    assert data.report.quarantine.is_empty()
    assert data.report.findings == ()
    for name, key in (("employees", "employee_id"), ("courses", "course_id")):
        assert getattr(data, name).height == clean.tables[name].height
        assert_frame_equal(
            getattr(data, name).select(key), clean.tables[name].select(key).sort(key)
        )
    read = data.events.sort("event_id").select("event_id", "employee_id", "kind", "occurred_at")
    assert_frame_equal(read, clean.tables["events"].select(read.columns).sort("event_id"))


def test_reading_finds_every_dirty_row_by_its_rule_and_no_other(dirty, tmp_path):
    dirty.write(tmp_path)
    data = LearningData.read(tmp_path, as_of=dirty.config.as_of)
    assert data.report is not None
    rows = data.report.quarantine.select("file", "row", "column", "rule").rows()
    removed = [fault for fault in dirty.truth.dirty if fault.removed]
    wrong = [f for f in removed if f.rule != "duplicate"]
    for fault in wrong:
        assert (fault.file, fault.row, fault.column, fault.rule) in rows
    assert {(file, row) for file, row, _, _ in rows} == {(f.file, f.row) for f in wrong}
    noted = {finding.rule for finding in data.report.findings}
    assert {fault.rule for fault in dirty.truth.dirty} <= noted | {"duplicate"}
    for name, counts in data.report.tables.items():
        of_table = [fault for fault in removed if fault.file == f"{name}.csv"]
        assert counts.accepted == counts.read - len(of_table)
