"""What employees may ask for: to see what is held about them, and to have it put right."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from hrreco import LearningData, Workspace
from hrreco.errors import DataError, UnknownIdError
from hrreco.privacy.audit import verify
from hrreco.privacy.correction import Which
from hrreco.workspace import correct_person, erase_person, export_person
from tests.conftest import AS_OF

OWN = Which()


@pytest.fixture
def someone(trained: Workspace) -> str:
    """Return who has skills on record, and a manager."""
    data = trained.data()
    known = data.employee_skills["employee_id"].unique().implode()
    people = data.employees.filter(pl.col("employee_id").is_in(known))
    return str(people.filter(pl.col("manager_id").is_not_null())["employee_id"][0])


def test_an_export_holds_every_row_and_reads_back(
    trained: Workspace, someone: str, tmp_path: Path
) -> None:
    trained.opt_outs.opt_out(someone, ["training"])
    file = tmp_path / "mine.json"
    export_person(trained, someone).write(file)
    assert file.stat().st_mode & 0o777 == 0o600
    given = json.loads(file.read_text())
    tables = given["tables"]
    data = trained.data()
    read = LearningData.from_frames(
        pl.DataFrame(tables["employees"], infer_schema_length=None),
        data.courses,
        pl.DataFrame(tables["events"], infer_schema_length=None),
        employee_skills=pl.DataFrame(tables["employee_skills"], infer_schema_length=None),
        as_of=AS_OF,
    )
    theirs = pl.col("employee_id") == someone
    assert read.employee(someone) == trained.people.employee(someone)
    assert read.employees.equals(data.employees.filter(theirs).with_columns())
    assert read.events.equals(data.events.filter(theirs))
    assert read.employee_skills.equals(data.employee_skills.filter(theirs))
    assert [row["purpose"] for row in tables["opt_outs"]] == ["training"]
    assert [line["kind"] for line in given["log"]] == ["opt_out"]
    assert [line["kind"] for line in export_person(trained, someone).held.log] == [
        "opt_out",
        "export",
    ]


def test_nobody_else_is_named_in_it(trained: Workspace, someone: str) -> None:
    others = set(trained.data().employees["employee_id"]) - {someone}
    given = export_person(trained, someone).to_json()
    manager = given["tables"]["employees"][0].pop("manager_id")
    assert manager in others
    text = json.dumps(given)
    assert not [other for other in others if other in text]


def test_lines_in_quarantine_that_name_them_are_part_of_it(
    trained: Workspace, someone: str, tmp_path: Path
) -> None:
    (tmp_path / "events.csv").write_text(
        f"employee_id,course_id,kind,occurred_at\n{someone},nowhere,completed,2025-01-01\n"
        "E999999,nowhere,completed,2025-01-01\n"
    )
    trained.ingest(tmp_path, as_of=AS_OF)
    held = export_person(trained, someone)
    assert not [line for line in held.quarantine if "E999999" in str(line)]


def test_an_unknown_person_is_named_with_the_close_match(trained: Workspace, someone: str) -> None:
    before = verify(trained.audit_log)
    with pytest.raises(UnknownIdError, match=f"did you mean '{someone}'"):
        export_person(trained, someone.lower())
    assert verify(trained.audit_log) == before


def test_a_correction_is_in_force_with_the_next_answer(trained: Workspace, someone: str) -> None:
    advisor = trained.advisor()
    advisor.recommend(someone, as_of=AS_OF)
    roles = trained.data().employees["role"].unique().sort()
    other = next(role for role in roles if role != trained.people.employee(someone).role)
    done = correct_person(trained, someone, "role", other, which=OWN, as_of=AS_OF)
    assert (done.table, done.column, done.now) == ("employees", "role", other)
    assert trained.people.employee(someone).role == other
    assert advisor.gap(someone, as_of=AS_OF).target_role == other


def test_what_is_right_already_writes_no_line(trained: Workspace, someone: str) -> None:
    role = trained.people.employee(someone).role
    trained.opt_outs.opt_out(someone)  # which makes the log begin
    before = verify(trained.audit_log)
    ingests = trained.store.last_ingest()
    done = correct_person(trained, someone, "role", role, which=OWN, as_of=AS_OF)
    assert (done.was, done.now) == (role, role)
    assert verify(trained.audit_log) == before
    assert trained.store.last_ingest() == ingests


def test_a_manager_nobody_knows_is_kept_as_an_ingest_keeps_them_and_noted(
    trained: Workspace, someone: str
) -> None:
    done = correct_person(trained, someone, "manager_id", f"{someone}X", which=OWN, as_of=AS_OF)
    assert done.now == f"{someone}X"
    assert done.note == f"no employee has the id '{someone}X'; did you mean {someone!r}?"
    other = next(one for one in trained.data().employees["employee_id"] if one != someone)
    done = correct_person(trained, someone, "manager_id", other, which=OWN, as_of=AS_OF)
    assert (done.now, done.note) == (other, None)


@pytest.mark.parametrize(
    ("column", "value", "now"),
    [
        ("hours_per_month", "6,5", 6.5),
        ("started_on", "2019-02-03", "2019-02-03"),
        ("preferred_times", "morning|evening", ["morning", "evening"]),
        ("location", None, None),
    ],
)
def test_an_export_that_repeats_the_wrong_value_changes_nothing(
    trained: Workspace, exports: Path, someone: str, column: str, value: str | None, now: object
) -> None:
    before = trained.data().employees
    done = correct_person(trained, someone, column, value, which=OWN, as_of=AS_OF)
    assert done.now == now
    corrected = trained.data().employees
    trained.ingest(exports, as_of=AS_OF)
    assert trained.data().employees.equals(corrected)
    theirs = pl.col("employee_id") == someone
    assert corrected.filter(~theirs).equals(before.filter(~theirs))


def test_an_export_that_says_something_else_is_right_again(
    trained: Workspace, exports: Path, someone: str, tmp_path: Path
) -> None:
    wrong = trained.people.employee(someone).location
    correct_person(trained, someone, "location", "Oulu", which=OWN, as_of=AS_OF)
    rows = trained.data().employees.filter(pl.col("employee_id") == someone)
    moved = rows.with_columns(pl.lit("Turku").alias("location"))
    moved.select("employee_id", "role", "location").write_csv(tmp_path / "employees.csv")
    trained.ingest(tmp_path, as_of=AS_OF)
    assert trained.people.employee(someone).location == "Turku"
    trained.ingest(exports, as_of=AS_OF)
    assert trained.people.employee(someone).location == wrong


def test_events_and_skills_are_put_right_too(
    trained: Workspace, exports: Path, someone: str
) -> None:
    theirs = pl.col("employee_id") == someone
    event = trained.data().events.filter(theirs & (pl.col("kind") == "completed"))
    skill = trained.data().employee_skills.filter(theirs)["skill"][0]
    which = Which(event=event["event_id"][0])
    correct_person(trained, someone, "kind", "waived", which=which, as_of=AS_OF)
    correct_person(trained, someone, "level", "3", which=Which(skill=skill), as_of=AS_OF)
    trained.ingest(exports, as_of=AS_OF)
    events = trained.data().events.filter(pl.col("event_id") == event["event_id"][0])
    assert events["kind"].to_list() == ["waived"]
    skills = trained.data().employee_skills.filter(theirs & (pl.col("skill") == skill))
    assert skills["level"].to_list() == [3]


def test_an_event_without_an_id_moves_and_does_not_come_back(
    trained: Workspace, someone: str, tmp_path: Path
) -> None:
    taken = trained.data().events.filter(pl.col("employee_id") == someone)["course_id"].to_list()
    course = next(one for one in trained.data().courses["course_id"] if one not in taken)
    day = AS_OF.isoformat()
    rows = f"employee_id,course_id,kind,occurred_at\n{someone},{course},failed,{day}T08:00\n"
    (tmp_path / "events.csv").write_text(rows)
    trained.ingest(tmp_path, as_of=f"{day}T12:00")
    mine = (pl.col("employee_id") == someone) & (pl.col("course_id") == course)
    assert trained.data().events.filter(mine)["kind"].to_list() == ["failed"]
    which = Which(course=course)
    correct_person(trained, someone, "kind", "passed", which=which, as_of=f"{day}T12:00")
    trained.ingest(tmp_path, as_of=f"{day}T12:00")
    assert trained.data().events.filter(mine)["kind"].to_list() == ["passed"]


@pytest.mark.parametrize(
    ("column", "value", "which", "said"),
    [
        ("rolle", "Nurse", OWN, "employees has no column 'rolle'; did you mean 'role'"),
        ("employee_id", "E1", OWN, "says which row it is"),
        ("started_on", "soon", OWN, "is no date"),
        ("role", None, OWN, "role"),
        ("language", "klingon", OWN, "'klingon' cannot be read; nothing was changed"),
        ("left_on", "2020-01-01", OWN, "past the time for which it may be kept"),
        ("level", "3", Which(skill="flying"), "has no skill 'flying'"),
        ("kind", "passed", Which(event="V-none"), "has no event 'V-none'"),
    ],
)
def test_what_cannot_be_put_right_is_said(
    trained: Workspace, someone: str, column: str, value: str | None, which: Which, said: str
) -> None:
    before = trained.data()
    with pytest.raises((DataError, UnknownIdError), match=said):
        correct_person(trained, someone, column, value, which=which, as_of=AS_OF)
    after = trained.data()
    assert after.employees.equals(before.employees)
    assert after.events.equals(before.events)
    assert trained.store.last_ingest() == 1


def test_whoever_is_erased_leaves_no_correction(trained: Workspace, someone: str) -> None:
    correct_person(trained, someone, "location", "Oulu", which=OWN, as_of=AS_OF)
    line = verify(trained.audit_log).last
    done = erase_person(trained, someone)
    assert done.certificate.erased["removed"]["corrections"] == 1
    assert done.certificate.erased["lines"] == [line]
