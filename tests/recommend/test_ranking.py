"""The order of electives: by score, ties by id, and only with evidence."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hrreco.profiles.vocabulary import Vocabulary
from hrreco.recommend.ranking import Ranking, _best_first

from .build import catalogue_of, learner_of, profile_of
from .linear import Linear


def ranking_of(parts: list[float], baseline: list[float]) -> tuple[Ranking, Linear]:
    """Return a ranking of courses whose one part comes from what everyone brings."""
    ids = tuple(f"C{i:04d}" for i in range(len(parts)))
    weights = np.vstack([np.zeros((len(ids), len(ids))), np.array(parts)])
    model = Linear.of(Vocabulary(ids), weights, np.array(baseline))
    catalogue = catalogue_of({course_id: {} for course_id in ids})
    return Ranking(model, catalogue, np.ones(len(ids) + 1, dtype=bool)), model


numbers = st.sampled_from([-1.0, 0.0, 0.5, 1.0, 2.0])


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=40), st.integers(1, 8))
def test_best_and_place_agree_with_a_plain_sort(
    courses: list[tuple[float, float]], k: int
) -> None:
    parts, baseline = [part for part, _ in courses], [base for _, base in courses]
    ranking, model = ranking_of(parts, baseline)
    learner = learner_of(profile_of(), model.vocabulary)
    codes = np.zeros(len(courses), dtype=np.int8)
    order = sorted(range(len(courses)), key=lambda i: (-(parts[i] + baseline[i]), i))
    supported = [i for i in order if parts[i] > 0]

    ranked = ranking.best(learner, codes, k)
    assert [elective.position for elective in ranked.electives] == supported[:k]
    cut = order.index(supported[k - 1]) if len(supported) >= k else len(order)
    assert ranked.without_evidence == [i for i in order[:cut] if parts[i] <= 0]
    for position in order:
        place = ranking.place(learner, codes, position)
        if position in supported:
            assert place is not None
            assert place.before == supported.index(position)
            assert place.elective.position == position
        else:
            assert place is None


def test_many_courses_without_evidence_are_passed_over() -> None:
    n = 1500
    ranking, model = ranking_of([0.0] * (n - 1) + [0.5], [9.0] * (n - 1) + [0.0])
    learner = learner_of(profile_of(), model.vocabulary)
    codes = np.zeros(n, dtype=np.int8)
    ranked = ranking.best(learner, codes, 2)
    assert [elective.position for elective in ranked.electives] == [n - 1]
    assert ranked.without_evidence == list(range(n - 1))
    place = ranking.place(learner, codes, n - 1)
    assert place is not None
    assert place.before == 0


def test_codes_remove_candidates() -> None:
    ranking, model = ranking_of([3.0, 2.0, 1.0], [0.0] * 3)
    learner = learner_of(profile_of(), model.vocabulary)
    ranked = ranking.best(learner, np.array([1, 0, 0], dtype=np.int8), 5)
    assert [(e.position, e.score) for e in ranked.electives] == [(1, 2.0), (2, 1.0)]


@given(st.lists(numbers, max_size=60), st.integers(1, 20))
def test_chunks_hold_every_row_once_in_order(values: list[float], first: int) -> None:
    scores = np.array(values, dtype=np.float32)
    rows = [row for chunk in _best_first(scores, first) for row in chunk.tolist()]
    assert rows == sorted(range(len(values)), key=lambda i: (-values[i], i))


def test_places_count_over_many_courses() -> None:
    n = 1500
    ranking, model = ranking_of([float(n - i) for i in range(n)], [0.0] * n)
    learner = learner_of(profile_of(), model.vocabulary)
    place = ranking.place(learner, np.zeros(n, dtype=np.int8), n - 1)
    assert place is not None
    assert place.before == n - 1


def test_what_may_not_be_quoted_is_no_evidence() -> None:
    ranking, model = ranking_of([2.0, 1.0], [0.0] * 2)
    mute = Ranking(
        model, catalogue_of({c: {} for c in model.vocabulary.courses}), np.zeros(3, bool)
    )
    learner = learner_of(profile_of(), model.vocabulary)
    codes = np.zeros(2, dtype=np.int8)
    assert len(ranking.best(learner, codes, 2).electives) == 2
    assert mute.best(learner, codes, 2).without_evidence == [0, 1]
    assert mute.place(learner, codes, 0) is None
