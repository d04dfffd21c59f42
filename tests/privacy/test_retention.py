"""What is past its time is not used, by whichever way it is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings

from hrreco.data import LearningData
from hrreco.privacy import record_within_retention, within_retention
from hrreco.settings import Settings
from hrreco.settings.necessity import TEN_YEARS, TWO_YEARS

from .retention_of import NOW, all_of, day, read, registers, settings_of, tables

ABOUT_PEOPLE = ("employees", "events", "employee_skills")


def rows_of(data: LearningData, table: str) -> set[str]:
    """Return rows as texts, each once: reading leaves out what has come to be a duplicate."""
    return {str(row) for row in getattr(data, table).iter_rows()}


@settings(max_examples=50)
@given(tables(), registers)
def test_reading_serving_one_and_serving_all_agree(
    frames: dict[str, pl.DataFrame], register: dict[str, dict[str, int]]
) -> None:
    own = settings_of(register)
    data = all_of(frames, own)
    kept = within_retention(data, NOW)
    reread = read(frames, own)
    for table in ABOUT_PEOPLE:
        assert rows_of(kept, table) == rows_of(reread, table)
    for employee_id in data.employees["employee_id"]:
        record = record_within_retention(data.employee(employee_id), data.catalogue, own, NOW)
        assert record == (kept.employee(employee_id) if kept.knows(employee_id) else None)


@settings(max_examples=50)
@given(tables(), registers)
def test_what_is_kept_is_kept_whole(
    frames: dict[str, pl.DataFrame], register: dict[str, dict[str, int]]
) -> None:
    kept = within_retention(all_of(frames, settings_of(register)), NOW)
    assert within_retention(kept, NOW) is kept
    assert set(kept.events["employee_id"]) <= set(kept.employees["employee_id"])
    assert set(kept.employees["manager_id"].drop_nulls()) <= set(kept.employees["employee_id"])


def company(
    *, left: int | None = None, event: int = 0, course: dict[str, Any] | None = None, **kind: str
) -> LearningData:
    """A person, one event so many days ago, and a skill."""
    about = {"employee_id": "E1", "role": "Nurse", "left_on": None if left is None else day(left)}
    happened = {"kind": "completed", "occurred_at": f"{day(event)}T12:00:00", "reason": "so"}
    frames = {
        "employees": pl.DataFrame([about], schema_overrides={"left_on": pl.String}),
        "courses": pl.DataFrame(
            [
                {"course_id": "C1", "title": "Hygiene"} | (course or {}),
                {"course_id": "C2", "title": "x"},
            ],
            infer_schema_length=None,
        ),
        "events": pl.DataFrame([{"employee_id": "E1", "course_id": "C1"} | happened | kind]),
        "employee_skills": pl.DataFrame({"employee_id": ["E1"], "skill": ["sql"]}),
    }
    return all_of(frames, Settings())


def counts(data: LearningData) -> tuple[int, ...]:
    return tuple(len(getattr(within_retention(data, NOW), table)) for table in ABOUT_PEOPLE)


@pytest.mark.parametrize(("left", "kept"), [(None, 1), (0, 1), (TWO_YEARS, 1), (TWO_YEARS + 1, 0)])
def test_who_left_long_ago_goes_wholly(left: int | None, kept: int) -> None:
    assert counts(company(left=left)) == (kept, kept, kept)


@pytest.mark.parametrize(("age", "kept"), [(TEN_YEARS, 1), (TEN_YEARS + 1, 0)])
def test_events_go_after_ten_years(age: int, kept: int) -> None:
    assert counts(company(event=age)) == (1, kept, 1)


@pytest.mark.parametrize(
    ("course", "kind", "kept"),
    [
        ({"valid_for_days": 5_000}, "completed", 1),
        ({"valid_for_days": 5_000}, "waived", 1),
        ({"valid_for_days": 5_000}, "dropped", 0),
        ({"valid_for_days": 3_900}, "completed", 0),
        ({"mandatory_for": "role:Nurse"}, "completed", 1),
        ({"mandatory_for": "role:Nurse", "valid_for_days": 400}, "completed", 0),
        ({"equivalent_to": "C2"}, "completed", 0),
    ],
)
def test_what_still_makes_a_certificate_valid_is_kept(
    course: dict[str, Any], kind: str, kept: int
) -> None:
    assert counts(company(event=4_000, course=course, kind=kind)) == (1, kept, 1)


def test_an_equivalent_of_a_mandatory_course_is_kept_whichever_names_the_other() -> None:
    one = company(event=4_000)
    for here, there in (("C1", "C2"), ("C2", "C1")):
        courses = one.courses.with_columns(
            pl.when(pl.col("course_id") == here).then(pl.lit([there])).alias("equivalent_to"),
            pl.when(pl.col("course_id") == "C2").then(pl.lit(["*"])).alias("mandatory_for"),
        )
        assert counts(replace(one, courses=courses)) == (1, 1, 1)


def test_a_free_text_goes_after_a_year_and_the_event_stays() -> None:
    for age, kept in ((365, ["so"]), (366, [None])):
        data = within_retention(company(event=age), NOW)
        assert data.events["reason"].to_list() == kept


def test_data_of_which_all_may_be_kept_are_the_very_same() -> None:
    data = company()
    assert within_retention(data, NOW) is data
    record = data.employee("E1")
    assert record_within_retention(record, data.catalogue, data.settings, NOW) is record
