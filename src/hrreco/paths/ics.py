"""A learning path as an iCalendar file (RFC 5545), for the employee's own calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from unicodedata import category
from uuid import NAMESPACE_OID, uuid5

from icalendar import Calendar, Event, vUri

from hrreco.paths.path import Step
from hrreco.paths.sessions import Session
from hrreco.recommend import texts_in
from hrreco.settings import Language, Texts


def calendar_of(employee_id: str, steps: Sequence[Step], lang: Language, as_of: date) -> bytes:
    """Return one event for each step: the same path gives the same bytes.

    A step with a session is an event at its time. Any other is an event of whole days that leaves
    the employee free. All are private, and neither the name of the calendar nor the ids of its
    events say who or what role it is for.

    Parameters
    ----------
    as_of
        The day that the path was made for, which stands in for the time of writing.
    """
    texts = texts_in(lang)
    calendar = Calendar()
    calendar.add("prodid", "-//hrreco//Learning path//EN")
    calendar.add("version", "2.0")
    calendar.calendar_name = texts.say("path.calendar")
    for step, uid in zip(steps, _uids(employee_id, steps), strict=True):
        event = _event(step, texts)
        event.add("uid", uid)
        event.add("dtstamp", datetime.combine(as_of, time(), UTC))
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _uids(employee_id: str, steps: Sequence[Step]) -> Iterator[str]:
    """Yield the id of each step, by which a calendar knows it again in a newer path.

    Days may change from path to path. A certificate that is renewed is a new event each time,
    told from the one before by the year in which it is due.
    """
    seen = Counter[tuple[str, str]]()
    for step in steps:
        which = (step.course_id, str(step.due_on.year) if step.due_on else "")
        seen[which] += 1
        parts = ("hrreco", employee_id, *which, str(seen[which]))
        yield f"{uuid5(NAMESPACE_OID, chr(10).join(parts))}@hrreco"


def _event(step: Step, texts: Texts) -> Event:
    event = Event()
    event.add("summary", _clean(step.title))
    lines = [reason.text for reason in step.reasons]
    lines.append(texts.say("path.hours", hours=texts.number(step.hours)))
    event.add("description", _clean("\n".join(lines)))
    event.add("class", "PRIVATE")
    if step.url:
        event.add("url", vUri(_clean(step.url)))
    if step.session is None:
        event.add("dtstart", step.starts_on)
        event.add("dtend", step.ends_on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        _hold(event, step.session)
    return event


def _hold(event: Event, session: Session) -> None:
    """Put an event at the time of a session: in UTC, which every calendar knows."""
    event.add("dtstart", session.starts_at.astimezone(UTC))
    if session.ends_at > session.starts_at:  # an end must be later, where there is one
        event.add("dtend", session.ends_at.astimezone(UTC))
    if session.location:
        event.add("location", _clean(session.location))


def _clean(text: str) -> str:
    """Return a text without the control characters that the format does not allow."""
    return "".join(c for c in text if c in "\n\t" or category(c) != "Cc")
