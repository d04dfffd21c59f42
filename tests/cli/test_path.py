"""`hrreco path`: the plan as a person sees it, as a program reads it, and as files."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from hrreco import Advisor, Workspace
from hrreco.cli._call import Outcome, _page
from hrreco.cli._path import path_view
from hrreco.paths import LearningPath, Note, Omission, StepReason
from hrreco.settings import Language
from hrreco.workspace.live import LiveData
from tests.conftest import AS_OF
from tests.paths.build import HELD, HELSINKI, LONG, MANDATORY, path
from tests.paths.build import held as held_on
from tests.workspace.commands import answer, run, told

LEFT_OUT = (
    Omission("full", "All its sessions are full.", course_id="C9", title="First aid"),
    Omission("no_room", "Opera teaches it. It takes 9 hours.", skill="singing"),
    Omission("no_room", "It takes 9 hours.", course_id="C8", title="Opera"),
)


def seen(made: LearningPath, columns: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(columns))
    return _page(Outcome({}, path_view(made))).splitlines()


def test_a_path_is_told_by_month(monkeypatch: pytest.MonkeyPatch) -> None:
    made = path(MANDATORY, LONG, HELD, left_out=LEFT_OUT)
    assert seen(made, 80, monkeypatch) == [
        "Learning path for E000042, Speaker, from Mar 31, 2026",
        "",
        "April 2026: 23.5 of 24 hours",
        "  Apr 7, 2026        3 h  Fire safety  FIRE  mandatory, due May 14, 2026",
        "                          Required for everyone by May 14, 2026",
        "  Apr 7, 2026     20.5 h  A long one  LONG  elective",
        "  to Apr 9, 2026          Suits you: it is short",
        "",
        "May 2026: 2 of 24 hours",
        "  May 5, 2026        2 h  Public speaking  TALK  elective",
        "                          Session from 09:00 to 11:30, Turku",
        "                          Suits you: it is short",
        "",
        "Skills: 2 of 5 missing before, 1 after",
        "  by May 5, 2026  essential  speaking  level 2, has 1",
        "  still missing   optional   singing   level 2, has 1",
        "",
        "Left out",
        "  First aid  C9: All its sessions are full.",
        "  singing: Opera teaches it. It takes 9 hours.",
        "",
        "Among the courses looked at, there is no better choice.",
    ]


FINNISH = [
    "Oppimispolku: E000042, Speaker, alkaen 31.3.2026",
    "Huomaa: Polku alkaa ennen työpäivää.",
    "",
    "Huhtikuu 2026: 20,5 / 24 tuntia",
    "  7.4.2026    20,5 t  A long one  LONG  valinnainen",
    "  – 9.4.2026          Suits you: it is short",
    "",
    "Toukokuu 2026: 2 / 24 tuntia",
    "  5.5.2026       2 t  Public speaking  TALK  valinnainen",
    "                      Toteutus klo 9.00–11.30, Turku",
    "                      Suits you: it is short",
    "",
    "Osaaminen: puuttuu ennen polkua 2 / 5, sen jälkeen 1",
    "  5.5.2026 mennessä  välttämätön  speaking  taso 2, nyt 1",
    "  puuttuu yhä        valinnainen  singing   taso 2, nyt 1",
    "",
    "Jäi pois",
    "  singing: No course teaches it.",
    "",
    "Tämä kurssivalinta on enintään 0,2 % parasta heikompi.",
]
SWEDISH = [
    "Utbildningsväg för E000042, Speaker, från 31 mars 2026",
    "Obs: Polku alkaa ennen työpäivää.",
    "",
    "April 2026: 20,5 av 24 timmar",
    "  7 apr. 2026       20,5 h  A long one  LONG  valfri",
    "  till 9 apr. 2026          Suits you: it is short",
    "",
    "Maj 2026: 2 av 24 timmar",
    "  5 maj 2026           2 h  Public speaking  TALK  valfri",
    "                            Tillfälle kl. 09:00–11:30, Turku",
    "                            Suits you: it is short",
    "",
    "Kunskaper: 2 av 5 saknas före, 1 efter",
    "  senast 5 maj 2026  nödvändig  speaking  nivå 2, har 1",
    "  saknas ännu        valfri     singing   nivå 2, har 1",
    "",
    "Utelämnat",
    "  singing: No course teaches it.",
    "",
    "Det här valet av kurser är högst 0,2 % sämre än det bästa.",
]


@pytest.mark.parametrize(("lang", "lines"), [("fi", FINNISH), ("sv", SWEDISH)])
def test_a_path_is_told_in_its_language(
    lang: Language, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = (Note("before_hiring", "Polku alkaa ennen työpäivää."),)
    made = path(LONG, HELD, lang=lang, notes=notes, optimality_gap=0.0011)
    assert seen(made, 80, monkeypatch) == lines


@pytest.mark.parametrize(
    ("lang", "overdue", "held"),
    [
        ("en", "overdue since May 14, 2026", "Session from 09:00 to May 6, 2026 16:00"),
        ("fi", "määräaika oli 14.5.2026", "Toteutus klo 9.00 – 6.5.2026 klo 16.00"),
        ("sv", "försenad sedan 14 maj 2026", "Tillfälle från kl. 09:00 till 6 maj 2026 kl. 16:00"),
    ],
)
def test_what_is_overdue_and_a_session_of_days_are_told(
    lang: Language, overdue: str, held: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [datetime(2026, 5, day, hour, tzinfo=HELSINKI) for day, hour in ((5, 9), (6, 16))]
    late = replace(MANDATORY, reasons=(StepReason("overdue", "It was due."),))
    session = held_on(days[0], days[1], None)
    made = path(late, replace(HELD, ends_on=date(2026, 5, 6), session=session), lang=lang)
    page = "\n".join(seen(made, 120, monkeypatch))
    assert overdue in page
    assert held in page


@pytest.mark.parametrize("columns", [40, 80])
def test_a_long_title_wraps_within_its_column(
    columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "Communication in teams that are spread over many places " * 3
    lines = seen(path(replace(LONG, title=title)), columns, monkeypatch)
    assert max(map(len, lines)) <= columns
    first = next(at for at, line in enumerate(lines) if line.startswith("  Apr 7, 2026"))
    told = " ".join(line[26:] for line in lines[first : lines.index("", first)])
    assert " ".join(told.split()).startswith(" ".join(title.split()))


def test_where_there_is_nothing_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    gap = replace(path().gap, skills=(), needed=0)
    lines = seen(path(gap=gap, left_out=(), optimality_gap=0.0011), 80, monkeypatch)
    assert lines[1:] == [
        "No courses are planned.",
        "",
        "No skills are known of the role Speaker.",
        "",
        "This choice of courses is within 0.2% of the best.",
    ]


def test_json_and_files_are_those_of_the_library(
    trained: Workspace, learner_id: str, tmp_path: Path
) -> None:
    asked = ("--target-role", "Nurse", "--hours-per-month", 10, "--start", "2026-04-15")
    asked = (*asked, "--months", 2, "--lang", "sv", "--as-of", AS_OF)
    files = ("--ics", tmp_path / "p.ics", "--chart", tmp_path / "p.html")
    printed = told("path", learner_id, *asked, *files, workspace=trained.path)
    advisor = Advisor(trained.model(), LiveData(trained))
    made = advisor.path(
        learner_id,
        target_role="Nurse",
        hours_per_month=10.0,
        start="2026-04-15",
        months=2,
        lang="sv",
        as_of=AS_OF,
    )
    assert printed["steps"]
    assert {**printed, "decision_id": None} == json.loads(json.dumps(made.to_json()))
    assert (tmp_path / "p.ics").read_bytes() == made.to_ics()
    assert len(Calendar.from_ical(made.to_ics()).events) == len(made.steps)
    assert '<html lang="sv">' in (tmp_path / "p.html").read_text(encoding="utf-8")
    written = sorted(tmp_path.glob("*p.*"))
    assert [file.name for file in written] == ["p.html", "p.ics"]
    assert {file.stat().st_mode & 0o777 for file in written} == {0o600}


def test_who_opted_out_gets_a_path_of_the_same_form(trained: Workspace, learner_id: str) -> None:
    asked = ("path", learner_id, "--months", 3, "--as-of", AS_OF)
    before = answer(*asked, workspace=trained.path)
    trained.opt_outs.opt_out(learner_id, ["profiling"])
    after = answer(*asked, workspace=trained.path)
    assert after != before
    assert after["steps"]
    assert set(after) == set(before)
    assert set(after["steps"][0]) == set(before["steps"][0])


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--target-role", "Nurze"), "did you mean 'Nurse'"),
        (("--hours-per-month", "0"), "0.0 hours a month; ask with more than 0"),
        (("--start", "soon"), "'soon' is not a date"),
        (("--start", "9999-01-01"), "plan from a day in the year 9000 or before"),
        (("--months", "0"), "months is 0; plan for 1 to 60"),
        (("--ics", "nowhere/p.ics"), "nowhere/p.ics: cannot be written"),
        (("--ics", "p.png"), "name it p.ics"),
        (("--chart", "p.svg"), "name it p.html or p.png"),
    ],
)
def test_wrong_use_is_one_clear_line_and_no_file(
    args: tuple[str, ...],
    said: str,
    trained: Workspace,
    learner_id: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    right = () if "--ics" in args else ("--ics", "p.ics")
    done = run("path", learner_id, *args, *right, workspace=trained.path)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not done.stdout
    assert list(here.iterdir()) == []
