"""The two forms of the same rules: one employee in Python, all of them in arrays."""

import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrreco.data.records import EventRow
from hrreco.profiles.history import Events, evidence_of_all, history_of
from hrreco.settings import Settings

MEANINGS = Settings().events
START = datetime(2025, 1, 1, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
COURSES = "ABCD"


def event(course: str, kind: str, day: int, rating: float | None = None) -> EventRow:
    return EventRow(course, kind, START + timedelta(days=day), rating)


ratings = st.integers(0, 10).map(float) | st.sampled_from((0.1, 0.4, 0.7, 3.3, 1e308))

events = st.lists(
    st.builds(
        event,
        course=st.sampled_from(COURSES),
        kind=st.just("rated") | st.sampled_from(sorted(MEANINGS)),
        day=st.integers(0, 900),
        rating=st.none() | ratings,
    ),
    max_size=14,
    unique_by=lambda row: row.occurred_at,
).map(lambda rows: sorted(rows, key=lambda row: row.occurred_at))


@given(st.lists(events, min_size=1, max_size=4))
def test_one_and_all_agree_on_evidence_and_its_time(people: list[list[EventRow]]) -> None:
    numbers = [
        (
            person,
            COURSES.index(row.course_id),
            [*MEANINGS].index(row.kind),
            (row.occurred_at - EPOCH) // timedelta(microseconds=1),
            math.nan if row.rating is None else row.rating,
        )
        for person, rows in enumerate(people)
        for row in sorted(rows, key=lambda row: row.course_id)
    ]
    columns = zip(*numbers, strict=True) if numbers else [()] * 5
    whole = (np.array(list(c), dtype=t) for c, t in zip(columns, "IIIqd", strict=True))
    found = evidence_of_all(Events(*whole), MEANINGS)
    together = {
        (int(e), COURSES[c]): [value, EPOCH + timedelta(microseconds=int(at))]
        for e, c, value, at in zip(*found, strict=True)
    }
    one_by_one = {
        (person, entry.course_id): [entry.evidence, entry.shown_at]
        for person, rows in enumerate(people)
        for entry in history_of(rows, MEANINGS).values()
        if entry.evidence > 0
    }
    assert together.keys() == one_by_one.keys()
    for pair, (evidence, shown_at) in one_by_one.items():
        assert together[pair] == [evidence, shown_at]


def test_the_strongest_event_of_a_course_counts() -> None:
    rows = [event("A", "completed", 1), event("A", "started", 9)]
    entry = history_of(rows, MEANINGS)["A"]
    assert entry.evidence == 1.0
    assert entry.taken_at == rows[0].occurred_at
    assert entry.in_progress_at == rows[1].occurred_at


def test_interest_was_last_shown_by_what_is_evidence_of_it() -> None:
    rows = [event("A", "completed", 1), event("A", "rated", 5, 4.0), event("A", "dismissed", 9)]
    assert history_of(rows, MEANINGS)["A"].shown_at == rows[0].occurred_at
    assert history_of(rows[2:], MEANINGS)["A"].shown_at is None


def test_a_rating_moves_the_evidence_by_the_person_s_own_mean() -> None:
    rows = [
        event("A", "completed", 1),
        event("B", "completed", 2),
        event("A", "rated", 3, 5.0),
        event("B", "rated", 4, 1.0),
    ]
    history = history_of(rows, MEANINGS)
    assert (history["A"].evidence, history["B"].evidence) == (1.5, 0.5)


def test_one_rating_says_nothing_against_its_own_mean() -> None:
    rows = [event("A", "completed", 1), event("A", "rated", 2, 1.0)]
    assert history_of(rows, MEANINGS)["A"].evidence == 1.0


@pytest.mark.parametrize("rating", [0.1, 3.3, 4.0, 99.9])
def test_ratings_that_are_all_equal_say_nothing(rating: float) -> None:
    rows = [event(course, "completed", day) for day, course in enumerate("ABC")]
    rows += [event(course, "rated", day, rating) for day, course in enumerate("ABC", 9)]
    assert {entry.evidence for entry in history_of(rows, MEANINGS).values()} == {1.0}


def test_a_rating_at_the_mean_says_nothing() -> None:
    rows = [event("A", "rated", 1, 0.1), event("B", "rated", 2, 0.4), event("C", "rated", 3, 0.7)]
    history = history_of(rows, MEANINGS)
    assert [entry.evidence for entry in history.values()] == [0.0, 0.0, 0.5]


def test_mandatory_courses_block_but_are_no_evidence() -> None:
    history = history_of([event("A", "completed", 1)], MEANINGS, frozenset("A"))
    assert history["A"].evidence == 0.0
    assert history["A"].taken_at is not None


def test_a_history_is_in_the_order_of_the_latest_event() -> None:
    rows = [event("A", "started", 1), event("B", "completed", 2), event("A", "completed", 3)]
    assert list(history_of(rows, MEANINGS)) == ["B", "A"]


def test_a_course_that_was_tested_out_was_not_completed() -> None:
    rows = [event("A", "failed", 1), event("A", "waived", 2), event("B", "passed", 3)]
    history = history_of(rows, MEANINGS)
    assert history["A"].taken_at is not None
    assert (history["A"].completed, history["B"].completed) == (False, True)
