from __future__ import annotations

from pathlib import Path

import pytest

from hrreco.data import LearningData
from hrreco.data.mapping import Mapping
from hrreco.data.quality import NOTHING_KNOWN
from hrreco.errors import MissingColumnError, MissingFileError, SettingsError
from hrreco.settings import read_toml


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    folder = tmp_path / "mappings"
    folder.mkdir()
    return folder / "mapping.toml"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[employes]", "unknown key 'employes'; did you mean 'employees'?"),
        ("[events]\ncolums = {}", "unknown key 'events.colums'; did you mean 'columns'?"),
        (
            "[events.columns]\nkinds = 'x'",
            "no column 'kinds' in the contract; did you mean 'kind'",
        ),
        ("[events.values.knd]\na = 'b'", "events.values: no column 'knd'"),
        ("[events.date_formats]\noccurred_at = ['%Q']", "'%Q' is not a date format"),
        ("[events.date_formats]\noccurred_at = ['%m/%Y']", "must hold day, month and year"),
        ("[events.date_formats]\nkind = ['%d.%m.%Y']", "'kind' is no date"),
        ("[events]\ncolumns = {kind = 'K'}\ndrop = ['K']", "'K' is both mapped and dropped"),
        ("[events]\ncolumns = {kind = 'K'}\nconstants = {kind = 'x'}", "to a column and to a"),
        ("[courses]\ndistinct = true", "needs its file and its columns"),
        ("[courses", "not a TOML file"),
        ("[events]\nfile = '/etc/events.csv'", "'/etc/events.csv' must be the name of a file"),
        ("[events]\nfile = '../events.csv'", "events.file: '../events.csv' must be the name"),
        ("[events]\nfile = '..'", "'..' must be the name"),
        ("[events]\nfile = 'C:\\events.csv'", "must be the name of a file in the folder"),
        ("[events]\nfile = ''", "'' must be the name"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(mapping: Path, text: str, words: str) -> None:
    mapping.write_text(text)
    with pytest.raises(SettingsError) as caught:
        read_toml(mapping, Mapping)
    assert words in str(caught.value)
    assert str(mapping) in str(caught.value)


EXPORT = """\
Person;Course ;Outcome;When;Trainer
007;Hygiene  ;Done;31.12.2021;Ann
007;First aid;Incomplete;2/14/2022;Bob
008;Hygiene;passed;2022-03-01T12:00:00Z;Ann
008;;passed;2022-03-01;Ann
"""

MAPPING = """\
ignore = ["survey.csv"]

[employees.constants]
role = "Nurse"

[events]
file = "log.csv"
drop = ["Trainer"]
columns = { employee_id = "Person", course_id = "Course", kind = "Outcome", occurred_at = "When" }
date_formats = { occurred_at = ["%d.%m.%Y", "%m/%d/%Y"] }

[events.constants]
source = "log"

[events.values.kind]
Done = "completed"
Incomplete = "dropped"

[courses]
file = "log.csv"
distinct = true
columns = { course_id = "Course", title = "Course" }
"""


@pytest.fixture
def company(tmp_path: Path, mapping: Path) -> Path:
    (tmp_path / "log.csv").write_text(EXPORT)
    (tmp_path / "survey.csv").write_text("mood\n1\n")
    (tmp_path / "lunch.csv").write_text("menu\n1\n")
    (tmp_path / "employees.csv").write_text("employee_id\n007\n008\n")
    mapping.write_text(MAPPING)
    return tmp_path


def test_an_export_with_names_of_its_own_is_read(company: Path, mapping: Path) -> None:
    data = LearningData.read(company, mapping=mapping, as_of="2023-01-01")
    assert data.employees["role"].to_list() == ["Nurse", "Nurse"]
    assert data.courses.select("course_id", "title").rows() == [
        ("First aid", "First aid"),
        ("Hygiene", "Hygiene"),
    ]
    events = data.events.select("employee_id", "course_id", "kind", "source").rows()
    assert events == [
        ("007", "Hygiene", "completed", "log"),
        ("007", "First aid", "dropped", "log"),
        ("008", "Hygiene", "passed", "log"),
    ]
    assert [str(at.date()) for at in data.events["occurred_at"]] == [
        "2021-12-30",  # midnight in Helsinki is still the day before in UTC
        "2022-02-13",
        "2022-03-01",
    ]


def test_a_derived_table_counts_its_distinct_rows(company: Path, mapping: Path) -> None:
    report = LearningData.read(company, mapping=mapping, as_of="2023-01-01").report
    assert report is not None
    assert report.tables["courses"].read == report.tables["courses"].accepted == 2
    assert report.tables["events"].quarantined == 1
    assert report.quarantine.row(0)[:5] == ("log.csv", 5, "course_id", None, "missing_value")


def test_files_left_aside_are_named(company: Path, mapping: Path) -> None:
    report = LearningData.read(company, mapping=mapping, as_of="2023-01-01").report
    assert report is not None
    assert report.notes == (
        "lunch.csv: left aside, no table is read from it",
        "survey.csv: left aside, as the mapping says",
    )


def test_an_ignored_file_is_not_read_though_it_is_named_after_a_table(
    company: Path, mapping: Path
) -> None:
    (company / "sessions.csv").write_text("nonsense\n1\n")
    mapping.write_text(MAPPING.replace('"survey.csv"', '"survey.csv", "sessions.csv"'))
    report = LearningData.read(company, mapping=mapping, as_of="2023-01-01").report
    assert report is not None
    assert "sessions.csv: left aside, as the mapping says" in report.notes
    assert list(report.tables) == ["employees", "courses", "events"]


def test_the_order_of_formats_decides_between_month_and_day_first(
    company: Path, mapping: Path
) -> None:
    (company / "log.csv").write_text("Person;Course;Outcome;When\n007;Hygiene;passed;2/3/2022\n")
    mapping.write_text(MAPPING.replace('"%d.%m.%Y", "%m/%d/%Y"', '"%d/%m/%Y", "%m/%d/%Y"'))
    data = LearningData.read(company, mapping=mapping, as_of="2023-01-01")
    assert data.events["occurred_at"].dt.month().to_list() == [3]
    mapping.write_text(MAPPING.replace('"%d.%m.%Y", "%m/%d/%Y"', '"%m/%d/%Y", "%d/%m/%Y"'))
    data = LearningData.read(company, mapping=mapping, as_of="2023-01-01")
    assert data.events["occurred_at"].dt.month().to_list() == [2]


def test_a_mapped_column_that_the_file_lacks_is_named(company: Path, mapping: Path) -> None:
    mapping.write_text(MAPPING.replace('kind = "Outcome"', 'kind = "Outcomes"'))
    with pytest.raises(MissingColumnError, match=r"events\.kind from .*'Outcomes'.*'Outcome'\?"):
        LearningData.read(company, mapping=mapping, as_of="2023-01-01")


def test_a_slip_in_a_mapped_column_is_told_before_the_column_is_refused(
    company: Path, mapping: Path
) -> None:
    (company / "employees.csv").write_text("employee_id,Name or job\n007,x\n")
    mapping.write_text('[employees.columns]\nrole = "Name of job"\n')
    with pytest.raises(MissingColumnError) as caught:
        LearningData.read(company, mapping=mapping, known=NOTHING_KNOWN)
    assert str(caught.value) == (
        "employees.csv: the mapping takes employees.role from the column 'Name of job', which the "
        "file does not have; did you mean 'Name or job'?"
    )


@pytest.mark.parametrize(
    ("header", "drop", "meant"),
    [
        ("employee_id,role,FirstName", "FristName", "FirstName"),
        ("employee_id,role,location", "Location", "location"),  # which would be read
    ],
)
def test_a_slip_in_a_column_to_drop_stops_the_reading(
    company: Path, mapping: Path, header: str, drop: str, meant: str
) -> None:
    (company / "employees.csv").write_text(f"{header}\n007,Nurse,x\n")
    mapping.write_text(f'[employees]\ndrop = ["{drop}"]\n')
    words = f"drops the column {drop!r} of employees, .*; did you mean {meant!r}"
    with pytest.raises(MissingColumnError, match=words):
        LearningData.read(company, mapping=mapping, known=NOTHING_KNOWN)


def test_a_column_to_drop_that_is_not_there_is_noted(company: Path, mapping: Path) -> None:
    (company / "employees.csv").write_text("employee_id,FirstName,Place\n007,Ann,x\n")
    employees = '[employees]\ndrop = ["FirstName", "LastName"]\ncolumns = {location = "Place"}\n'
    mapping.write_text(
        MAPPING.replace("[employees.constants]", f"{employees}[employees.constants]")
    )
    report = LearningData.read(company, mapping=mapping, as_of="2023-01-01").report
    note = "employees.csv: the mapping drops 'LastName', which the file does not have"
    assert note in report.notes


def test_a_mapping_that_is_missing_is_named(company: Path) -> None:
    with pytest.raises(MissingFileError, match=r"nowhere\.toml"):
        LearningData.read(company, mapping=company / "nowhere.toml")
