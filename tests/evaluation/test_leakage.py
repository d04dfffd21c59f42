"""What scores tell of who was learned from, by models whose memory is known."""

from __future__ import annotations

import json

import numpy as np
import pytest

from hrreco.evaluation import LEAKAGE_LIMIT, leakage
from hrreco.models import configured
from tests.evaluation.toys import Toy
from tests.models.company import company


class Memory(Toy):
    """Puts the courses of a history first for whoever was in the fit, and last for others."""

    def fit(self, data):
        self._vocabulary = data.vocabulary
        self.known = {row.tobytes() for row in data.learners.history.toarray()}
        return self

    def _score(self, learners):
        rows = learners.history.toarray()
        known = np.array([row.tobytes() in self.known for row in rows])
        return rows * np.where(known, 1.0, -1.0)[:, None]


class Deaf(Memory):
    """Scores everybody alike."""

    def _score(self, learners):
        return np.tile(np.arange(learners.history.shape[1], dtype=np.float32), (len(learners), 1))


DATA = company(people=400, courses=30, seed=2)


def audit(made, data=DATA, **more):
    return leakage(made().fit(data), lambda some: made().fit(some), data, **more)


def test_a_model_that_remembers_everybody_is_found_out():
    found = audit(Memory)
    assert found.auc.mean > 0.95
    assert found.auc.low > LEAKAGE_LIMIT
    assert found.warns
    assert found.people == 80


def test_a_model_that_knows_nobody_tells_nothing():
    found = audit(Deaf)
    assert found.auc == (0.5, 0.5, 0.5)
    assert not found.warns


def test_a_seed_gives_the_same_answer():
    def made():
        return configured("itemknn", {})

    assert audit(made, seed=4) == audit(made, seed=4)


@pytest.mark.parametrize("people", [4, 140])
def test_too_few_people_are_not_assessable(people):
    found = audit(Memory, company(people=people, courses=30))
    assert found.auc is None
    assert not found.warns
    assert json.loads(json.dumps(found.to_json()))["assessable"] is False
