from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from hrreco.data import Known, LearningData, TableCounts
from hrreco.data.known import COURSE_COLUMNS, EMPLOYEE_COLUMNS
from hrreco.errors import MissingFileError

ERASED_AT = datetime(2022, 6, 1, 12, tzinfo=UTC)


def erased(ids: Collection[str]) -> Mapping[str, datetime]:
    return {employee_id: ERASED_AT for employee_id in ids if employee_id.startswith("gone")}


KNOWN = Known(
    employees=pl.DataFrame(
        {
            "employee_id": ["E1", "E2"],
            "started_on": [date(2020, 1, 1), None],
            "left_on": [None, None],
        },
        schema=EMPLOYEE_COLUMNS,
    ),
    courses=pl.DataFrame(
        [("C1", None, None, True, None, None)], schema=COURSE_COLUMNS, orient="row"
    ),
    erased=erased,
)


def read(folder: Path, **tables: str) -> LearningData:
    for table, text in tables.items():
        (folder / f"{table}.csv").write_text(text)
    return LearningData.read(folder, known=KNOWN, as_of="2025-01-01")


def counts(data: LearningData, table: str) -> TableCounts:
    assert data.report is not None
    return data.report.tables[table]


def test_an_export_of_events_only_is_checked_against_what_is_stored(tmp_path: Path) -> None:
    data = read(
        tmp_path,
        events="employee_id,course_id,kind,occurred_at\nE1,C1,passed,2022-01-01\n"
        "E1,C1,passed,2019-01-01\nE9,C1,passed,2022-01-01\nE2,C9,passed,2022-01-01\n",
    )
    assert len(data.events) == 1
    assert data.report is not None
    assert data.report.quarantine["rule"].to_list() == [
        "before_hiring",
        "unknown_employee",
        "unknown_course",
    ]


def test_courses_may_name_stored_ones(tmp_path: Path) -> None:
    data = read(tmp_path, courses="course_id,title,prerequisites\nC2,x,C1\n")
    assert data.courses["prerequisites"].to_list() == [["C1"]]
    assert data.report is not None
    assert data.report.findings == ()


def linked(folder: Path, text: str, **stored: tuple[list[str], bool]) -> dict[str, str]:
    """Read courses beside stored ones, each with what it needs and whether it is active."""
    rows = [
        (course, needs, None, active, None, None) for course, (needs, active) in stored.items()
    ]
    known = replace(KNOWN, courses=pl.DataFrame(rows, schema=COURSE_COLUMNS, orient="row"))
    (folder / "courses.csv").write_text(f"course_id,title,prerequisites,active\n{text}")
    report = LearningData.read(folder, known=known, as_of="2025-01-01").report
    return {finding.rule: finding.example for finding in report.findings}


def test_a_cycle_is_found_though_half_of_it_is_stored(tmp_path: Path) -> None:
    found = linked(tmp_path, "B,b,A,\n", A=(["C"], True), C=(["B"], True))
    stays = "(the links of 'A', 'C' are stored and stay; those of the others are dropped)"
    assert found == {"prerequisite_cycle": f"B -> A -> C -> B {stays}"}


def test_a_cycle_of_stored_courses_alone_is_nothing_new(tmp_path: Path) -> None:
    stored = {"A": (["B"], True), "B": (["A"], True)}
    assert linked(tmp_path, "C,c,A,\n", **stored) == {}
    assert linked(tmp_path, "A,a,,\nC,c,A,\n", **stored) == {}


def test_a_stored_course_that_an_export_closes_the_way_to_is_found(tmp_path: Path) -> None:
    example = "'A' needs 'B', which is inactive and has no active equivalent"
    assert linked(tmp_path, "B,b,,no\n", A=(["B"], True)) == {"nobody_can_take": example}
    assert linked(tmp_path, "A,a,B,\n", B=([], False)) == {"nobody_can_take": example}
    assert linked(tmp_path, "A,a,B,\n", B=([], True)) == {}


def test_a_newer_day_of_hiring_counts(tmp_path: Path) -> None:
    data = read(
        tmp_path,
        employees="employee_id,role,started_on\nE1,Nurse,2018-01-01\n",
        events="employee_id,course_id,kind,occurred_at\nE1,C1,passed,2019-01-01\n",
    )
    assert len(data.events) == 1


def test_at_least_one_table_is_needed(tmp_path: Path) -> None:
    (tmp_path / "employes.csv").write_text("a\n")
    with pytest.raises(MissingFileError, match=r"no file for any table.*mean 'employes\.csv'"):
        read(tmp_path)


def test_rows_of_erased_people_are_refused_and_never_told(tmp_path: Path) -> None:
    data = read(
        tmp_path,
        employees="employee_id,role,started_on,manager_id,language\n"
        "gone1,Nurse,2020-01-01,,gonese\ngone2,Nurse,,E1,\ngone3,,soon,,\nE3,Clerk,,gone1,fi\n"
        "gone4,Cook,2022-06-01,,\n",
        events="employee_id,course_id,kind,occurred_at\ngone1,C1,passed,2022-01-01\n"
        "gone1,C9,nonsense,never\ngone2,C1,passed,2024-01-01\ngone1,C1,passed,2022-01-01,,x\n"
        "E1,C1,passed,2022-01-01\n",
        employee_skills="employee_id,skill\ngone1,sql\nE1,sql\n",
    )
    assert counts(data, "employees") == TableCounts(5, 1, refused_erased=4)
    assert counts(data, "events") == TableCounts(5, 1, refused_erased=4)
    assert counts(data, "employee_skills") == TableCounts(2, 1, refused_erased=1)
    assert data.employees["manager_id"].to_list() == [None]
    assert data.report is not None
    assert len(data.report.quarantine) == 0
    assert "gone" not in str(data.report.to_json())


def test_who_is_hired_again_after_erasure_starts_anew(tmp_path: Path) -> None:
    data = read(
        tmp_path,
        employees="employee_id,role,started_on\ngone1,Nurse,2023-01-01\n",
        events="employee_id,course_id,kind,occurred_at\ngone1,C1,passed,2022-01-01\n"
        "gone1,C1,passed,2024-01-01\n",
    )
    assert counts(data, "employees").accepted == 1
    assert counts(data, "events") == TableCounts(2, 1, refused_erased=1)
