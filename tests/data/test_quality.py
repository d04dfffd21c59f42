from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hrreco.data import LearningData
from hrreco.data.report import QUARANTINE
from hrreco.errors import DataError, MissingFileError
from hrreco.settings import EventMeaning, Settings
from tests.data.conftest import COURSES, EMPLOYEES, EVENTS, rules

Read = Callable[..., LearningData]
Write = Callable[..., Path]


def lines(data: LearningData) -> list[tuple[object, ...]]:
    """Return row, column, value and rule of all lines of the quarantine."""
    assert data.report is not None
    return data.report.quarantine.select("row", "column", "value", "rule").rows()


EVENT_HEADER = "event_id,employee_id,course_id,kind,occurred_at,progress,rating\n"

BAD_EVENTS = {
    "x,,C1,passed,2022-03-01,,": ("employee_id", None, "missing_value"),
    "x,E1,,passed,2022-03-01,,": ("course_id", None, "missing_value"),
    "x,E1,C1,,2022-03-01,,": ("kind", None, "missing_value"),
    "x,E1,C1,passed,,,": ("occurred_at", None, "missing_value"),
    "x,E1,C1,complet,2022-03-01,,": ("kind", "complet", "unknown_kind"),
    "x,E1,C1,passed,1.3.2022,,": ("occurred_at", "1.3.2022", "bad_date"),
    "x,E1,C1,passed,1646092800,,": ("occurred_at", "1646092800", "bad_date"),
    "x,E1,C1,passed,1970-01-01,,": ("occurred_at", "1970-01-01", "out_of_bounds"),
    "x,E1,C1,passed,2211-01-01,,": ("occurred_at", "2211-01-01", "out_of_bounds"),
    "x,E1,C1,passed,2026-01-01,,": ("occurred_at", "2026-01-01", "future"),
    "x,E1,C1,passed,2019-12-31,,": ("occurred_at", "2019-12-31", "before_hiring"),
    "x,E9,C1,passed,2022-03-01,,": ("employee_id", "E9", "unknown_employee"),
    "x,E1,C9,passed,2022-03-01,,": ("course_id", "C9", "unknown_course"),
    "x,E1,C1\0,passed,2022-03-01,,": ("course_id", "C1\0", "bad_text"),
    "x,E1,C1,passed,2022-03-01,1.5,": ("progress", "1.5", "out_of_range"),
    "x,E1,C1,passed,2022-03-01,-1,": ("progress", "-1", "out_of_range"),
    "x,E1,C1,rated,2022-03-01,,NaN": ("rating", "NaN", "bad_number"),
    "x,E1,C1,rated,2022-03-01,,-1": ("rating", "-1", "out_of_range"),
    "x,E1,C1,rated,2022-03-01,,inf": ("rating", "inf", "bad_number"),
    "x,E1,C1,passed,2022-03-01,,,,3": (None, None, "too_many_fields"),
    ",,,,,,": (None, None, "blank_row"),
}


@pytest.mark.parametrize("row", BAD_EVENTS)
def test_every_kind_of_bad_event_is_quarantined_and_the_rest_goes_on(read: Read, row: str) -> None:
    good = 'y,E2,C2,Completed,2022-05-01,,"4,5"\n'
    data = read(events=f"{EVENT_HEADER}{good}{row}\n")
    assert lines(data) == [(3, *BAD_EVENTS[row])]
    assert rules(data) == {BAD_EVENTS[row][2]: 1}
    assert data.events.select("event_id", "kind", "rating").rows() == [("y", "completed", 4.5)]
    assert data.report is not None
    assert data.report.quarantine.schema == QUARANTINE
    counts = data.report.tables["events"]
    assert (counts.read, counts.accepted, counts.quarantined) == (2, 1, 1)


def test_a_row_may_have_several_faults_and_counts_once(read: Read) -> None:
    data = read(events=f"{EVENT_HEADER}x,,C1,complet,soon,7,NaN\n")
    assert [(column, rule) for _, column, _, rule in lines(data)] == [
        ("employee_id", "missing_value"),
        ("kind", "unknown_kind"),
        ("occurred_at", "bad_date"),
        ("progress", "out_of_range"),
        ("rating", "bad_number"),
    ]
    assert data.report is not None
    assert data.report.tables["events"].quarantined == 1


def test_messages_and_examples_help(read: Read) -> None:
    data = read(events=f"{EVENT_HEADER}x,E1,C1,complet,2022-03-01,,\n")
    assert data.report is not None
    (finding,) = data.report.findings
    assert finding.removes_rows
    assert finding.example == (
        "events.csv row 2: kind 'complet' is no kind of event; did you mean 'completed'?"
    )


def test_an_unknown_code_tells_where_to_say_what_it_means(read: Read) -> None:
    data = read(
        events=f"{EVENT_HEADER}x,E1,C1,xyz,2022-03-01,,\n",
        employee_skills="employee_id,skill,source\nE1,sql,guessed\n",
    )
    assert data.report is not None
    hint = "; say what it means under [{}] in a mapping file"
    assert set(data.report.quarantine["message"]) == {
        "is no kind of event" + hint.format("events.values.kind"),
        "is not one of the known values: How it is known: declared, assessed or inferred"
        + hint.format("employee_skills.values.source"),
    }


