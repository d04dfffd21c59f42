from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from hrreco.data import LearningData
from hrreco.data.languages import language_tag
from tests.data.conftest import rules

Read = Callable[..., LearningData]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("fi", "fi"),
        ("SV", "sv"),
        ("sv-FI", "sv-FI"),
        ("sv_fi", "sv-FI"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("fin", "fi"),
        ("swe", "sv"),
        ("eng-GB", "en-GB"),
        ("sme", "se"),
        ("smn", "smn"),  # Inari Sami has no two-letter code
        ("iw", "he"),
        ("sh", "sr"),
    ],
)
def test_a_tag_is_written_in_one_way(text: str, tag: str) -> None:
    assert language_tag(text) == tag


@pytest.mark.parametrize(
    "text",
    ["fi|sv", "fi, sv", "suomi", "Finnish", "xx", "f", "fi-", "-", "fi-FI-fi", "mul", "und", "🇫🇮"],
)
def test_what_is_not_one_language_is_no_tag(text: str) -> None:
    assert language_tag(text) is None


def test_what_is_no_language_is_noted_and_unknown_and_the_row_stays(read: Read) -> None:
    data = read(
        employees="employee_id,role,language\nE1,Nurse,English\nE2,Clerk,swe\nE3,Cook,\n",
        courses="course_id,title,language\nC1,x,sv_FI\nC2,y,fi|sv\nC3,z,suomi\n",
    )
    assert data.employees["language"].to_list() == [None, "sv", None]
    assert data.courses["language"].to_list() == ["sv-FI", None, None]
    people, courses = data.report.findings
    assert (people.rule, people.table, people.count) == ("unknown_language", "employees", 1)
    assert (courses.rule, courses.table, courses.count) == ("unknown_language", "courses", 2)
    assert not courses.removes_rows
    assert data.report.tables["courses"].accepted == 3
    assert data.report.quarantine.is_empty()


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("suomi", "did you mean 'fi'?"),
        ("FINNISH", "did you mean 'fi'?"),
        ("finska", "did you mean 'fi'?"),
        ("{}|sv", "write a code such as 'fi' or 'sv-FI'"),
    ],
)
def test_the_example_says_which_code_is_meant(read: Read, value: str, hint: str) -> None:
    data = read(courses=f"course_id,title,language\nC2,x,fi\nC1,y,{value}\n")
    assert data.report.findings[0].example == (
        f"courses.csv row 3: language {value!r} is not the code of one language "
        f"and is read as unknown; {hint}"
    )


def test_all_that_is_no_language_is_listed_the_commonest_first(read: Read) -> None:
    data = read(courses="course_id,title,language\nC1,x,English\nC2,x,suomi\nC3,x,suomi\n")
    assert data.report.findings[0].example.endswith(
        "did you mean 'en'? (all such values of language: 'suomi' 2, 'English' 1)"
    )


def test_the_example_is_the_first_of_many_in_the_file(read: Read) -> None:
    rows = "".join(f"C{i},x,no {i}\n" for i in reversed(range(500)))
    data = read(courses=f"course_id,title,language\n{rows}")
    assert data.report.findings[0].count == 500
    assert data.report.findings[0].example.startswith("courses.csv row 2: language 'no 499'")


def test_rows_that_are_left_out_are_not_counted(read: Read) -> None:
    data = read(courses="course_id,title,language\nC1,,suomi\nC2,x,suomi\nC2,y,fi\n")
    assert rules(data) == {"missing_value": 1, "duplicate": 1, "unknown_course": 1}


def test_frames_are_checked_just_so(read: Read) -> None:
    sound = read()
    courses = pl.DataFrame({"course_id": ["C1"], "title": ["x"], "language": ["suomi"]})
    data = LearningData.from_frames(sound.employees, courses, sound.events, as_of="2025-01-01")
    assert data.courses["language"].to_list() == [None]
    assert rules(data) == {"unknown_language": 1}
