"""Faithful reasons: without what they name, the score must fall."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from hrreco.evaluation import Interval, faithfulness
from hrreco.evaluation.faithfulness import FEWEST
from hrreco.models import Contributions, configured
from hrreco.models.ease import Ease
from tests.models.company import company


class Liar(Ease):
    """Scores as EASE does, and names what speaks least."""

    name = "liar"

    def _made_of(self, voices, courses):
        told = super()._made_of(voices, courses)
        return Contributions(
            told.baseline, told.learner, told.source, told.value.max() - told.value
        )


DATA = company(people=300, courses=20)


def rate_of(model, data=DATA, **more):
    exclude = data.learners.history.astype(bool)
    return faithfulness(model, data.learners, exclude, min_people=5, **more)


def test_the_parts_of_a_linear_score_are_what_it_loses():
    found = rate_of(Ease().fit(DATA))
    assert found.rate == Interval(1.0, 1.0, 1.0)
    assert found.shown
    assert found.answers >= FEWEST


def test_reasons_that_name_what_speaks_least_are_found_out():
    found = rate_of(Liar().fit(DATA))
    assert found.rate.high < 0.5
    assert found.shown is False


def test_a_seed_gives_the_same_answer():
    model = configured("transitions", {}).fit(DATA)
    assert rate_of(model, seed=3) == rate_of(model, seed=3)
    assert 0 < rate_of(model, seed=3).rate.mean <= 1


@pytest.mark.parametrize("people", [3, FEWEST - 1])
def test_too_few_answers_are_not_assessable(people):
    data = company(people=people, courses=20)
    found = rate_of(Ease().fit(data), data)
    assert found.rate is None
    assert found.shown is None
    assert found.to_json()["assessable"] is False
    assert found.answers in (None, people // 10 * 10)


def test_reasons_that_name_no_course_are_none_of_its_business():
    found = rate_of(configured("popularity", {}).fit(DATA))
    assert (found.answers, found.rate) == (0, None)


def test_a_history_of_one_course_has_no_other_to_compare_with():
    one = sparse.csr_matrix(np.eye(20, dtype=np.float32)[np.arange(300) % 20])
    learners = type(DATA.learners)(one, DATA.learners.features, DATA.learners.needs, one)
    model = Ease().fit(DATA)
    assert faithfulness(model, learners, one.astype(bool), min_people=5).answers == 0