def test_what_a_code_means_can_be_said(write: Write, tmp_path: Path) -> None:
    folder = write(courses="course_id,title,active\nC1,Hygiene,käytössä\nC2,Care,poistettu\n")
    (tmp_path / "m.toml").write_text(
        '[courses.values.active]\n"käytössä" = "yes"\npoistettu = "ei"\n', encoding="utf-8"
    )
    data = LearningData.read(folder, mapping=tmp_path / "m.toml")
    assert data.courses["active"].to_list() == [True, False]


def test_an_unknown_course_is_shown_with_the_close_match(read: Read) -> None:
    data = read(
        courses="course_id,title\nhygiene,Hygiene\n",
        events=f"{EVENT_HEADER}x,E1,hygeine,passed,2022-03-01,,\n",
    )
    assert data.report is not None
    assert "did you mean 'hygiene'?" in data.report.quarantine["message"][0]


BAD_EMPLOYEES = {
    ",Nurse,,,": ("employee_id", None, "missing_value"),
    "E3,,,,": ("role", None, "missing_value"),
    "E3,Nurse,soon,,": ("started_on", "soon", "bad_date"),
    "E3,Nurse,1900-01-01,,": ("started_on", "1900-01-01", "out_of_bounds"),
    "E3,Nurse,2211-01-01,,": ("started_on", "2211-01-01", "out_of_bounds"),
    "E3,Nurse,,1900-01-01,": ("left_on", "1900-01-01", "out_of_bounds"),
    "E3,Nurse,,,-2": ("hours_per_month", "-2", "out_of_range"),
    "E3,Nurse,,,much": ("hours_per_month", "much", "bad_number"),
}


@pytest.mark.parametrize("row", BAD_EMPLOYEES)
def test_every_kind_of_bad_employee_is_quarantined(read: Read, row: str) -> None:
    header = "employee_id,role,started_on,left_on,hours_per_month\n"
    data = read(employees=f"{header}E1,Nurse,2020-01-01,,\n{row}\n")
    assert lines(data) == [(3, *BAD_EMPLOYEES[row])]
    assert data.employees["employee_id"].to_list() == ["E1"]


@pytest.mark.parametrize("day", ["2211-12-31", "9999-12-31"])
def test_to_leave_in_the_far_future_is_to_stay(read: Read, day: str) -> None:
    data = read(employees=f"employee_id,role,left_on\nE1,Nurse,{day}\nE2,Clerk,2024-01-01\n")
    assert data.employees["left_on"].null_count() == 1
    assert rules(data) == {"never_left": 1}
    assert lines(data) == []


BAD_COURSES = {
    "C3,Ti\0tle,,,,": ("title", "Ti\0tle", "bad_text"),
    "C3,Title,,,role:A|role:\0,": ("mandatory_for", "role:A|role:\0", "bad_list"),
    ",Title,,,,": ("course_id", None, "missing_value"),
    "C3,,,,,": ("title", None, "missing_value"),
    "C3,Title,-1,,,": ("hours", "-1", "out_of_range"),
    "C3,Title,,perhaps,,": ("active", "perhaps", "bad_boolean"),
    "C3,Title,,,Nurse,": ("mandatory_for", "Nurse", "bad_list"),
    "C3,Title,,,,2.5": ("valid_for_days", "2.5", "bad_number"),
    "C3,Title,,,,-5": ("valid_for_days", "-5", "out_of_range"),
}


@pytest.mark.parametrize("row", BAD_COURSES)
def test_every_kind_of_bad_course_is_quarantined(read: Read, row: str) -> None:
    header = "course_id,title,hours,active,mandatory_for,valid_for_days\n"
    data = read(courses=f"{header}C1,Hygiene,2,yes,role:Nurse|department:A b|*,365\n{row}\n")
    assert lines(data) == [(3, *BAD_COURSES[row])]
    assert data.courses["mandatory_for"].to_list() == [["role:Nurse", "department:A b", "*"]]


def test_the_smaller_tables_are_checked_too(read: Read) -> None:
    data = read(
        employee_skills="employee_id,skill,level,source\nE1,sql,2,\nE1,sql,3,assessed\n"
        "E9,sql,1,\nE1,,1,\nE2,sql,1,guessed\n",
        role_skills="role,skill,importance\nNurse,care,\nNurse,sql,nice\n",
        sessions="session_id,course_id,starts_at,ends_at\nS1,C1,2025-05-01,2025-05-02\n"
        "S2,C9,2025-05-01,\nS3,C1,2025-05-02,2025-05-01\n",
    )
    assert lines(data) == [
        (4, "employee_id", "E9", "unknown_employee"),
        (5, "skill", None, "missing_value"),
        (6, "source", "guessed", "unknown_value"),
        (3, "importance", "nice", "unknown_value"),
        (3, "course_id", "C9", "unknown_course"),
        (4, "ends_at", "2025-05-01", "ends_before_start"),
    ]
    assert data.employee_skills.rows() == [("E1", "sql", 3, "assessed")]
    assert data.role_skills.rows() == [("Nurse", "care", None, "essential")]
    assert data.sessions["session_id"].to_list() == ["S1"]


