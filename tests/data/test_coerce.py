from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from hrreco.data.coerce import coerce
from hrreco.data.readers import ROW
from hrreco.data.schemas import SCHEMAS, dtypes

COLUMNS = {
    "date": ("employees", "started_on"),
    "moment": ("events", "occurred_at"),
    "number": ("events", "rating"),
    "whole": ("courses", "due_within_days"),
    "flag": ("courses", "active"),
    "text": ("events", "event_id"),
    "texts": ("courses", "tags"),
    "skills": ("courses", "skills"),
}


def coerced(
    kind: str, cells: Any, formats: tuple[str, ...] = (), dtype: Any = None
) -> tuple[list[Any], list[Any]]:
    """Return the values, and the rule for each cell that did not fit."""
    table, column = COLUMNS[kind]
    given = pl.Series(column, cells, dtype=dtype)
    rows = pl.DataFrame({ROW: range(2, len(given) + 2), column: given})
    frame, faults = coerce(rows, table, formats={column: formats}, timezone="Europe/Helsinki")
    broken = [None] * len(given)
    for lines in faults:
        for row, name, rule, _ in lines.rows():
            assert name == column
            broken[row - 2] = rule
    return frame[column].to_list(), broken


@pytest.mark.parametrize("table", list(SCHEMAS))
def test_a_frame_always_has_all_columns_in_their_dtypes(table: str) -> None:
    frame, faults = coerce(
        pl.DataFrame({ROW: [2, 3]}), table, formats={}, timezone="Europe/Helsinki"
    )
    assert frame.drop(ROW).schema == dtypes(table)
    assert len(frame) == 2
    assert faults == []


def test_defaults_stand_in_for_missing_values() -> None:
    assert coerced("flag", ["no", None]) == ([False, True], [None, None])


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-01-02", datetime(2024, 1, 1, 22, tzinfo=UTC)),
        ("2024-07-02T10:30", datetime(2024, 7, 2, 7, 30, tzinfo=UTC)),
        ("2024-07-02 10:30:15", datetime(2024, 7, 2, 7, 30, 15, tzinfo=UTC)),
        ("2024-07-02T10:30:15.25Z", datetime(2024, 7, 2, 10, 30, 15, 250_000, tzinfo=UTC)),
        ("2024-07-02T10:30+02:00", datetime(2024, 7, 2, 8, 30, tzinfo=UTC)),
        ("2024-07-02 10:30:00+0200", datetime(2024, 7, 2, 8, 30, tzinfo=UTC)),
        ("20240702", datetime(2024, 7, 1, 21, tzinfo=UTC)),
        ("20240702T10", datetime(2024, 7, 2, 7, tzinfo=UTC)),
        ("20240702T1030Z", datetime(2024, 7, 2, 10, 30, tzinfo=UTC)),
        ("20240702T103015", datetime(2024, 7, 2, 7, 30, 15, tzinfo=UTC)),
        ("20240702T103015,25-0200", datetime(2024, 7, 2, 12, 30, 15, 250_000, tzinfo=UTC)),
        ("2024-07-02T10", datetime(2024, 7, 2, 7, tzinfo=UTC)),
        ("2024-07-02T10+01:00", datetime(2024, 7, 2, 9, tzinfo=UTC)),
        ("2024-07-02T10:30:15,25Z", datetime(2024, 7, 2, 10, 30, 15, 250_000, tzinfo=UTC)),
        # Skipped when summer time began, and there twice when it ended.
        ("2024-03-31T03:30:00", datetime(2024, 3, 31, 1, 30, tzinfo=UTC)),
        ("2024-10-27T03:30:00", datetime(2024, 10, 27, 0, 30, tzinfo=UTC)),
    ],
)
def test_iso_moments(text: str, moment: datetime) -> None:
    assert coerced("moment", [text]) == ([moment], [None])


@pytest.mark.parametrize(
    "text",
    [
        *("31.12.2023", "1700000000", "2024-02-30", "2024", "soon", "0", "20240230", "2024010"),
        *("453211", "01012024", "2024-W01-4", "2024-002", "2024-01-02T24:00:00", "20240102T1"),
    ],
)
def test_what_is_no_date_is_told(text: str) -> None:
    assert coerced("moment", [text, None]) == ([None, None], ["bad_date", None])
    assert coerced("date", [text]) == ([None], ["bad_date"])


def test_numbers_never_count_from_1970() -> None:
    assert coerced("moment", [1_700_000_000, 0])[1] == ["bad_date", "bad_date"]
    assert coerced("date", [1.7e12])[1] == ["bad_date"]


def test_several_formats_in_one_column() -> None:
    texts = ["9/20/2019", "20-09-2019", "2019-09-20", "20/9/2019"]
    values, broken = coerced("date", texts, ("%m/%d/%Y", "%d-%m-%Y"))
    assert values == [date(2019, 9, 20)] * 3 + [None]
    assert broken == [None, None, None, "bad_date"]


