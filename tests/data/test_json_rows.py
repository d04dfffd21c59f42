"""Rows of JSON values are read as a file would be, cell by cell."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from hrreco.data.json_rows import open_rows, texts_of
from hrreco.data.pipeline import check_json
from hrreco.data.quality import NOTHING_KNOWN
from hrreco.data.readers import ROW
from hrreco.settings import Settings


def check(table: str, *rows: dict[str, Any]) -> tuple[pl.DataFrame, list[tuple[int, str]]]:
    """Return the good rows, and which cells are at fault."""
    sheet, _ = check_json(table, dict(enumerate(rows)), settings=Settings(), known=NOTHING_KNOWN)
    return sheet.rows, list(sheet.quarantined().select("row", "column").iter_rows())


def test_plain_values_are_read_as_their_texts() -> None:
    rows, faults = check(
        "courses",
        {"course_id": 17, "title": " Hygiene ", "hours": "1,5", "active": False},
        {"course_id": 18.0, "title": "x", "hours": 2, "active": "ei", "valid_for_days": 365.0},
    )
    assert faults == []
    assert rows["course_id"].to_list() == ["17", "18"]
    assert rows["title"].to_list() == ["Hygiene", "x"]
    assert rows["hours"].to_list() == [1.5, 2.0]
    assert rows["active"].to_list() == [False, False]
    assert rows["valid_for_days"].to_list() == [None, 365]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("title", ["a"]),
        ("title", "a\0b"),
        ("title", "\ud800"),
        ("hours", True),
        ("hours", {"h": 1}),
        ("valid_for_days", 1.5),
        ("active", "perhaps"),
        ("tags", {"a": 1}),
        ("tags", ["a", None]),
        ("tags", [["a"]]),
        ("skills", [{"skill": "sql", "level": "2"}]),
        ("skills", [{"skill": "sql", "levle": 2}]),
        ("skills", [{"skill": None}]),
        ("skills", ["sql", {"skill": "sql"}]),
        ("skills", [17, []]),
    ],
)
def test_a_value_that_does_not_fit_is_a_fault_of_its_cell_alone(column: str, value: Any) -> None:
    good = {"course_id": "C1", "title": "Hygiene", "skills": ["sql:2"], "tags": ["a", "b"]}
    rows, faults = check("courses", good, {**good, "course_id": "C2", column: value})
    assert faults == [(1, column)]
    assert rows[ROW].to_list() == [0]
    assert rows["skills"].to_list() == [[{"skill": "sql", "level": 2}]]


def test_lists_are_read_from_arrays_and_from_texts() -> None:
    course = {"course_id": "C1", "title": "x"}
    rows, faults = check(
        "courses",
        {**course, "skills": "sql:2|care", "tags": "a|b"},
        {**course, "course_id": "C2", "skills": [{"skill": "sql:2"}], "tags": ["a|b"]},
        {**course, "course_id": "C3", "skills": [], "tags": None},
    )
    assert faults == []
    assert rows["tags"].to_list() == [["a", "b"], ["a|b"], None]
    assert rows["skills"].to_list() == [
        [{"skill": "sql", "level": 2}, {"skill": "care", "level": None}],
        [{"skill": "sql:2", "level": None}],
        [],
    ]


def test_a_number_is_no_moment() -> None:
    event = {"employee_id": "E1", "course_id": "C1", "kind": "completed"}
    _, faults = check(
        "events", *({**event, "occurred_at": at} for at in (20240501, 1.7e13, "now"))
    )
    assert {fault for fault in faults if fault[1] == "occurred_at"} == {
        (row, "occurred_at") for row in range(3)
    }


def test_unknown_columns_are_there_to_be_noted_but_not_without_end() -> None:
    rows = {7: {"course_id": "C1", **{f"column {n}": n for n in range(100)}}}
    file = open_rows("courses", rows)
    assert file.columns == ("course_id", "title", *(f"column {n}" for n in range(10)))
    assert file.read({"title": "title", "course_id": "course_id"})[ROW].to_list() == [7]


def test_ids_are_looked_up_as_they_will_be_read() -> None:
    rows: list[dict[str, Any]] = [{"id": " E1 "}, {"id": 17.0}, {"id": ["E2"]}, {"id": "\0"}, {}]
    assert texts_of(rows, "id") == {"E1", "17"}
