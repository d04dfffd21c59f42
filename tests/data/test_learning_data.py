from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

from hrreco.data import LearningData
from hrreco.data.fingerprint import fingerprint
from hrreco.data.learning_data import TABLES
from hrreco.data.records import SkillRow
from hrreco.data.schemas import dtypes
from hrreco.errors import DataError, DiskFullError, SettingsError, UnknownIdError
from tests.data.conftest import COURSES, EMPLOYEES, EVENTS

Read = Callable[..., LearningData]
Write = Callable[..., Path]

ODD_IDS = ["007", "7", "E 1", "Ö-1", "😀", "a|b", 'q"x', "nan", "1e3"]


def frame(text: str) -> pl.DataFrame:
    return pl.read_csv(text.encode(), infer_schema=False)


def test_importing_it_imports_no_dataframely() -> None:
    code = "import sys, hrreco.data; print({'dataframely', 'fastexcel'} & set(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "set()"


def test_all_tables_are_there_in_the_contract_s_columns(read: Read) -> None:
    data = read()
    for table in TABLES:
        assert getattr(data, table).schema == dtypes(table)


def test_an_employee_comes_with_history_and_skills(read: Read) -> None:
    data = read(
        employees="employee_id,role,started_on,hours_per_month,preferred_formats\n"
        'E1,Nurse,2020-01-01,"2,5",online|book\nE2,Clerk,,,\n',
        events="employee_id,course_id,kind,occurred_at,rating\nE1,C2,rated,2023-01-01,4\n"
        "E2,C1,passed,2022-01-01,\nE1,C1,passed,2022-01-01T12:00:00Z,\n",
        employee_skills="employee_id,skill,level\nE1,sql,2\n",
    )
    person = data.employee("E1")
    assert (person.role, person.started_on) == ("Nurse", date(2020, 1, 1))
    assert person.hours_per_month == 2.5
    assert person.preferred_formats == ("online", "book")
    assert [(e.course_id, e.kind, e.rating) for e in person.events] == [
        ("C1", "passed", None),
        ("C2", "rated", 4.0),
    ]
    assert person.events[0].occurred_at == datetime(2022, 1, 1, 12, tzinfo=UTC)
    assert person.skills == (SkillRow("sql", 2, "declared"),)
    assert len(data.employee("E2").events) == 1
    assert data.employee("E2").skills == ()


def test_an_unknown_employee_is_told_with_the_close_match(read: Read) -> None:
    with pytest.raises(UnknownIdError, match="unknown employee 'E11'; did you mean 'E1'"):
        read(employees="employee_id,role\nE1,x\nabc,y\n").employee("E11")


def test_odd_ids_stay_what_they_are(tmp_path: Path) -> None:
    people = pl.DataFrame({"employee_id": ODD_IDS, "role": "Nurse"})
    courses = pl.DataFrame({"course_id": ODD_IDS, "title": "x"})
    events = pl.DataFrame(
        {
            "employee_id": ODD_IDS,
            "course_id": ODD_IDS,
            "kind": "passed",
            "occurred_at": "2022-01-01",
        }
    )
    for table, rows in (("employees", people), ("courses", courses), ("events", events)):
        rows.write_csv(tmp_path / f"{table}.csv")
    for data in (LearningData.read(tmp_path), LearningData.from_frames(people, courses, events)):
        for employee_id in ODD_IDS:
            assert [e.course_id for e in data.employee(employee_id).events] == [employee_id]
        assert data.catalogue.course_ids == tuple(sorted(ODD_IDS))


def test_csv_parquet_excel_and_frames_say_the_same(tmp_path: Path, read: Read) -> None:
    expected = read().fingerprints()
    frames = {"employees": frame(EMPLOYEES), "courses": frame(COURSES), "events": frame(EVENTS)}
    parquet, excel = tmp_path / "parquet", tmp_path / "excel"
    parquet.mkdir()
    excel.mkdir()
    for table, rows in frames.items():
        rows.write_parquet(parquet / f"{table}.parquet")
        rows.write_excel(excel / f"{table}.xlsx")
    pandas = {table: pd.DataFrame(rows.to_dict(as_series=False)) for table, rows in frames.items()}
    arrow = {table: rows.to_arrow() for table, rows in frames.items()}
    assert LearningData.read(parquet).fingerprints() == expected
    assert LearningData.read(excel).fingerprints() == expected
    for given in (frames, pandas, arrow):
        assert LearningData.from_frames(**given).fingerprints() == expected


def test_typed_frames_are_checked_like_files() -> None:
    data = LearningData.from_frames(
        pd.DataFrame({"employee_id": [7, 8], "role": ["a", "b"], "hours_per_month": [2.0, None]}),
        pl.DataFrame({"course_id": [1.0], "title": ["x"], "prerequisites": [[]]}),
        pl.DataFrame(
            {
                "employee_id": [7, 8],
                "course_id": [1, 1],
                "kind": ["rated", "rated"],
                "occurred_at": [date(2022, 1, 1), date(2022, 1, 2)],
                "rating": [float("nan"), 3.0],
            }
        ),
    )
    assert data.events.select("employee_id", "course_id").rows() == [("8", "1")]
    assert data.report is not None
    line = data.report.quarantine.row(0, named=True)
    assert (line["file"], line["row"], line["rule"]) == ("events", 2, "bad_number")