def test_a_moment_becomes_the_local_day() -> None:
    assert coerced("date", ["2024-01-02T22:30:00Z"])[0] == [date(2024, 1, 3)]
    assert coerced("date", [datetime(2024, 1, 2, 23)])[0] == [date(2024, 1, 2)]


def test_typed_dates_only_get_their_zone() -> None:
    assert coerced("moment", [date(2024, 1, 2)])[0] == [datetime(2024, 1, 1, 22, tzinfo=UTC)]
    at = datetime(2024, 1, 2, 5, tzinfo=UTC)
    assert coerced("moment", [at])[0] == [at]


def test_numbers() -> None:
    good = ["1", "1,5", "2.5", "1e3", "-3"]
    assert coerced("number", good) == ([1, 1.5, 2.5, 1000, -3], [None] * 5)
    bad = ["NaN", "inf", "1,234.5", "1.2.3", "many"]
    assert coerced("number", bad) == ([None] * 5, ["bad_number"] * 5)
    assert coerced("number", [float("nan"), 2.0, None]) == (
        [None, 2.0, None],
        ["bad_number", None, None],
    )


def test_whole_numbers() -> None:
    assert coerced("whole", ["30", "30.0", "30,0"]) == ([30] * 3, [None] * 3)
    assert coerced("whole", ["30,5", "99999999999"])[1] == ["bad_number"] * 2
    assert coerced("whole", [30.0, 2.5])[0] == [30, None]


def test_flags() -> None:
    values, broken = coerced("flag", ["Yes", "TRUE", "1", "no", "f", "0", "maybe"])
    assert values == [True, True, True, False, False, False, True]
    assert broken == [None] * 6 + ["bad_boolean"]
    assert coerced("flag", [1, 0])[0] == [True, False]
    assert coerced("flag", [1.0, 0.0, True])[0] == [True, False, True]


@pytest.mark.parametrize(
    "yes", ["kyllä", "Kylla\u0308", "kylla", "K", "TOSI", "joo", "Ja", "j", "SANT"]
)
def test_yes_in_finnish_and_swedish(yes: str) -> None:
    assert coerced("flag", [yes]) == ([True], [None])


@pytest.mark.parametrize("no", ["Ei", "e", "EPÄTOSI", "epatosi", "nej", "Nei", "N", "FALSKT"])
def test_no_in_finnish_and_swedish(no: str) -> None:
    assert coerced("flag", [no]) == ([False], [None])


def test_what_is_neither_yes_nor_no_tells_where_to_say_what_it_means() -> None:
    rows = pl.DataFrame({ROW: [2], "active": ["käytössä"]})
    _, (lines,) = coerce(rows, "courses", formats={}, timezone="UTC")
    assert lines["message"].to_list() == [
        "is neither yes nor no (kyllä or ei, ja or nej); say what it means under "
        "[courses.values.active] in a mapping file"
    ]


def test_ids_stay_as_they_are_written() -> None:
    assert coerced("text", ["007", "7 8", "😀", "1.0"])[0] == ["007", "7 8", "😀", "1.0"]


def test_typed_ids_become_texts() -> None:
    assert coerced("text", [7, None])[0] == ["7", None]
    assert coerced("text", [7.0, 7.5, float("nan")])[0] == ["7", "7.5", None]
    assert coerced("text", ["a"], dtype=pl.Categorical)[0] == ["a"]
    assert coerced("text", [["a"]]) == ([None], ["bad_text"])


def test_lists() -> None:
    assert coerced("texts", ["a| b||a", "|", None])[0] == [["a", "b"], [], None]
    assert coerced("texts", [["a ", ""], [], None])[0] == [["a"], [], None]
    assert coerced("texts", [[1], [2]])[0] == [["1"], ["2"]]
    assert coerced("texts", [[["a"]]]) == ([None], ["bad_list"])


def test_a_level_follows_the_last_colon_when_it_is_a_whole_number() -> None:
    uri = "http://data.europa.eu/esco/skill/b0e0"
    values, _ = coerced("skills", [f"sql:2|excel|{uri}|{uri}:3|a:b|a:-1"])
    assert [(skill["skill"], skill["level"]) for skill in values[0]] == [
        ("sql", 2),
        ("excel", None),
        (uri, None),
        (uri, 3),
        ("a:b", None),
        ("a:-1", None),
    ]


def test_typed_skills() -> None:
    skills = [{"skill": "sql", "level": 2}]
    assert coerced("skills", [skills, None])[0] == [skills, None]
    assert coerced("skills", [["sql:2"]])[0] == [skills]
    assert coerced("skills", [[{"skill": "sql", "level": "high"}]])[1] == ["bad_list"]


def test_a_format_of_the_mapping_comes_before_iso() -> None:
    assert coerced("date", ["2024-02-01"], ("%Y-%d-%m",))[0] == [date(2024, 1, 2)]
