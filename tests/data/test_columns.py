from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hrreco.data import LearningData
from hrreco.data.attributes import ATTRIBUTES
from hrreco.data.columns import lay_out
from hrreco.data.frames import open_frame
from hrreco.data.mapping import Mapping
from hrreco.data.schemas import SCHEMAS, dtypes
from hrreco.errors import DataError, MissingColumnError, PersonalColumnError, SettingsError
from hrreco.settings import PersonalColumn, Settings, never_audited, never_necessary
from tests.settings.never_names import names

Read = Callable[..., LearningData]
Write = Callable[..., Path]

HEADER = "employee_id,role,ShoeSize,FirstName,DOB,RaceDesc\n"


def test_all_personal_columns_without_a_reason_are_named(read: Read) -> None:
    with pytest.raises(PersonalColumnError) as caught:
        read(employees=HEADER + "E1,Nurse,38,Ann,1.1.1970,x\n")
    message = str(caught.value)
    assert "'DOB' (birth date or age), 'RaceDesc' (ethnicity or origin) may never" in message
    assert "'ShoeSize', 'FirstName' are neither mapped nor in the necessity register" in message
    assert "employees.csv" in message
    assert "1970" not in message


@pytest.mark.parametrize(
    ("table", "header"),
    [
        ("events", "employee_id,course_id,kind,occurred_at"),
        ("employee_skills", "employee_id,skill,level"),
    ],
)
def test_every_table_about_people_is_guarded(read: Read, table: str, header: str) -> None:
    with pytest.raises(PersonalColumnError, match=f"{table}.csv.*'Mood' is neither"):
        read(**{table: f"{header},Mood\n"})


def test_a_misspelt_column_is_refused_with_the_close_match(read: Read) -> None:
    with pytest.raises(PersonalColumnError, match=r"'Role' is neither.*did you mean 'role'"):
        read(employees="employee_id,Role\nE1,Nurse\n")


def test_columns_that_are_dropped_by_name_are_not_read(write: Write, tmp_path: Path) -> None:
    folder = write(employees=HEADER + "E1,Nurse,38,Ann,1.1.1970,x\n")
    mapping = tmp_path / "m.toml"
    mapping.write_text('[employees]\ndrop = ["ShoeSize", "FirstName", "DOB", "RaceDesc"]')
    data = LearningData.read(folder, mapping=mapping)
    assert data.employees.columns == list(dtypes("employees"))
    assert data.report is not None
    assert data.report.tables["employees"].accepted == 1


def test_what_may_never_be_used_cannot_be_mapped_either(write: Write, tmp_path: Path) -> None:
    folder = write(employees="employee_id,role,PayGrade\nE1,Nurse,3\n")
    (tmp_path / "m.toml").write_text('[employees.columns]\ngrade = "PayGrade"')
    with pytest.raises(PersonalColumnError, match=r"'PayGrade' \(pay\) may never"):
        LearningData.read(folder, mapping=tmp_path / "m.toml")


@given(
    name=names(),
    table=st.sampled_from(["employees", "events", "employee_skills"]),
    mapped=st.booleans(),
)
def test_whatever_a_company_does_with_what_may_never_be_used_it_is_refused(
    name: str, table: str, mapped: bool
) -> None:
    frames = {
        "employees": {"employee_id": ["E1"], "role": ["Nurse"]},
        "events": {
            "employee_id": ["E1"],
            "course_id": ["C1"],
            "kind": ["completed"],
            "occurred_at": ["2024-01-01"],
        },
        "employee_skills": {"employee_id": ["E1"], "skill": ["first aid"]},
    }
    frames[table] |= {name: ["x"]}
    columns = {"employees": "grade", "events": "reason", "employee_skills": "source"}
    mapping = Mapping()
    if mapped:
        mapping = Mapping.model_validate({table: {"columns": {columns[table]: name}}})
    file = open_frame(table, pl.DataFrame(frames[table]))
    with pytest.raises(PersonalColumnError) as caught:
        lay_out(table, file, mapping.of(table), Settings())
    assert repr(name) in str(caught.value)


@given(name=names(), table=st.sampled_from(sorted(Settings().necessity)))
def test_it_cannot_be_registered(name: str, table: str) -> None:
    assume(table != ATTRIBUTES or never_audited(name))
    with pytest.raises(SettingsError) as caught:
        Settings(necessity={table: {name: PersonalColumn(purpose="a test")}})
    assert f"{table}.{name} (" in str(caught.value)
    assert "may never be used" in str(caught.value)