def test_of_people_and_courses_the_last_row_counts(read: Read) -> None:
    data = read(
        employees="employee_id,role\nE1,Nurse\nE2,Clerk\nE1,Cook\nE1,\n",
        courses="course_id,title\nC1,Old\nC1,New\n",
    )
    assert data.employees.select("employee_id", "role").rows() == [("E1", "Cook"), ("E2", "Clerk")]
    assert data.courses["title"].to_list() == ["New"]
    assert data.report is not None
    assert data.report.tables["employees"].duplicates == 1
    assert data.report.tables["employees"].quarantined == 1
    examples = [f.example for f in data.report.findings if f.rule == "duplicate"]
    assert examples[0] == "employees.csv row 2: employee_id 'E1' comes again further down"


def test_events_are_told_apart_by_their_id_else_by_all_columns(read: Read) -> None:
    one = "E1,C1,passed,2022-03-01,,\n"
    data = read(events=f"{EVENT_HEADER}a,{one}b,{one},{one},{one}a,E2,C2,passed,2022-03-01,,\n")
    assert data.events.select("event_id", "employee_id").rows() == [
        (None, "E1"),
        ("b", "E1"),
        ("a", "E2"),
    ]
    assert rules(data) == {"duplicate": 2}


def test_unknown_managers_are_noted_and_kept(read: Read) -> None:
    data = read(employees="employee_id,role,manager_id\nE1,Nurse,E2\nE2,Clerk,E7\nE3,Cook,\n")
    assert rules(data) == {"unknown_manager": 1}
    assert data.employees["manager_id"].to_list() == ["E2", "E7", None]
    assert data.report is not None
    assert not data.report.findings[0].removes_rows


def test_who_is_in_quarantine_takes_their_events_along(read: Read) -> None:
    data = read(employees="employee_id,role\nE1,\nE2,Clerk\n")
    assert rules(data) == {"missing_value": 1, "unknown_employee": 1}


@pytest.mark.parametrize(
    ("tables", "counts"),
    [
        ({"events": EVENTS.splitlines()[0] + "\n"}, (2, 2, 0)),
        ({"employees": "employee_id,role\n"}, (0, 2, 0)),
        ({"courses": "course_id,title\n"}, (2, 0, 0)),
        ({"events": f"{EVENT_HEADER}x,E1,C1,no,no,no,no\n,,,,,,\n"}, (2, 2, 0)),
        ({"employees": "employee_id,role\n,\n,Nurse\n"}, (0, 2, 0)),
        (
            {"employees": "employee_id,role\nE1,Nurse\n", "courses": "course_id,title\nC1,x\n"},
            (1, 1, 1),
        ),
    ],
    ids=["no events", "no employees", "no courses", "bad events", "bad employees", "one of each"],
)
def test_small_and_empty_tables_work(
    read: Read, tables: dict[str, str], counts: tuple[int, int, int]
) -> None:
    data = read(**tables)
    assert (len(data.employees), len(data.courses), len(data.events)) == counts
    assert data.report is not None
    for table, count in zip(("employees", "courses", "events"), counts, strict=True):
        assert (f"{table}.csv: no row was accepted" in data.report.notes) == (count == 0)


@pytest.mark.parametrize("table", ["employees", "courses", "events"])
def test_a_missing_table_is_named(read: Read, table: str) -> None:
    with pytest.raises(MissingFileError, match=f"no file for {table} "):
        read(**{table: None})


def test_a_file_without_a_header_is_named(read: Read) -> None:
    with pytest.raises(DataError, match=r"events\.csv is empty"):
        read(events="")


def test_the_report_is_plain_json_without_personal_values(read: Read) -> None:
    report = read(events=f"{EVENT_HEADER},E1,C1,passed,2022-03-01,,\n").report
    assert report is not None
    assert report.to_json() == {
        "tables": {
            table: {
                "read": n,
                "accepted": n,
                "duplicates": 0,
                "quarantined": 0,
                "refused_erased": 0,
                "past_retention": 0,
            }
            for table, n in (("courses", 2), ("employees", 2), ("events", 1))
        },
        "findings": [],
        "notes": [],
    }


def test_company_kinds_are_known_whatever_their_case(read: Read) -> None:
    frames = read(employees=EMPLOYEES, courses=COURSES)
    settings = Settings(events={"Audited": EventMeaning(status="taken")})
    events = frames.events.with_columns(kind=frames.events["kind"].replace("completed", "AUDITED"))
    data = LearningData.from_frames(
        frames.employees, frames.courses, events, settings=settings, as_of="2025-01-01"
    )
    assert data.events["kind"].to_list() == ["Audited"]


def test_the_day_of_hiring_and_the_last_allowed_moment_are_in_time(read: Read) -> None:
    data = read(
        events=f"{EVENT_HEADER}a,E1,C1,passed,2020-01-01,,\nb,E1,C1,passed,2025-01-01T23:59:59,,\n"
    )
    assert rules(data) == {}