def test_what_was_read_can_be_checked_again(read: Read) -> None:
    data = read(courses="course_id,title,skills\nC1,Hygiene,care:2|x\nC2,y,\n")
    again = LearningData.from_frames(
        data.employees,
        data.courses,
        data.events,
        employee_skills=data.employee_skills,
        role_skills=data.role_skills,
        sessions=data.sessions,
    )
    assert again.fingerprints() == data.fingerprints()
    assert again.report is not None
    assert again.report.findings == ()


def test_fingerprints_tell_contents_and_not_their_order(read: Read) -> None:
    header, *rows = EMPLOYEES.splitlines()
    turned = "\n".join([header, *reversed(rows)]) + "\n"
    first = read().fingerprints()
    assert read(employees=turned).fingerprints() == first
    other = read(employees=EMPLOYEES.replace("Clerk", "Cook")).fingerprints()
    assert {t for t in first if first[t] != other[t]} == {"employees"}
    assert all(len(value) == 64 for value in first.values())


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"a": ["x", None]}, {"a": ["x", ""]}),
        ({"a": ["ab", "c"]}, {"a": ["a", "bc"]}),
        ({"a": [["x"], ["y", "z"]]}, {"a": [["x", "y"], ["z"]]}),
        ({"a": [1.0, None]}, {"a": [1.0, 0.0]}),
        ({"a": ["x"]}, {"b": ["x"]}),
        ({"a": [[{"s": "x", "l": 1}]]}, {"a": [[{"s": "x", "l": 2}]]}),
    ],
)
def test_different_contents_have_different_fingerprints(
    left: dict[str, list[object]], right: dict[str, list[object]]
) -> None:
    assert fingerprint(pl.DataFrame(left)) != fingerprint(pl.DataFrame(right))


def test_a_fingerprint_never_changes() -> None:
    table = pl.DataFrame({"id": ["b", "ä"], "n": [1.5, None], "l": [["x"], None]})
    expected = "deaf62a86bf071826dd1c89a3e50f0b9665c4be475cb2dc519e1109c28ce4a76"
    assert fingerprint(table) == expected


def test_as_of_moves_the_future(write: Write) -> None:
    folder = write()
    assert len(LearningData.read(folder, as_of="2022-03-01").events) == 1
    early = LearningData.read(folder, as_of="2022-02-28")
    assert len(early.events) == 0
    assert early.report is not None
    assert early.report.findings[0].rule == "future"


def test_a_bad_as_of_is_told(write: Write) -> None:
    with pytest.raises(SettingsError, match="is not a date"):
        LearningData.read(write(), as_of="yesterday")


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such folder"):
        LearningData.read(tmp_path / "nowhere")


def test_a_million_events_of_one_person_are_read_whole() -> None:
    n = 1_000_000
    events = pl.select(
        employee_id=pl.lit("E1"),
        course_id=pl.concat_str(pl.lit("C"), pl.int_range(n) % 1000),
        kind=pl.lit("completed"),
        occurred_at=pl.datetime_range(
            datetime(2020, 1, 1), datetime(2020, 1, 1, 0, 0, 1), "1us", closed="left"
        ),
    )
    data = LearningData.from_frames(
        pl.DataFrame({"employee_id": ["E1"], "role": ["Nurse"]}),
        pl.select(course_id=pl.concat_str(pl.lit("C"), pl.int_range(1000)), title=pl.lit("x")),
        events,
    )
    assert len(data.events) == n
    assert len(data.employee("E1").events) == n


def test_the_quarantine_is_written_whole(read: Read, tmp_path: Path) -> None:
    report = read(employees="employee_id,role\nE1,\n").report
    assert report is not None
    report.write_quarantine(tmp_path / "quarantine.parquet")
    assert pl.read_parquet(tmp_path / "quarantine.parquet").equals(report.quarantine)
    assert [p.name for p in tmp_path.glob(".*")] == []


def test_a_quarantine_that_cannot_be_written_leaves_the_one_before(
    read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    report = read(employees="employee_id,role\nE1,\n").report
    report.write_quarantine(tmp_path / "quarantine.parquet")
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(DiskFullError, match="full"):
        report.write_quarantine(tmp_path / "quarantine.parquet")
    assert pl.read_parquet(tmp_path / "quarantine.parquet").equals(report.quarantine)
    assert [p.name for p in tmp_path.glob(".*")] == []


def test_the_order_of_rows_does_not_count() -> None:
    table = pl.DataFrame({"id": ["a", "b", None], "l": [["x"], None, []]})
    assert fingerprint(table) == fingerprint(table.reverse())
