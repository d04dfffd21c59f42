"""Rows in = accepted + duplicates + quarantined + refused as erased, whatever the files hold."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrreco.data import Known
from hrreco.data.attributes import ATTRIBUTES
from hrreco.data.export import read_export
from hrreco.data.known import COURSE_COLUMNS, EMPLOYEE_COLUMNS
from hrreco.data.schemas import SCHEMAS, dtypes

IDS = ["E1", "E2", "E3", " E1 ", "erased", "007", "😀", "", "E9"]
COURSES = ["C1", "C2", "C1", "Ä b", "", "C9"]
DATES = [
    "2022-03-01",
    "2019-01-01",
    "31.12.2022",
    "1970-01-01",
    "2211-01-01",
    "soon",
    "",
    "2022-03-01T10:00Z",
]
NUMBERS = ["1", "0,5", "-1", "NaN", "inf", "1e400", "many", ""]
LISTS = ["C1|C2", "C9", "", "a:2|b", "|"]
WILD = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=5)

CELLS = {
    "employee_id": IDS,
    "manager_id": IDS,
    "course_id": COURSES,
    "event_id": ["v1", "v2", "", ""],
    "kind": ["completed", "PASSED", "complet", ""],
    "active": ["yes", "no", "perhaps", ""],
    "sensitive": ["true", "", "x"],
    "mandatory_for": ["*", "role:Nurse", "Nurse", ""],
    "source": ["declared", "lms", ""],
    "importance": ["essential", "nice", ""],
    "attribute": ["gender", "age_band", "union", ""],
}


def cell(table: str, column: str) -> st.SearchStrategy[str]:
    dtype = dtypes(table)[column]
    if column in CELLS:
        usual = CELLS[column]
    elif dtype.is_temporal():
        usual = DATES
    elif dtype.is_numeric():
        usual = NUMBERS
    else:
        usual = LISTS if isinstance(dtype, pl.List) else ["x", "y", "", "x "]
    return st.one_of(st.sampled_from(usual), st.sampled_from(usual), st.sampled_from(usual), WILD)


@st.composite
def dirty(draw: st.DrawFn, table: str) -> list[list[str]]:
    """Return the rows of a dirty file: some good, some bad, too short, too long or repeated."""
    columns = list(dtypes(table))
    row = st.tuples(*(cell(table, column) for column in columns)).map(list)
    rows = draw(st.lists(row, max_size=8))
    rows += draw(st.lists(st.sampled_from(rows), max_size=3)) if rows else []
    rows += [r + ["more"] * draw(st.integers(0, 3)) for r in rows[:1]]
    rows += [r[: draw(st.integers(1, len(columns)))] for r in rows[1:2]]
    return [columns, *rows]


def erased(ids: Collection[str]) -> Mapping[str, datetime]:
    return {i: datetime(2022, 6, 1, tzinfo=UTC) for i in ids if i == "erased"}


KNOWN = Known(
    employees=pl.DataFrame(
        {"employee_id": ["E2"], "started_on": [None], "left_on": [None]},
        schema=EMPLOYEE_COLUMNS,
    ),
    courses=pl.DataFrame(
        [("C2", ["C1"], None, True, None, None)], schema=COURSE_COLUMNS, orient="row"
    ),
    erased=erased,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dirty")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    tables=st.fixed_dictionaries({table: dirty(table) for table in SCHEMAS}),
    delimiter=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_no_row_is_dropped_in_silence(
    folder: Path, tables: dict[str, list[list[str]]], delimiter: str, encoding: str
) -> None:
    for table, rows in tables.items():
        with (folder / f"{table}.csv").open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
    data, attributes = read_export(folder, known=KNOWN, as_of="2025-01-01")
    for table, rows in tables.items():
        counts = data.report.tables[table]
        assert counts.read == len(rows) - 1
        rest = counts.duplicates + counts.quarantined + counts.refused_erased
        assert counts.read == counts.accepted + rest + counts.past_retention
        good = attributes.rows if table == ATTRIBUTES else getattr(data, table)
        assert counts.accepted == len(good)
        lines = data.report.quarantine.filter(pl.col("file") == f"{table}.csv")
        assert lines["row"].n_unique() == counts.quarantined
        assert set(lines["row"]) <= set(range(2, len(rows) + 1))
    assert "erased" not in set(data.report.quarantine["value"])
    assert "erased" not in set(data.events["employee_id"])
