"""The calendar file, as a calendar reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar, Event

from hrreco.paths import LearningPath, StepReason
from hrreco.settings import LANGUAGES
from tests.paths.build import HELD, HELSINKI, LONG, MANDATORY, held, path, step


def events(made: LearningPath) -> list[Event]:
    calendar = Calendar.from_ical(made.to_ics())
    assert calendar.errors == []
    return list(calendar.events)


def uids(*made: LearningPath) -> list[str]:
    return [str(event["uid"]) for one in made for event in events(one)]


def test_a_session_is_held_at_its_time_and_place() -> None:
    (event,) = events(path(HELD))
    assert event.start == datetime(2026, 5, 5, 6, 0, tzinfo=UTC)
    assert event.end == datetime(2026, 5, 5, 8, 30, tzinfo=UTC)
    assert event["location"] == "Turku"
    assert "transp" not in event


def test_any_other_step_is_whole_days_that_leave_the_calendar_free() -> None:
    (event,) = events(path(LONG))
    assert (event.start, event.end) == (date(2026, 4, 7), date(2026, 4, 10))  # not within
    assert event["transp"] == "TRANSPARENT"
    assert "location" not in event


def test_a_session_without_length_has_no_end() -> None:
    at = datetime(2026, 5, 5, 9, 0, tzinfo=HELSINKI)
    (event,) = events(path(replace(HELD, session=held(at, at, None))))
    assert "dtend" not in event
    assert "location" not in event


def test_an_event_tells_why_how_long_and_where_to_read_more() -> None:
    reasons = (StepReason("required", "Required, as ever;"), StepReason("late", "It comes late"))
    url = "https://learning.example/courses/C1?a=1,2;b"
    (event,) = events(path(step(hours=2.5, reasons=reasons, url=url)))
    assert event["description"] == "Required, as ever;\nIt comes late\nHours: 2.5"
    assert event["url"] == url


@pytest.mark.parametrize(
    "title",
    [
        "Pulse, pressure; and \\ backslashes",
        "Two\nlines",
        "Äänenkäyttö för åhörare ✓ 😀",
        "å" * 200,
        '"Quoted": BEGIN:VEVENT\nEND:VCALENDAR',
    ],
)
def test_any_title_survives(title: str) -> None:
    made = path(step(title=title), MANDATORY)
    assert [str(event["summary"]) for event in events(made)] == [title, "Fire safety"]
    assert all(len(line) <= 75 for line in made.to_ics().split(b"\r\n"))
    assert b"\n" not in made.to_ics().replace(b"\r\n", b"")


def test_what_no_calendar_may_hold_is_left_out_of_titles() -> None:
    (event,) = events(path(step(title="Bell\x07\x00 and\r\nbreak\x85")))
    assert event["summary"] == "Bell and\nbreak"


def test_the_same_path_is_the_same_bytes_without_a_clock() -> None:
    made = path(MANDATORY, HELD, LONG)
    assert made.to_ics() == path(MANDATORY, HELD, LONG).to_ics()
    assert [event["dtstamp"].dt for event in events(made)] == [
        datetime(2026, 3, 31, tzinfo=UTC)
    ] * 3


def test_a_newer_path_updates_the_events_of_the_one_before() -> None:
    later = date(2026, 6, 1)
    moved = [replace(one, starts_on=later, ends_on=later) for one in (LONG, MANDATORY)]
    before, after = path(MANDATORY, LONG), path(*moved, as_of=date(2026, 4, 2), lang="fi")
    assert uids(after) == uids(before)[::-1]
    stamps = [event["dtstamp"].dt for event in events(before) + events(after)]
    assert stamps[0] < stamps[-1]


def test_each_renewal_is_an_event_of_its_own() -> None:
    again = replace(MANDATORY, due_on=date(2027, 5, 14), starts_on=date(2027, 4, 1))
    soon = replace(MANDATORY, due_on=date(2026, 11, 14), starts_on=date(2026, 10, 1))
    assert len(set(uids(path(MANDATORY, soon, again)))) == 3
    # Taken a little later than planned, the next one falls due a little later.
    drifted = replace(again, due_on=date(2027, 5, 20))
    assert uids(path(drifted)) == uids(path(again))


def test_two_people_have_no_event_in_common() -> None:
    assert not {*uids(path(LONG))} & {*uids(path(LONG, employee_id="E000043"))}


def test_nothing_is_told_to_whoever_else_sees_the_calendar() -> None:
    made = path(MANDATORY, HELD, LONG)
    assert [event["class"] for event in events(made)] == ["PRIVATE"] * 3
    content = made.to_ics().decode()
    assert made.employee_id not in content
    assert made.target_role not in content
    assert "singing" not in content  # what is left out is no event
    fields = {name for event in events(made) for name in event}
    assert fields == {
        *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION"),
        *("CLASS", "TRANSP"),
    }


def test_the_calendar_is_named_in_the_path_s_language() -> None:
    names = {Calendar.from_ical(path(lang=lang).to_ics())["x-wr-calname"] for lang in LANGUAGES}
    assert names == {"Learning path", "Oppimispolku", "Utbildningsväg"}


def test_a_path_of_no_steps_is_an_empty_calendar() -> None:
    assert events(path()) == []
