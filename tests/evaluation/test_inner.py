"""The cut inside the train file is made as the test file was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrreco.evaluation import NO_COURSE, FileSplit, inner
from hrreco.evaluation.files import Rows
from hrreco.profiles import CourseProfiles, Vocabulary

N_LEARNERS, N_COURSES = 6, 8


FIVE_EACH = [(learner, course) for learner in range(2) for course in range(5)]


def split_of(
    seen: Sequence[tuple[int, int]],
    asked: Sequence[tuple[int, int]],
    *,
    at: Sequence[float] | None = None,
    negatives: int | None = None,
    n_learners: int = N_LEARNERS,
) -> FileSplit:
    def positions(pairs: Sequence[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
        table = np.array(pairs, dtype=np.intp).reshape(-1, 2)
        return table[:, 0], table[:, 1]

    others = None if negatives is None else np.full((len(asked), negatives), NO_COURSE)
    return FileSplit(
        vocabulary=Vocabulary(courses=tuple(f"C{i}" for i in range(N_COURSES))),
        courses=CourseProfiles.unknown(N_COURSES),
        n_learners=n_learners,
        seen=Rows(*positions(seen), None if at is None else np.array(at, dtype=np.float64)),
        asked=Rows(*positions(asked), negatives=others),
        by_time=False,
    )


def rows_of(rows: Rows) -> Counter[tuple[float, ...]]:
    at = np.zeros(len(rows.learner)) if rows.at is None else rows.at
    return Counter(zip(rows.learner.tolist(), rows.course.tolist(), at.tolist(), strict=True))


def same(one: FileSplit, other: FileSplit) -> bool:
    def arrays(split: FileSplit) -> list[bytes]:
        asked, seen = split.asked, split.seen
        given = (seen.learner, seen.course, asked.learner, asked.course, asked.negatives)
        return [array.tobytes() for array in given if array is not None]

    return arrays(one) == arrays(other)


_PAIRS = st.tuples(st.integers(0, N_LEARNERS - 1), st.integers(0, N_COURSES - 1))


def firsts(split: FileSplit, rows: Rows) -> set[tuple[int, int, float]]:
    """Return learner, course and time of all rows; where none are candidates, of the first."""
    found = sorted(rows_of(rows))
    if split.asked.negatives is None:
        found = [
            *{
                (learner, course): (learner, course, at) for learner, course, at in found[::-1]
            }.values()
        ]
    return {(int(learner), int(course), at) for learner, course, at in found}


@st.composite
def splits(draw: st.DrawFn) -> FileSplit:
    times = st.integers(0, 5) if draw(st.booleans()) else st.none()
    rows = draw(st.lists(st.tuples(_PAIRS, times), min_size=1, max_size=40, unique=True))
    seen, at = zip(*sorted(rows), strict=True)
    return split_of(
        seen,
        draw(st.lists(_PAIRS, min_size=1, max_size=12)),
        at=None if None in at else at,
        negatives=draw(st.none() | st.integers(0, N_COURSES + 3)),
    )


@given(split=splits(), seed=st.integers(0, 3))
def test_what_is_seen_and_asked_are_the_rows_of_before(split: FileSplit, seed: int) -> None:
    cut = inner(split, seed=seed)
    assert rows_of(cut.seen) + rows_of(cut.asked) == rows_of(split.seen)


@given(split=splits())
def test_everybody_keeps_a_unit_and_who_has_two_is_asked(split: FileSplit) -> None:
    cut = inner(split)
    kept, before, asked = (
        np.bincount([learner for learner, *_ in firsts(split, rows)], minlength=N_LEARNERS)
        for rows in (cut.seen, split.seen, cut.asked)
    )
    assert (kept[before > 0] >= 1).all()
    assert (asked[before > 1] >= 1).all()


@given(split=splits())
def test_what_was_taken_before_is_asked_only_where_candidates_are_given(split: FileSplit) -> None:
    cut = inner(split)
    known = {*zip(cut.seen.learner.tolist(), cut.seen.course.tolist(), strict=True)}
    again = known & {*zip(cut.asked.learner.tolist(), cut.asked.course.tolist(), strict=True)}
    assert not again or split.asked.negatives is not None


@given(split=splits())
def test_nothing_held_out_was_earlier_than_what_is_seen(split: FileSplit) -> None:
    if split.seen.at is None:
        return
    cut = inner(split)
    seen, asked = firsts(split, cut.seen), firsts(split, cut.asked)
    for learner in range(N_LEARNERS):
        latest = max((at for who, _, at in seen if who == learner), default=-1)
        assert latest <= min((at for who, _, at in asked if who == learner), default=99)


@given(split=splits(), seed=st.integers(0, 3))
def test_what_the_test_asks_for_changes_nothing(split: FileSplit, seed: int) -> None:
    asked = split.asked
    moved = Rows(asked.learner, (asked.course + 1) % N_COURSES, negatives=asked.negatives)
    other = FileSplit(
        split.vocabulary, split.courses, N_LEARNERS, split.seen, moved, split.by_time
    )
    assert same(inner(split, seed=seed), inner(other, seed=seed))


@given(split=splits(), seed=st.integers(0, 3))
def test_the_same_seed_gives_the_same_cut(split: FileSplit, seed: int) -> None:
    assert same(inner(split, seed=seed), inner(split, seed=seed))


@given(split=splits(), seed=st.integers(0, 3))
def test_negatives_are_other_courses_that_the_learner_has_not_taken(
    split: FileSplit, seed: int
) -> None:
    if split.asked.negatives is None:
        return
    cut = inner(split, seed=seed)
    assert cut.asked.negatives is not None
    wanted = split.asked.negatives.shape[1]
    for learner, drawn in zip(cut.asked.learner, cut.asked.negatives, strict=True):
        taken = set(split.seen.course[split.seen.learner == learner].tolist())
        courses = drawn[drawn != NO_COURSE].tolist()
        assert len(set(courses)) == len(courses) == min(wanted, N_COURSES - len(taken))
        assert taken.isdisjoint(courses)


def test_where_the_test_draws_from_what_is_taken_too_so_does_the_cut() -> None:
    """Else a course of the history would be right whenever it is a candidate."""
    split = split_of(FIVE_EACH, [(0, 7)], at=list(range(10)), negatives=7)
    assert split.asked.negatives is not None
    split.asked.negatives[0, 0] = 3
    cut = inner(split)
    assert cut.asked.negatives is not None
    for course, drawn in zip(cut.asked.course, cut.asked.negatives, strict=True):
        assert sorted([course, *drawn]) == list(range(N_COURSES))


def test_every_course_is_as_likely_to_be_drawn() -> None:
    people = 3_000
    seen = [(learner, course) for learner in range(people) for course in (0, 1)]
    at = [0.0, 1.0] * people
    split = split_of(seen, [(0, 5)], at=at, negatives=2, n_learners=people)
    drawn = inner(split).asked.negatives
    assert drawn is not None
    counts = np.bincount(drawn.ravel(), minlength=N_COURSES)
    assert (counts[:2] == 0).all()
    assert counts[2:] == pytest.approx(people * 2 / 6, rel=0.1)


def test_one_is_held_out_where_the_test_asks_one_of_each() -> None:
    split = split_of(FIVE_EACH, [(0, 7), (1, 7), (3, 7)], at=[4, 3, 2, 1, 0, 0, 1, 2, 3, 4])
    assert rows_of(inner(split).asked) == Counter([(0, 0, 4.0), (1, 4, 4.0)])


def test_else_half_the_share_that_the_test_has_is_held_out() -> None:
    all_of_two = [(learner, course) for learner in range(2) for course in range(N_COURSES)]
    split = split_of(all_of_two, all_of_two)
    # Half of the rows are the test's, so that a quarter, 2 of 8, is held out of each learner.
    assert np.bincount(inner(split).asked.learner).tolist() == [2, 2]


def test_without_an_order_the_seed_decides_which_rows_are_held_out() -> None:
    split = split_of(FIVE_EACH, [(0, 7)])
    cuts = {tuple(inner(split, seed=seed).asked.course.tolist()) for seed in range(20)}
    assert len(cuts) > 5


def test_equal_times_are_told_apart_by_lot() -> None:
    split = split_of(FIVE_EACH, [(0, 7)], at=[0.0] * 10)
    assert len({tuple(inner(split, seed=seed).asked.course.tolist()) for seed in range(20)}) > 5
