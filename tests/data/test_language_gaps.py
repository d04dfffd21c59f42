from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from hrreco.data import Finding, LearningData
from hrreco.data.quality import NOTHING_KNOWN
from tests.data.conftest import EVENTS

Write = Callable[..., Path]

RULE = "no_course_in_language"
SWEDES = ["sv", "sv-FI", "swe", "sv", "SV"]


def employees(languages: Iterable[str], left_on: str = "") -> str:
    rows = (f"E{at},Nurse,{language},{left_on}\n" for at, language in enumerate(languages, 1))
    return "employee_id,role,language,left_on\n" + "".join(rows)


def courses(*languages: str, active: str = "yes", sensitive: str = "no") -> str:
    rows = (f"C{at},x,{tag},{active},{sensitive}\n" for at, tag in enumerate(languages, 1))
    return "course_id,title,language,active,sensitive\n" + "".join(rows)


@pytest.fixture
def found(write: Write) -> Callable[..., Finding | None]:
    """Read employees and courses, and return the finding if there is one."""

    def found(people: str, catalogue: str) -> Finding | None:
        folder = write(employees=people, courses=catalogue)
        report = LearningData.read(folder, as_of="2025-01-01").report
        assert report.tables["employees"].accepted == report.tables["employees"].read
        return next((finding for finding in report.findings if finding.rule == RULE), None)

    return found


Found = Callable[[str, str], Finding | None]


def test_a_language_without_courses_is_found_and_the_rows_stay(found: Found) -> None:
    finding = found(employees([*SWEDES, "fi", ""]), courses("fi", "en"))
    assert finding is not None
    assert (finding.table, finding.count, finding.removes_rows) == ("employees", 5, False)
    assert finding.example == (
        "no active course is in the language of these employees, who get mandatory training only: "
        "'sv' 5; where a course or an employee has no language, nothing is hidden"
    )


def test_what_is_mandatory_for_everybody_is_an_elective_for_nobody(found: Found) -> None:
    catalogue = "course_id,title,language,mandatory_for\nC1,x,fi,\nC2,x,sv,*\n"
    assert found(employees(SWEDES), catalogue) is not None
    assert found(employees(SWEDES), catalogue.replace("*", "role:Clerk")) is None


def test_a_language_of_few_people_is_neither_named_nor_counted(found: Found) -> None:
    mixed = found(employees([*SWEDES, "so", "so", "ru", "fi"]), courses("fi"))
    assert mixed is not None
    assert mixed.count == 5  # 8 would tell how many the others are
    assert "only: 'sv' 5, some languages fewer than 5; where" in mixed.example
    many = found(employees([*SWEDES, "so", "so", "ru", "ru", "et", "fi"]), courses("fi"))
    assert many is not None
    assert many.count == 10
    assert "only: 'sv' 5, some languages 5; where" in many.example
    alone = found(employees(["so", "fi"]), courses("fi"))
    assert alone is not None
    assert alone.count is None
    assert "only: some languages fewer than 5; where" in alone.example
    assert "row" not in alone.example


@pytest.mark.parametrize(
    ("people", "catalogue"),
    [
        (employees(SWEDES), courses("fi", "sv")),
        (employees(SWEDES), courses("fi", "sv-SE")),
        (employees(SWEDES), courses("fi", "")),
        (employees(SWEDES), courses("fi", "no language")),
        (employees(["", ""]), courses("fi")),
        (employees(["svenska"] * 5), courses("fi")),
        (employees(SWEDES, left_on="2025-01-01"), courses("fi")),
        (employees(SWEDES), courses("fi", active="no")),
        (employees(SWEDES), courses("fi", sensitive="yes")),
    ],
    ids=[
        "there is one",
        "another region",
        "one for everybody",
        "one read as unknown",
        "nobody's language is known",
        "read as unknown",
        "they have left",
        "nothing is active for anybody",
        "nothing can be suggested to anybody",
    ],
)
def test_who_lacks_nothing_is_not_found(found: Found, people: str, catalogue: str) -> None:
    assert found(people, catalogue) is None


@pytest.mark.parametrize("state", [{"active": "no"}, {"sensitive": "yes"}])
def test_a_course_that_is_never_suggested_does_not_count(
    found: Found, state: dict[str, str]
) -> None:
    rest = courses("sv", **state).splitlines()[1].replace("C1", "C2")
    assert found(employees(SWEDES), f"{courses('fi')}{rest}\n") is not None


def test_who_is_still_to_leave_counts(found: Found) -> None:
    assert found(employees(SWEDES, left_on="2025-01-02"), courses("fi")) is not None


@pytest.mark.parametrize(
    ("stored", "tables", "is_found"),
    [
        ({"C1"}, {}, True),
        ({"C1", "C2"}, {}, False),
        (set(), {"employees": None}, False),
        (set(), {"courses": None}, False),
    ],
    ids=["all were read", "others may suit", "no employees", "no courses"],
)
def test_beside_a_store_it_is_said_where_all_courses_were_read(
    write: Write, stored: set[str], tables: dict[str, None], is_found: bool
) -> None:
    given = {"employees": employees(SWEDES), "courses": courses("fi"), "events": EVENTS}
    folder = write(**{**given, **tables})
    links = pl.DataFrame({"course_id": sorted(stored)}, schema_overrides={"course_id": pl.String})
    links = pl.concat([NOTHING_KNOWN.courses, links], how="diagonal").with_columns(active=True)
    known = replace(NOTHING_KNOWN, courses=links)
    report = LearningData.read(folder, known=known, as_of="2025-01-01").report
    assert (RULE in {finding.rule for finding in report.findings}) == is_found


def test_frames_are_checked_just_so() -> None:
    data = LearningData.from_frames(
        pl.DataFrame({"employee_id": list("abcde"), "role": "Nurse", "language": SWEDES}),
        pl.DataFrame({"course_id": ["C1"], "title": ["x"], "language": ["fi"]}),
        pl.DataFrame(
            schema=dict.fromkeys(("employee_id", "course_id", "kind", "occurred_at"), pl.String)
        ),
    )
    assert [finding.rule for finding in data.report.findings] == [RULE]
