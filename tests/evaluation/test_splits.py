from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given as given_by
from hypothesis import settings
from hypothesis import strategies as st

from hrreco.errors import DataError
from hrreco.evaluation import (
    FOR_EVER,
    NOT_AT_ALL,
    Interactions,
    cuts,
    given,
    leave_last_out,
    temporal,
)

from .toys import sets

SHAPE = (4, 5)
EVENT = st.tuples(
    st.integers(0, 3),
    st.integers(0, 4),
    st.sampled_from([0.0, 0.5, 1.0]),
    st.booleans(),
    st.one_of(st.sampled_from([NOT_AT_ALL, FOR_EVER]), st.integers(-5, 8)),
    st.integers(-5, 5),
)
EVENTS = st.lists(EVENT, max_size=25)
UNTIL, TIME = 4, 5


def interactions(events, *, timed=True):
    columns = list(zip(*events, strict=True)) if events else [()] * 6
    learner, course, evidence, relevant, until, time = columns
    return Interactions(
        SHAPE,
        np.array(learner, dtype=np.intp),
        np.array(course, dtype=np.intp),
        np.array(evidence, dtype=np.float32),
        np.array(relevant, dtype=bool),
        np.array(until, dtype=np.int64),
        np.array(time, dtype=np.int64) if timed else None,
    )


def pairs(events, keep=lambda event: True):
    found = [set() for _ in range(SHAPE[0])]
    for event in events:
        if keep(event):
            found[event[0]].add(event[1])
    return found


@settings(max_examples=150)
@given_by(EVENTS, st.integers(-6, 6), st.integers(0, 6))
def test_a_temporal_split_is_what_its_words_say(events, cut, width):
    split = temporal(interactions(events), cut, cut + width)
    before = [e for e in events if e[TIME] < cut]
    window = [e for e in events if cut <= e[TIME] < cut + width]
    blocked = pairs(before, lambda e: e[UNTIL] > cut)
    assert sets(split.history) == pairs(before, lambda e: e[2] > 0)
    assert sets(split.exclude) == blocked
    asked = pairs(window, lambda e: e[3])
    assert sets(split.targets) == [a - b for a, b in zip(asked, blocked, strict=True)]


@given_by(EVENTS, EVENTS, st.integers(-6, 6))
def test_nothing_that_happens_from_the_cut_on_can_be_seen(events, later, cut):
    later = [(*e[:TIME], cut + abs(e[TIME])) for e in later]
    before = [e for e in events if e[TIME] < cut]
    alone, with_later = (temporal(interactions(rows), cut) for rows in (before, before + later))
    assert (alone.history != with_later.history).nnz == 0
    assert sets(alone.exclude) == sets(with_later.exclude)
    assert alone.targets.nnz == 0


@given_by(EVENTS, st.integers(-6, 6))
def test_windows_that_meet_ask_for_a_course_once_if_it_is_taken_for_ever(events, cut):
    data = interactions([(*e[:UNTIL], FOR_EVER, e[TIME]) for e in events])
    first, second = temporal(data, -6, cut), temporal(data, cut)
    assert first.targets.multiply(second.targets).nnz == 0


@given_by(EVENTS)
def test_history_holds_the_strongest_evidence_in_order(events):
    history = interactions(events).history()
    expected = np.zeros(SHAPE, dtype=np.float32)
    for learner, course, evidence, *_ in events:
        expected[learner, course] = max(expected[learner, course], evidence)
    assert history.dtype == np.float32
    assert history.has_canonical_format
    assert (history.data > 0).all()
    assert (history.toarray() == expected).all()


def test_an_enrolment_before_the_cut_keeps_its_completion_from_being_a_target():
    data = interactions([(0, 1, 0.5, False, FOR_EVER, 1), (0, 1, 1.0, True, FOR_EVER, 5)])
    assert temporal(data, 3).targets.nnz == 0
    assert sets(temporal(data, 1).targets)[0] == {1}


def test_what_blocks_for_a_while_may_be_suggested_and_asked_for_again():
    data = interactions([(0, 1, 1.0, True, 4, 1), (0, 1, 1.0, True, FOR_EVER, 6)])
    assert sets(temporal(data, 3).exclude)[0] == {1}
    assert temporal(data, 3).targets.nnz == 0
    assert temporal(data, 4).exclude.nnz == 0
    assert sets(temporal(data, 4).targets)[0] == {1}


