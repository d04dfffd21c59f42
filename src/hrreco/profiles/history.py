"""How events become a history: evidence of interest, and what blocks a course.

The same rules stand twice, for one employee (plain Python, for an answer in microseconds) and
for all (arrays, for a fit in seconds); a property test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hrreco.data.records import EventRow
from hrreco.data.sorting import begins_run
from hrreco.profiles.profile import HistoryEntry
from hrreco.settings import EventMeaning

MOST_EVIDENCE = 2.0
_RATING_WEIGHT = 0.5
_RATING_STEPS = 1e6
"""In a rating of 1: ratings are read as whole numbers of steps, whose sums are not rounded."""
_MOST_RATING = 1e6
"""What is more counts as this, so that the sums of thousands are whole numbers, too."""
_NEVER = np.iinfo(np.int64).min


def history_of(
    events: Sequence[EventRow],
    meanings: Mapping[str, EventMeaning],
    without_interest: frozenset[str] = frozenset(),
) -> dict[str, HistoryEntry]:
    """Return what one employee has done with each course, in the order of the latest event.

    Parameters
    ----------
    events
        In the order in which they occurred.
    without_interest
        Courses that are no evidence of interest: mandatory and sensitive ones.
    """
    by_course: dict[str, list[EventRow]] = {}
    for event in events:
        rows = by_course.pop(event.course_id, [])
        rows.append(event)
        by_course[event.course_id] = rows
    likings = _liking(events, meanings, without_interest)
    history = {}
    for course_id, rows in by_course.items():
        liking = None if course_id in without_interest else likings.get(course_id, 0.0)
        if len(rows) == 1 and not liking:
            history[course_id] = _entry_of_one(rows[0], meanings[rows[0].kind], liking is not None)
        else:
            history[course_id] = _entry(course_id, rows, meanings, liking)
    return history


def _liking(
    events: Sequence[EventRow],
    meanings: Mapping[str, EventMeaning],
    without_interest: frozenset[str],
) -> dict[str, float]:
    """Return each rated course's latest rating against the person's mean, -1 to 1."""
    latest = {
        event.course_id: round(min(event.rating, _MOST_RATING) * _RATING_STEPS)
        for event in events
        if event.rating is not None
        and meanings[event.kind].by_rating
        and event.course_id not in without_interest
    }
    if not latest:
        return {}
    number, total = len(latest), sum(latest.values())
    against_mean = {course_id: number * steps - total for course_id, steps in latest.items()}
    widest = max(map(abs, against_mean.values()))
    return {c: against / widest for c, against in against_mean.items()} if widest else {}


def _entry(
    course_id: str,
    rows: Sequence[EventRow],
    meanings: Mapping[str, EventMeaning],
    liking: float | None,
) -> HistoryEntry:
    """Return what the events of one course come to; a `liking` of None means no interest."""
    evidence = 0.0
    completed = False
    shown_at = None
    latest: dict[str, datetime] = {}
    for event in rows:
        meaning = meanings[event.kind]
        completed |= meaning.relevant
        evidence = max(evidence, meaning.evidence)
        shown_at = event.occurred_at if meaning.evidence else shown_at
        latest[meaning.status] = event.occurred_at
    if liking is None:
        evidence = 0.0
    elif liking:
        evidence = min(max(evidence + _RATING_WEIGHT * liking, 0.0), MOST_EVIDENCE)
    return HistoryEntry(
        course_id,
        evidence,
        (shown_at or rows[-1].occurred_at) if evidence else None,
        completed,
        latest.get("taken"),
        latest.get("in_progress"),
        latest.get("dismissed"),
        latest.get("wrong_level"),
    )


def _entry_of_one(event: EventRow, meaning: EventMeaning, interest: bool) -> HistoryEntry:
    """Return what a single event comes to: the same, in a third of the time."""
    at, status = event.occurred_at, meaning.status
    evidence = meaning.evidence if interest else 0.0
    return HistoryEntry(
        event.course_id,
        evidence,
        at if evidence else None,
        meaning.relevant,
        at if status == "taken" else None,
        at if status == "in_progress" else None,
        at if status == "dismissed" else None,
        at if status == "wrong_level" else None,
    )


def meaning_frame(meanings: Mapping[str, EventMeaning]) -> pl.DataFrame:
    """Return the register of meanings as a frame to join events with."""
    return pl.DataFrame(
        [
            (kind, m.evidence, m.status, m.relevant, m.declares_skills, m.by_rating)
            for kind, m in meanings.items()
        ],
        schema={
            "kind": pl.String,
            "evidence": pl.Float64,
            "status": pl.String,
            "relevant": pl.Boolean,
            "declares_skills": pl.Boolean,
            "by_rating": pl.Boolean,
        },
        orient="row",
    )


class Events(NamedTuple):
    """Events of all employees as numbers, in the order of ``data.numbered_events``.

    Attributes
    ----------
    employee, course
        uint32 [events]: positions; ascending, first by employee, and of a pair by moment.
    kind
        uint32 [events]: positions in the register of meanings.
    time
        int64 [events]: microseconds since 1970 (UTC).
    rating
        float64 [events]; NaN where there is none.
    """

    employee: NDArray[np.uint32]
    course: NDArray[np.uint32]
    kind: NDArray[np.uint32]
    time: NDArray[np.int64]
    rating: NDArray[np.float64]


class Evidence(NamedTuple):
    """The evidence of interest that employees showed, one row a pair of employee and course.

    Attributes
    ----------
    employee, course
        uint32 [pairs]: positions; ascending, first by employee.
    value
        float64 [pairs]: above 0, at most 2.
    shown_at
        int64 [pairs]: as in `HistoryEntry`, in microseconds since 1970 (UTC).
    """

    employee: NDArray[np.uint32]
    course: NDArray[np.uint32]
    value: NDArray[np.float64]
    shown_at: NDArray[np.int64]


def evidence_of_all(events: Events, meanings: Mapping[str, EventMeaning]) -> Evidence:
    """Return the evidence of every employee in every course they have events with.

    Parameters
    ----------
    events
        Those of courses that are no evidence of interest left out beforehand.
    """
    first = np.flatnonzero(begins_run(events.employee, events.course))
    if not len(first):
        return Evidence(events.employee, events.course, np.empty(0), events.time)
    shown = np.array([meaning.evidence for meaning in meanings.values()])[events.kind]
    value = np.maximum.reduceat(shown, first)
    value += _RATING_WEIGHT * _liking_of_all(events, first, meanings)
    np.clip(value, 0.0, MOST_EVIDENCE, out=value)
    shown_at = np.maximum.reduceat(np.where(shown > 0, events.time, _NEVER), first)
    last = np.append(first[1:], len(shown)) - 1
    np.copyto(shown_at, events.time[last], where=shown_at == _NEVER)
    some = np.flatnonzero(value > 0)
    pairs = first[some]
    return Evidence(events.employee[pairs], events.course[pairs], value[some], shown_at[some])


def _liking_of_all(
    events: Events, first: NDArray[np.intp], meanings: Mapping[str, EventMeaning]
) -> NDArray[np.float64]:
    """Return each pair's latest rating against the mean of the employee's, -1 to 1: [pairs]."""
    by_rating = np.array([meaning.by_rating for meaning in meanings.values()])
    liking = np.zeros(len(first))
    rated = np.flatnonzero(by_rating[events.kind])
    rated = rated[~np.isnan(events.rating[rated])]
    if not len(rated):
        return liking
    pair = np.searchsorted(first, rated, side="right") - 1
    latest = np.diff(pair, append=len(first)) > 0
    at, ratings = pair[latest], events.rating[rated[latest]]
    steps = np.rint(np.minimum(ratings, _MOST_RATING) * _RATING_STEPS)
    _, employee = np.unique(events.employee[first[at]], return_inverse=True)
    number, total = np.bincount(employee), np.bincount(employee, steps)
    against_mean = number[employee] * steps - total[employee]
    widest = np.zeros(len(at))
    np.maximum.at(widest, employee, np.abs(against_mean))
    widest = widest[employee]
    liking[at] = np.divide(against_mean, widest, out=np.zeros(len(at)), where=widest > 0)
    return liking
