"""Questions with candidates of their own: every order of equal scores counts alike."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrreco.evaluation import NO_COURSE, Split, measure
from hrreco.evaluation.candidates import among_candidates, best_candidates, candidate_scores
from hrreco.evaluation.metrics import per_learner
from tests.evaluation.toys import learners_of, matrix, toy


def over_all_orders(scores: list[float], k: int) -> dict[str, float]:
    """Return the mean of `per_learner` over all orders of the candidates, the best first."""
    found: dict[str, list[float]] = {}
    for order in permutations(range(len(scores))):
        ranked = sorted(order, key=lambda place: -scores[place])
        top = np.array([ranked[:k]])
        for name, (value,) in per_learner(top, matrix([{0}], len(scores)), k).items():
            found.setdefault(name, []).append(value)
    return {name: float(np.mean(values)) for name, values in found.items()}


@given(
    scores=st.lists(st.sampled_from([0.0, 1.0, 2.0]), min_size=1, max_size=6),
    k=st.integers(1, 8),
)
def test_ties_are_broken_evenly(scores: list[float], k: int) -> None:
    found = among_candidates(np.array([scores], dtype=np.float32), [k])
    expected = over_all_orders(scores, k)
    assert found.keys() == expected.keys()
    for name, (value,) in found.items():
        assert value == pytest.approx(expected[name])


def test_a_row_with_fewer_candidates_is_as_good_as_without_the_padding() -> None:
    candidates = np.array([[2, 0, 1], [2, 0, NO_COURSE]])
    own = candidate_scores(toy([5, 9, 5]), learners_of([(), ()], 3), candidates)
    assert own.tolist() == [[5, 5, 9], [5, 5, -np.inf]]
    found = among_candidates(own, [1, 2])
    assert found["recall@1"].tolist() == [0, 0.5]
    assert found["recall@2"].tolist() == [0.5, 1]


def test_scores_are_those_of_the_learner_s_own_history() -> None:
    model = toy([0, 0, 0], weights=np.diag([1, 2, 3]))
    own = candidate_scores(model, learners_of([{2}, {1}], 3), np.array([[2, 1], [1, 0]]))
    assert own.tolist() == [[3, 0], [2, 0]]


def test_more_than_there_are_candidates_is_all_of_them() -> None:
    candidates = np.array([[0, 3, 1]])
    own = np.array([[1.0, 1.0, 2.0]], dtype=np.float32)
    assert best_candidates(own, candidates, 10).tolist() == [[1, 0, 3]]
    assert among_candidates(own, [10])["mrr@10"].tolist() == [pytest.approx((1 / 2 + 1 / 3) / 2)]


def test_what_is_not_there_stands_last_and_covers_nothing() -> None:
    nothing = matrix([(), ()], 5)
    candidates = np.array([[0, 1, NO_COURSE], [0, NO_COURSE, NO_COURSE]])
    split = Split(nothing, nothing, matrix([{0}, {0}], 5), candidates)
    measured = measure(toy([-3, -1, 0, 0, 0]), learners_of([(), ()], 5), split, (1, 3))
    assert measured.catalogue["coverage@1"] == measured.catalogue["coverage@3"] == 2 / 5
    assert measured.of("recall@1").tolist() == [0, 1]


def test_nothing_is_left_out_where_the_candidates_are_given() -> None:
    taken = matrix([{0}], 2)
    asked = {"history": taken, "targets": matrix([{0}], 2)}
    learners, best_first = learners_of([{0}], 2), toy([2, 1])
    among = Split(**asked, exclude=matrix([()], 2), candidates=np.array([[0, 1]]))
    assert measure(best_first, learners, among, (1,)).of("recall@1").tolist() == [1]
