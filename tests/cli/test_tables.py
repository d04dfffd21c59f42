"""Tables as a person sees them, on a terminal that is too narrow for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hrreco.cli._call import Outcome, _page
from hrreco.cli._evaluation import evaluation_view
from hrreco.cli._quality import counts_view
from hrreco.cli.keys._view import keys_view
from hrreco.cli.oversight._views import decisions_view
from hrreco.cli.report._view import groups_view
from hrreco.cli.skills._views import coverage_view
from hrreco.cli.texts import words_in
from hrreco.data import QualityReport
from hrreco.data.report import TableCounts
from hrreco.evaluation import EvaluationReport, Interval, ModelResult, SliceResult
from hrreco.privacy import Decision
from hrreco.reports import GroupFigures, GroupReport
from hrreco.settings import Language
from hrreco.settings.texts import LANGUAGES
from hrreco.skills import Coverage, RoleNeed, Uncovered
from hrreco.workspace.keys import ShownKeys
from tests.conftest import AS_OF

MEAN, LOW, HIGH = 0.1234, 0.1111, 0.2222


def slice_of(*, rules: bool) -> SliceResult:
    interval = Interval(MEAN, LOW, HIGH)
    versus = {} if rules else {"rules": {"ndcg@10": Interval(0.0, -0.1, 0.1)}}
    return SliceResult(1_234, {"ndcg@10": MEAN}, {"ndcg@10": interval}, versus)


REPORT = EvaluationReport(
    (10,),
    1_234,
    0,
    {
        name: ModelResult({"coverage@10": 0.5678}, {"all": slice_of(rules=name == "popularity")})
        for name in ("popularity", "lightfm")
    },
)


@pytest.mark.parametrize("columns", [20, 60, 80])
def test_an_evaluation_is_never_cut(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = _page(Outcome({}, evaluation_view(REPORT))).splitlines()
    cells = [[cell.strip() for cell in line.split("│")[1:-1]] for line in lines if "│" in line]
    assert cells == [
        ["ndcg@10", "", "", ""],
        ["popularity (the rules)", "0.1234", "0.1111 to 0.2222", ""],
        ["lightfm", "0.1234", "0.1111 to 0.2222", "no difference shown"],
        ["coverage@10", "", "", ""],
        ["popularity (the rules)", "0.5678", "", ""],
        ["lightfm", "0.5678", "", ""],
    ]
    assert max(map(len, lines)) <= 80


def test_what_was_found_is_a_line_for_each_model_only_where_it_was_searched_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    parts = [{"name": "ease", "weight": 1.0}, {"name": "popularity", "weight": 0.25}]
    ease = {"regularisation": 123.456, "dropout": 0.1, "most_courses": 8_000}
    report = replace(REPORT, settings={"ease": ease, "blend": {"parts": parts}})
    lines = _page(Outcome({}, evaluation_view(report, tuned=True))).splitlines()
    assert lines[-2:] == [
        "ease: regularisation 123.5, dropout 0.1",
        "blend: ease x 1, popularity x 0.25",
    ]
    assert "ease:" not in _page(Outcome({}, evaluation_view(report)))


@pytest.mark.parametrize("columns", [20, 80])
def test_the_counts_of_rows_are_never_cut(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    report = QualityReport({"employee_skills": TableCounts(1_000_004, 1_000_002, 0, 1, 0, 1)})
    (row,) = (line for line in _page(Outcome({}, counts_view(report))).splitlines() if "│" in line)
    assert row.replace("│", "").split() == [
        "employee_skills",
        *("1,000,004", "1,000,002", "0", "1", "0", "1"),
    ]


LONG = "Specialist in early childhood education, eastern region"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_long_names_of_groups_wrap_and_their_numbers_stay_whole(
    lang: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    groups = (GroupFigures({"department": LONG, "role": LONG}, 1_230, 450, 0.97, 12.5),)
    report = GroupReport(("department", "role"), AS_OF, AS_OF, 5, groups)
    lines = _page(Outcome({}, groups_view(report, lang))).splitlines()
    assert max(map(len, lines)) <= 80
    cells = [[cell.strip() for cell in line.split("│")[1:-1]] for line in lines if "│" in line]
    texts = words_in(lang)
    told = [texts.number(1_230), texts.number(450), texts.percent(0.97), texts.number(12.5)]
    assert cells[0][2:] == told
    assert "".join("".join(row[0] for row in cells).split()) == "".join(LONG.split())


def test_decisions_are_read_in_80_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    since = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)
    reason = "agreed with her in the yearly talk, as she has taken it elsewhere not long ago"
    taken = Decision(12, "override", "Maija Virtanen", reason, since, "C00042", "E000123")
    lines = _page(Outcome({}, decisions_view([taken]))).splitlines()
    assert max(map(len, lines)) <= 80
    assert " ".join(" ".join(lines).split()) == (
        f"12. C00042 is not suggested to E000123 Maija Virtanen, 2026-03-31 12:00+00:00: {reason}"
    )


def test_the_mark_of_a_key_is_never_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = ShownKeys("audit", "/srv/acme/audit.key", ("ab" * 32,))
    lines = _page(Outcome({}, keys_view([shown]))).splitlines()
    assert lines == ["audit, from /srv/acme/audit.key", f"  {'ab' * 32}"]


@pytest.mark.parametrize("columns", [40, 80])
def test_what_no_course_teaches_wraps_within_the_terminal(
    columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    skill = "monitor and evaluate how early childhood education is arranged by municipalities"
    roles = [f"Specialist in early childhood education {n}" for n in range(12)]
    needs = {role: RoleNeed(skill, 3, "essential") for role in roles}
    found = Coverage(5, (Uncovered(skill, 2, needs), Uncovered("sql", None, needs)), ())
    lines = _page(Outcome({}, coverage_view(found, words_in("en")))).splitlines()
    assert max(map(len, lines)) <= columns
    pieces = [line.split("│")[1:-1] for line in lines if "│" in line]
    first, second = (" ".join(piece[at].strip() for piece in pieces) for at in (0, 1))
    assert " ".join(first.split()) == f"{skill} essential, taught to level 2 sql essential"
    named = ", ".join(f"{role} (level 3)" for role in roles)
    assert " ".join(second.split()) == f"{named} {named}"
