"""Cells of whatever type a Parquet file or a frame can hold are read, or go to quarantine."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from hrreco.data import LearningData

FAR_DAYS = pl.Series([1 << 30, 0], dtype=pl.Int32).cast(pl.Date)
FAR_MOMENTS = pl.Series([1 << 60, 0]).cast(pl.Datetime("ms"))
ODD = {
    "binary": pl.Series([b"\xff", b"N"]),
    "duration": pl.Series([timedelta(1), timedelta(2)]),
    "long": pl.Series([1 << 62, 1]).cast(pl.Duration("ms")),
    "time": pl.Series([time(1), time(2)]),
    "decimal": pl.Series([Decimal("1.5"), Decimal(2)]),
    "struct": pl.Series([{"a": b"\xff"}, {"a": b""}]),
    "nested": pl.Series([[[1]], [[2]]]),
    "array": pl.Series([[1, 2], [3, 4]], dtype=pl.Array(pl.Int8, 2)),
    "binaries": pl.Series([[b"\xff"], [b"N"]]),
    "durations": pl.Series([[timedelta(1)], []]),
    "skills": pl.Series([[{"skill": b"\xff", "level": timedelta(1)}], []]),
    "category": pl.Series(["Nurse", "Clerk"], dtype=pl.Categorical),
    "categories": pl.Series([["Nurse"], ["Clerk"]], dtype=pl.List(pl.Categorical)),
    "null": pl.Series([None, None]),
    "large": pl.Series([2**100, 1], dtype=pl.Int128),
    "day": pl.Series([date(2024, 1, 1), None]),
    "far day": FAR_DAYS,
    "far moment": FAR_MOMENTS,
    "far days": FAR_DAYS.reshape((2, 1)),
    "far in a struct": pl.DataFrame({"skill": FAR_DAYS}).to_struct(),
}
TABLES = {
    "employees": pl.DataFrame({"employee_id": ["A", "B"], "role": ["Nurse", "Nurse"]}),
    "courses": pl.DataFrame({"course_id": ["C", "D"], "title": ["x", "y"]}),
    "events": pl.DataFrame(
        {
            "employee_id": ["A", "B"],
            "course_id": ["C", "D"],
            "kind": ["completed"] * 2,
            "occurred_at": ["2024-01-01"] * 2,
        }
    ),
}
TOGETHER = [
    {"employees": "employee_id", "courses": "skills"},
    {"employees": "started_on", "courses": "tags", "events": "occurred_at"},
    {"employees": "hours_per_month", "courses": "active"},
    {"courses": "due_within_days"},
]
"""The columns that are odd at once, at most one of each table."""


@pytest.mark.parametrize("name", ODD)
def test_a_cell_of_an_odd_type_costs_its_row_at_most(name: str, tmp_path: Path) -> None:
    for columns in TOGETHER:
        odd = {of: TABLES[of].with_columns(ODD[name].alias(one)) for of, one in columns.items()}
        tables = {**TABLES, **odd}
        for each, frame in tables.items():
            frame.write_parquet(tmp_path / f"{each}.parquet")
        report = LearningData.read(tmp_path).report
        for counts in report.tables.values():
            assert counts.read == counts.accepted + counts.quarantined == 2
        in_memory = LearningData.from_frames(**tables).report
        assert in_memory.tables == report.tables


def test_a_frame_s_objects_are_quoted() -> None:
    roles = pl.Series([{"a"}, {"b"}], dtype=pl.Object)
    frames = {**TABLES, "employees": TABLES["employees"].with_columns(roles.alias("role"))}
    lines = LearningData.from_frames(**frames).report.quarantine
    assert lines.filter(pl.col("column") == "role")["value"].to_list() == ["{'a'}", "{'b'}"]


@pytest.mark.parametrize(
    ("name", "quoted"),
    [
        ("binary", "b'\\xff'"),
        ("duration", "1d"),
        ("binaries", "[b'\\xff']"),
        ("far moment", str(1 << 60)),
        ("far days", str([1 << 30])),
    ],
)
def test_a_bad_cell_is_quoted_whatever_its_type(name: str, quoted: str) -> None:
    events = TABLES["events"].with_columns(ODD[name].alias("occurred_at"))
    lines = LearningData.from_frames(**{**TABLES, "events": events}).report.quarantine
    assert lines.row(0, named=True)["value"] == quoted
    assert lines["rule"][0] == "bad_date"


def test_a_date_beyond_the_calendar_costs_its_row_only() -> None:
    started = FAR_DAYS.alias("started_on")
    frames = {**TABLES, "employees": TABLES["employees"].with_columns(started)}
    data = LearningData.from_frames(**frames)
    assert data.report.quarantine.filter(file="employees").select("row", "message").rows() == [
        (2, "is a date beyond the years 1 to 9999"),
        (3, "is not between 1970-01-02 and 2100-12-31"),
    ]
