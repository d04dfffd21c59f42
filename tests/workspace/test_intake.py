"""Rows handed in as JSON: held to the rules of an ingest, and told of one by one."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrreco import Workspace
from hrreco.data.synthetic import CompanyConfig, company
from hrreco.errors import DataError
from hrreco.privacy.correction import Which
from hrreco.workspace import correct_person, erase_person, purge
from hrreco.workspace.audit import audit_lines, check_audit
from hrreco.workspace.handed import Form, Handed
from hrreco.workspace.intake import Taken, Upserted, take_events, upsert
from tests.postgres import Server

NOW = datetime.now(UTC).replace(microsecond=0)


def event(event_id: str | None = "e1", **more: Any) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "employee_id": "E1",
        "course_id": "C1",
        "kind": "completed",
        "occurred_at": (NOW - timedelta(days=30)).isoformat(),
        **more,
    }


def handed(rows: Any) -> Handed:
    return Handed(json.dumps(rows).encode(), Form.ROWS)


def take(workspace: Workspace, rows: Any) -> Taken:
    (taken,) = take_events(workspace, [handed(rows)])
    assert isinstance(taken, Taken)
    return taken


def put(workspace: Workspace, table: Upserted, rows: Any, row_id: str | None = None) -> Taken:
    return upsert(workspace, table, json.dumps(rows).encode(), row_id)


def told(taken: Taken) -> tuple[int, int, list[tuple[int, str | None]]]:
    return taken.stored, taken.unchanged, [(one.index, one.column) for one in taken.rejected]


def begin(workspace: Workspace) -> None:
    put(workspace, "employees", [{"employee_id": f"E{n}", "role": "Nurse"} for n in range(1, 4)])
    put(workspace, "courses", [{"course_id": f"C{n}", "title": "Hygiene"} for n in range(1, 4)])


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = Workspace.init(tmp_path_factory.mktemp("intake") / "acme")
    begin(workspace)
    workspace.store.close()
    return workspace.path


@pytest.fixture
def workspace(begun: Path, tmp_path: Path) -> Iterator[Workspace]:
    workspace = Workspace.open(shutil.copytree(begun, tmp_path / "acme"))
    yield workspace
    workspace.store.close()


def test_an_event_again_changes_nothing_and_another_of_its_id_neither(
    workspace: Workspace,
) -> None:
    assert told(take(workspace, event())) == (1, 0, [])
    before = workspace.data().events
    assert told(take(workspace, event())) == (0, 1, [])
    other = take(workspace, event(rating=3))
    assert told(other) == (0, 0, [(0, "event_id")])
    assert other.rejected[0].conflict
    assert "'e1'" in other.rejected[0].reason
    assert workspace.data().events.equals(before)


def test_events_without_an_id_are_told_apart_by_all_their_columns(workspace: Workspace) -> None:
    rows = [event(None), event(None), event(None, kind="started")]
    assert told(take(workspace, rows)) == (2, 1, [])
    assert told(take(workspace, rows)) == (0, 3, [])


def test_a_poison_row_is_told_by_its_index_and_the_rest_is_stored(workspace: Workspace) -> None:
    rows = [
        event("a"),
        event("b", employee_id="stranger"),
        event("c", kind="complet"),
        17,
        event("d", hair_colour="red"),
        event("e", gender="f"),
        event("f", occurred_at=17_000_000_000_000),
        event("g", occurred_at=(NOW + timedelta(days=1)).isoformat()),
        {},
        event("h", progress=[0.5]),
        event("i", course_id=0),
        event("j"),
    ]
    taken = take(workspace, rows)
    assert told(taken)[:2] == (2, 0)
    assert {(one.index, one.column) for one in taken.rejected} == {
        (1, "employee_id"),
        (2, "kind"),
        (3, None),
        (4, "hair_colour"),
        (5, "gender"),
        (6, "occurred_at"),
        (7, "occurred_at"),
        (8, None),
        (9, "progress"),
        (10, "course_id"),
    }
    assert "did you mean 'completed'?" in next(o.reason for o in taken.rejected if o.index == 2)
    assert sorted(workspace.data().events["event_id"]) == ["a", "j"]


def test_requests_in_one_pass_are_as_if_one_came_after_the_other(workspace: Workspace) -> None:
    first, unreadable, second, third = take_events(
        workspace,
        [
            handed(event("a", rating=1)),
            Handed(b"{", Form.ROWS),
            handed([event("a", rating=1), event("a", rating=2), event("b")]),
            handed([event("b"), event("b", kind="dropped"), 1]),
        ],
    )
    assert isinstance(unreadable, DataError)
    assert isinstance(first, Taken)
    assert isinstance(second, Taken)
    assert isinstance(third, Taken)
    assert told(first) == (1, 0, [])
    assert told(second) == (1, 1, [(1, "event_id")])
    assert told(third) == (0, 1, [(1, "event_id"), (2, None)])
    assert workspace.data().events["rating"].to_list() == [1, None]


def test_a_bad_row_does_not_keep_a_good_one_of_its_id_out(workspace: Workspace) -> None:
    rows = [event("a", kind="nothing"), event("a"), event("a", rating=5)]
    assert told(take(workspace, rows)) == (1, 0, [(0, "kind"), (2, "event_id")])


def test_what_is_taken_in_is_what_an_ingest_takes_in(tmp_path: Path) -> None:
    config = CompanyConfig(
        seed=3, employees=150, courses=60, roles=10, skills=30, months=6, dirty=True
    )
    files = tmp_path / "files"
    company(config).write(files)
    by_file = Workspace.init(tmp_path / "by file")
    report = by_file.ingest(files, as_of=NOW.date()).report
    with (files / "events.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if None not in row]  # too many fields
    (files / "events.csv").unlink()
    by_row = Workspace.init(tmp_path / "by row")
    by_row.ingest(files, as_of=NOW.date())
    (first, second) = (take(by_row, rows[at : at + 10_000]) for at in (0, 10_000))
    faulty = [one for one in (*first.rejected, *second.rejected) if not one.conflict]
    lines = report.quarantine.filter(file="events.csv").filter(pl.col("rule") != "too_many_fields")
    assert sorted(one.reason for one in faulty) == sorted(lines["message"])
    assert len(faulty) > 5
    assert by_row.data().events.equals(by_file.data().events)
    by_file.store.close()
    by_row.store.close()


def test_events_of_the_erased_are_refused_in_the_words_for_strangers(workspace: Workspace) -> None:
    take(workspace, event("a"))
    erase_person(workspace, "E1")
    taken = take(workspace, [event("a"), event("b", employee_id="stranger")])
    assert told(taken) == (0, 0, [(0, "employee_id"), (1, "employee_id")])
    assert len({one.reason for one in taken.rejected}) == 1
    assert workspace.data().events.is_empty()
    again = put(workspace, "employees", {"employee_id": "E1", "role": "Nurse"})
    assert told(again) == (0, 0, [(0, "employee_id")])


def test_a_value_that_was_put_right_stays(workspace: Workspace) -> None:
    take(workspace, [event("a", rating=1), event("b")])
    correct_person(workspace, "E1", "rating", "5", which=Which(event="a"))
    wrong = [event("a", rating=1), event("a", rating=1)]
    assert told(take(workspace, wrong)) == (0, 2, [])
    assert told(take(workspace, event("a", rating=3))) == (0, 0, [(0, "event_id")])
    assert told(take(workspace, wrong)) == (0, 2, [])
    assert told(take(workspace, event("a", rating=5))) == (0, 1, [])
    assert workspace.data().events["rating"].to_list() == [5, None]


def test_a_reason_that_is_past_its_time_makes_no_conflict(workspace: Workspace) -> None:
    old = event("a", reason="moved", occurred_at=(NOW - timedelta(days=364.9)).isoformat())
    assert told(take(workspace, old)) == (1, 0, [])
    for _ in range(2):
        _let_pass(workspace, days=1)
        assert told(take(workspace, _as_stored(workspace, reason="moved"))) == (0, 1, [])
    purge(workspace)
    assert told(take(workspace, _as_stored(workspace, reason="moved"))) == (0, 1, [])


def _let_pass(workspace: Workspace, days: int) -> None:
    """Move the only event into the past."""
    micros = days * 86_400_000_000
    with workspace.store.writing() as connection:
        connection.exec_driver_sql(f"UPDATE events SET occurred_at = occurred_at - {micros}")


def _as_stored(workspace: Workspace, **more: Any) -> dict[str, Any]:
    with workspace.store.reading() as connection:
        micros = connection.exec_driver_sql("SELECT occurred_at FROM events").scalar_one()
    at = datetime.fromtimestamp(micros / 1e6, UTC)
    return event("a", occurred_at=at.isoformat(), **more)


def test_what_changed_nothing_leaves_no_trace(workspace: Workspace) -> None:
    take(workspace, event("a"))
    before = workspace.store.last_ingest(), len(list(audit_lines(workspace)))
    take(workspace, [event("a"), 17, event("a", rating=4)])
    assert (workspace.store.last_ingest(), len(list(audit_lines(workspace)))) == before
    take(workspace, event("b"))
    lines = list(audit_lines(workspace))
    assert (workspace.store.last_ingest(), len(lines)) == (before[0] + 1, before[1] + 1)
    assert {line.kind for line in lines} == {"ingest"}
    check_audit(workspace)


def test_courses_are_replaced_as_a_whole(workspace: Workspace) -> None:
    course = {"course_id": "C1", "title": "Wounds", "skills": ["care:2", {"skill": "a:1"}]}
    mixed = put(workspace, "courses", [course, {"course_id": "C2", "title": "Hygiene"}])
    assert told(mixed) == (0, 1, [(0, "skills")])
    course["skills"] = [{"skill": "care", "level": 2}, {"skill": "https://a/b:1"}]
    course["hours"] = "1,5"
    assert told(put(workspace, "courses", course, "C1")) == (1, 0, [])
    stored = workspace.store.courses().row(0, named=True)
    assert stored["skills"] == [
        {"skill": "care", "level": 2},
        {"skill": "https://a/b:1", "level": None},
    ]
    assert stored["hours"] == 1.5
    assert told(put(workspace, "courses", {"title": "Wounds"}, "C1")) == (1, 0, [])
    assert workspace.store.courses().row(0, named=True)["skills"] is None


def test_what_is_stored_and_yet_to_be_put_right_is_noted(workspace: Workspace) -> None:
    rows = [{"course_id": "C4", "titel": "x", "title": "New", "prerequisites": ["C9"]}]
    taken = put(workspace, "courses", rows)
    assert told(taken) == (1, 0, [])
    assert "did you mean 'title'?" not in taken.notes[0]
    assert "'titel'" in taken.notes[0]
    assert "'C9'" in taken.notes[1]


def test_a_personal_column_that_is_not_registered_is_refused_by_its_name(
    workspace: Workspace,
) -> None:
    rows = [
        {"employee_id": "E8", "role": "Nurse", "shoe_size": 43},
        {"employee_id": "E9", "role": "Nurse", "marital_status": "x"},
        {"employee_id": "E7", "role": "Nurse", "departmnt": "Care"},
        {"employee_id": "E6", "role": "Nurse", "manager_id": "E1"},
    ]
    taken = put(workspace, "employees", rows)
    assert told(taken) == (1, 0, [(0, "shoe_size"), (1, "marital_status"), (2, "departmnt")])
    assert "did you mean 'department'?" in taken.rejected[2].reason
    assert workspace.store.employee("E6").role == "Nurse"


def test_of_two_rows_of_an_id_the_last_counts_and_the_other_is_told(workspace: Workspace) -> None:
    rows = [{"employee_id": "E1", "role": "Clerk"}, {"employee_id": "E1", "role": "Cook"}]
    assert told(put(workspace, "employees", rows)) == (1, 0, [(0, None)])
    assert workspace.store.employee("E1").role == "Cook"


@pytest.mark.parametrize(
    ("rows", "row_id"),
    [([], "C1"), ({"course_id": "C2", "title": "x"}, "C1"), ([{}] * 10_001, None), (17, "C1")],
)
def test_what_cannot_be_read_at_all(workspace: Workspace, rows: Any, row_id: str | None) -> None:
    with pytest.raises(DataError):
        put(workspace, "courses", rows, row_id)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff", b"[" * 100_000, b"[1" + b"0" * 5_000 + b"]", b'{"progress": NaN}'],
)
def test_a_body_that_is_no_json(workspace: Workspace, body: bytes) -> None:
    (error,) = take_events(workspace, [Handed(body, Form.ROWS)])
    assert isinstance(error, DataError)


ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["E1", "C1", "completed", "2026-01-01", "\0", "\ud800", "a|b", "x:2"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)
COLUMNS = ["event_id", "employee_id", "course_id", "kind", "occurred_at", "progress", "reason"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ODD | st.dictionaries(st.sampled_from(COLUMNS) | st.text(), ODD), max_size=5))
def test_every_row_is_accounted_for_whatever_it_is(workspace: Workspace, rows: list[Any]) -> None:
    body = json.dumps(rows).encode()
    (taken,) = take_events(workspace, [Handed(body, Form.ROWS)])
    assert isinstance(taken, Taken)
    left_out = {one.index for one in taken.rejected}
    assert taken.stored + taken.unchanged + len(left_out) == len(rows)
    json.dumps(taken.to_json(), ensure_ascii=False).encode()
    for table in ("courses", "employees"):
        upserted = upsert(workspace, table, body)  # type: ignore[arg-type]
        left_out = {one.index for one in upserted.rejected}
        assert upserted.stored + upserted.unchanged + len(left_out) == len(rows)


def test_the_same_on_postgresql(postgres: Server, tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    with postgres.database() as address:
        (folder / "hrreco.toml").write_text(f'database = "{address}"\n')
        workspace = Workspace.init(folder)
        begin(workspace)
        rows = [event("a"), event("a"), event("a", rating=1), event("b", employee_id="\0")]
        assert told(take(workspace, rows)) == (1, 1, [(2, "event_id"), (3, "employee_id")])
        assert told(take(workspace, event("a"))) == (0, 1, [])
        workspace.store.close()