@given(st.text("abcdefghij_", min_size=1, max_size=12).filter(lambda one: one[0] != "_"))
def test_a_column_that_nobody_registered_is_refused_with_its_name(name: str) -> None:
    assume(never_necessary(name) is None and name not in dtypes("employees"))
    people = {"employee_id": ["E1"], "role": ["Nurse"], name: ["x"]}
    with pytest.raises(PersonalColumnError) as caught:
        lay_out(
            "employees",
            open_frame("employees", pl.DataFrame(people)),
            Mapping().of("employees"),
            Settings(),
        )
    assert repr(name) in str(caught.value)


def test_nor_slip_into_a_derived_catalogue(write: Write, tmp_path: Path) -> None:
    folder = write(courses=None)
    (folder / "log.csv").write_text("Program,RaceDesc\nHygiene,x\n")
    (tmp_path / "m.toml").write_text(
        '[courses]\nfile = "log.csv"\ndistinct = true\n'
        'columns = { course_id = "Program", title = "Program", description = "RaceDesc" }'
    )
    with pytest.raises(PersonalColumnError, match="'RaceDesc'"):
        LearningData.read(folder, mapping=tmp_path / "m.toml")


def registered(column: str) -> Settings:
    return Settings(necessity={"employees": {column: PersonalColumn(purpose="a test")}})


def test_a_registered_column_is_accepted_and_left_aside(write: Write) -> None:
    folder = write(employees="employee_id,role,Badge\nE1,Nurse,7\n")
    data = LearningData.read(folder, settings=registered("Badge"))
    assert data.report is not None
    assert any("'Badge'" in note for note in data.report.notes)
    assert "Badge" not in data.employees.columns


def test_unknown_columns_of_the_catalogue_are_only_noted(read: Read) -> None:
    data = read(courses="course_id,title,Price,Room\nC1,Hygiene,3,x\n")
    assert data.report is not None
    note = "courses.csv: columns of no use to the table courses are left aside: 'Price', 'Room'"
    assert note in data.report.notes


def test_a_misspelt_column_of_the_catalogue_is_noted_with_the_close_match(read: Read) -> None:
    data = read(courses="course_id,title,prerequisits,Mandatory_four,Price\nC1,Hygiene,,*,3\n")
    assert data.report.notes == (
        "courses.csv: 'prerequisits' is no column of the table courses, left aside; "
        "did you mean 'prerequisites'?",
        "courses.csv: 'Mandatory_four' is no column of the table courses, left aside; "
        "did you mean 'mandatory_for'?",
        "courses.csv: columns of no use to the table courses are left aside: 'Price'",
    )


def test_a_column_that_is_there_is_not_offered_once_more(read: Read) -> None:
    data = read(courses="course_id,title,titel\nC1,Hygiene,x\n")
    assert data.report.notes == (
        "courses.csv: columns of no use to the table courses are left aside: 'titel'",
    )


@pytest.mark.parametrize("content", ["Kurssit 2024\n\ncourse_id,title\n", "course_id|title\n"])
def test_a_first_row_that_is_no_header_is_told(read: Read, content: str) -> None:
    with pytest.raises(MissingColumnError, match=r"courses\.csv: its header, .* holds only '"):
        read(courses=content)


def test_a_blank_column_without_a_name_is_no_matter_but_a_filled_one_is(read: Read) -> None:
    read(employees="employee_id,role,\nE1,Nurse,\n")
    with pytest.raises(PersonalColumnError, match=r"'\(column 3\)'"):
        read(employees="employee_id,role,\nE1,Nurse,secret\n")


def test_missing_columns_are_named_with_the_close_match(read: Read) -> None:
    with pytest.raises(MissingColumnError) as caught:
        read(courses="course_id,Titel\nC1,Hygiene\n")
    assert str(caught.value) == (
        "courses.csv: the table courses needs the column 'title'; did you mean 'Titel'?"
    )


def test_the_same_rules_hold_for_frames() -> None:
    courses = pl.DataFrame({"course_id": ["C1"], "title": ["x"]})
    people = pl.DataFrame({"employee_id": ["E1"], "role": ["x"], "salary": [1]})
    with pytest.raises(DataError, match=r"employees: .*'salary' \(pay\)"):
        LearningData.from_frames(people, courses, courses)


def test_no_column_of_the_contract_is_one_that_may_never_be_used() -> None:
    assert [c for table in SCHEMAS for c in dtypes(table) if never_necessary(c)] == []


def test_every_column_of_the_contract_is_described() -> None:
    for schema in SCHEMAS.values():
        assert all(column.description for column in schema.columns().values())


def test_the_necessity_register_knows_the_columns_of_the_contract() -> None:
    register = Settings().necessity
    assert set(register.pop(ATTRIBUTES)) == {"employee_id", "gender", "age_band"}
    for table, columns in register.items():
        assert set(dtypes(table)) == set(columns)
