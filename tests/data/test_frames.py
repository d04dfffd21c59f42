"""Frames of all kinds, and the columns that only pandas can hold."""

from __future__ import annotations

from datetime import date

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from hrreco.data import LearningData
from hrreco.data.frames import open_frame
from hrreco.data.readers import ROW
from hrreco.errors import DataError, MissingFileError

FRAME = {"id": ["01", None], "rating": [1.5, None]}


@pytest.mark.parametrize(
    "frame",
    [pl.DataFrame(FRAME), pl.LazyFrame(FRAME), pd.DataFrame(FRAME, index=[7, 8]), pa.table(FRAME)],
    ids=["polars", "lazy", "pandas", "arrow"],
)
def test_frames_of_all_kinds_give_the_same_rows(frame: object) -> None:
    file = open_frame("events", frame)
    rows = file.read({"event_id": "id", "rating": "rating"}).select(ROW, "event_id", "rating")
    assert rows.rows() == [(2, "01", 1.5), (3, None, None)]


def test_what_is_no_frame_is_told() -> None:
    with pytest.raises(
        DataError, match="events: give a frame of polars, pandas or Arrow, not list"
    ):
        open_frame("events", [1])


def cells(frame: pd.DataFrame) -> list[object]:
    return open_frame("events", frame).read({"x": "x"})["x"].to_list()


@pytest.mark.parametrize(
    ("mixed", "texts"),
    [
        (["E1", 1001, None], ["E1", "1001", None]),
        (["E1", 1001.0, float("nan")], ["E1", "1001", None]),
        (["N", 3.5, pd.NA], ["N", "3.5", None]),
        ([True, "no"], ["True", "no"]),
        ([2**100, 1], [str(2**100), "1"]),
        ([pd.Timestamp("2024-05-01"), "2024-06-01"], ["2024-05-01 00:00:00", "2024-06-01"]),
    ],
)
def test_a_mixed_column_of_pandas_is_read_as_text(mixed: list[object], texts: list[str]) -> None:
    assert cells(pd.DataFrame({"x": pd.Series(mixed, dtype=object)})) == texts


@pytest.mark.parametrize("odd", [["sql"], {"skill": "sql"}, b"sql"], ids=["list", "dict", "bytes"])
def test_a_mixed_column_that_is_no_text_is_named(odd: object) -> None:
    words = rf"events: the column 'x' holds a {type(odd).__name__} in row 3 beside"
    with pytest.raises(DataError, match=words):
        cells(pd.DataFrame({"x": [1001, odd, "sql"]}))


def test_kinds_that_only_pandas_has_are_read_as_they_show() -> None:
    months = pd.DataFrame({"x": pd.PeriodIndex(["2024-05", None], freq="M")})
    assert cells(months) == ["2024-05", None]
    assert cells(pd.DataFrame({"x": pd.Categorical(["N", 2])})) == ["N", "2"]


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame([[1, 2]], columns=["id", "id"]),
        pd.DataFrame([[1, 2]], columns=["id", " id"]),
        pa.table([[1], [2]], names=["id", "id"]),
        pl.DataFrame({"id": [1], "id ": [2]}),
    ],
    ids=["pandas", "blank", "arrow", "polars"],
)
def test_a_name_that_stands_twice_is_named(frame: object) -> None:
    with pytest.raises(DataError, match="events: the column 'id' stands twice"):
        open_frame("events", frame)


def test_names_that_are_no_text_are_read_as_text() -> None:
    assert open_frame("events", pd.DataFrame([[1, 2]])).columns == ("0", "1")


EMPLOYEES = pd.DataFrame({"employee_id": ["E1", 1001], "role": ["N", 3.5]})
COURSES = pd.DataFrame({" course_id ": ["C1"], "title": ["x"]})
EVENTS = pd.DataFrame(
    {
        "employee_id": ["1001", "E1"],
        "course_id": ["C1", "C1"],
        "kind": ["completed"] * 2,
        "occurred_at": pd.PeriodIndex(["2024-05-02", "2024-06-02"], freq="D"),
    }
)


def test_an_ordinary_frame_of_pandas_is_a_table() -> None:
    data = LearningData.from_frames(EMPLOYEES, COURSES, EVENTS, as_of="2025-01-01")
    assert data.report.findings == ()
    assert data.employees.select("employee_id", "role").rows() == [("1001", "3.5"), ("E1", "N")]
    assert data.events["occurred_at"].dt.date().to_list() == [date(2024, 5, 1), date(2024, 6, 1)]


def test_a_period_that_is_no_day_costs_its_row_and_is_quoted() -> None:
    months = EVENTS.assign(occurred_at=pd.PeriodIndex(["2024-05", "2024-06"], freq="M"))
    lines = LearningData.from_frames(EMPLOYEES, COURSES, months).report.quarantine
    assert lines["value"].to_list() == ["2024-05", "2024-06"]
    assert set(lines["rule"]) == {"bad_date"}


def test_a_period_in_arrow_costs_its_row_too() -> None:
    table = pa.Table.from_pandas(EVENTS)
    lines = LearningData.from_frames(EMPLOYEES, COURSES, table).report.quarantine
    first = (pd.Period("2024-05-02", "D") - pd.Period(date(1970, 1, 1), "D")).n
    assert lines.select("rule", "value").row(0) == ("bad_date", str(first))


@pytest.mark.parametrize("table", ["employees", "courses", "events"])
def test_a_required_frame_that_is_missing_is_named(table: str) -> None:
    frames = {"employees": EMPLOYEES, "courses": COURSES, "events": EVENTS, table: None}
    with pytest.raises(MissingFileError, match=f"{table}: give a frame; this table is required"):
        LearningData.from_frames(**frames)