def test_what_blocks_until_the_held_out_course_is_taken_is_free_by_then():
    data = interactions(
        [(0, 1, 0.5, False, 4, 1), (0, 2, 0.5, False, 9, 2), (0, 3, 1.0, True, FOR_EVER, 5)]
    )
    split = leave_last_out(data).split
    assert sets(split.targets)[0] == {3}
    assert sets(split.exclude)[0] == {2}


def test_cuts_leave_the_shares_that_were_asked_for():
    events = [(0, i % 5, 1.0, True, FOR_EVER, 10 * i) for i in range(100)]
    events += [(1, 0, 1.0, False, FOR_EVER, 5_000)] * 50
    first, second = cuts(interactions(events), (0.8, 0.9))
    assert (first, second) == (800, 900)


def test_cuts_keep_microseconds_to_the_last_digit():
    base = 1_700_000_000_000_001
    data = replace(
        interactions([(0, 0, 1.0, True, FOR_EVER, 0)] * 3), time=np.arange(base, base + 3)
    )
    assert cuts(data, (0.5,)) == (base + 1,)


def test_a_split_by_time_needs_times():
    with pytest.raises(DataError, match="no time"):
        temporal(interactions([], timed=False), 0)
    with pytest.raises(DataError, match="no event is relevant"):
        cuts(interactions([(0, 0, 1.0, False, FOR_EVER, 0)]), (0.5,))


@settings(max_examples=150)
@given_by(EVENTS, st.integers(0, 3))
def test_the_last_course_is_held_out_with_all_that_follows(events, seed):
    split = leave_last_out(interactions(events), seed=seed).split
    for learner, held in enumerate(sets(split.targets)):
        own = [e for e in events if e[0] == learner]
        first = {c: min(e[TIME] for e in own if e[1] == c) for _, c, *_ in own}
        relevant = {e[1] for e in own if e[3]}
        assert len(held) == (len(first) > 1 and bool(relevant))
        for course in held:
            assert course in relevant
            assert first[course] == max(first[c] for c in relevant)
            seen = [e for e in own if e[1] != course and e[TIME] < first[course]]
            ties = [e for e in own if e[1] != course and e[TIME] == first[course]]
            history = sets(split.history)[learner]
            assert course not in history | sets(split.exclude)[learner]
            assert history >= {e[1] for e in seen if e[2] > 0}
            assert history <= {e[1] for e in seen + ties if e[2] > 0}
        if not held:
            assert sets(split.history)[learner] == {e[1] for e in own if e[2] > 0}


@given_by(EVENTS, st.integers(0, 3))
def test_without_an_order_one_course_is_hidden_and_the_rest_stays(events, seed):
    split = leave_last_out(interactions(events, timed=False), seed=seed).split
    for learner, held in enumerate(sets(split.targets)):
        own = [e for e in events if e[0] == learner]
        relevant = {e[1] for e in own if e[3]}
        assert held <= relevant
        assert len(held) == (len({e[1] for e in own}) > 1 and bool(relevant))
        assert sets(split.history)[learner] == {e[1] for e in own if e[2] > 0} - held


def test_what_happens_later_with_an_earlier_course_is_hidden_too():
    data = interactions(
        [
            (0, 1, 0.0, False, FOR_EVER, 1),
            (0, 2, 1.0, True, FOR_EVER, 5),
            (0, 1, 1.0, False, FOR_EVER, 5 + 4),
        ]
    )
    split = leave_last_out(data).split
    assert sets(split.targets)[0] == {2}
    assert split.history.nnz == 0
    assert sets(split.exclude)[0] == {1}


def test_ties_are_broken_by_the_seed():
    events = [
        (learner, course, 1.0, True, FOR_EVER, 0) for learner in range(4) for course in range(5)
    ]
    one, again, other = (
        sets(leave_last_out(interactions(events), seed=seed).split.targets) for seed in (1, 1, 2)
    )
    assert one == again != other


def test_a_given_split_counts_every_row_of_the_test_once():
    train = Interactions.taken(SHAPE, np.array([0, 1]), np.array([0, 1]))
    test = Interactions.taken(SHAPE, np.array([0, 0, 0, 3]), np.array([0, 2, 2, 4]))
    split = given(train, test)
    assert sets(split.history) == sets(split.exclude) == [{0}, {1}, set(), set()]
    assert sets(split.targets) == [{0, 2}, set(), set(), {4}]
