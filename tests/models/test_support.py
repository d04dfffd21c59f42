"""Pairs of courses that too few people took: dropped, by default in large companies alone."""

from dataclasses import replace

import numpy as np
import pytest

from hrreco.errors import ModelError
from hrreco.models import _support, configured, read_bundle, write_bundle

from .company import company, csr, learners_from, origin

PAIRED = ["transitions", "itemknn", "rp3beta"]


@pytest.mark.parametrize("name", PAIRED)
@pytest.mark.parametrize(("least", "led_to"), [(None, [1, 2]), (2, [1, 2]), (3, [1]), (4, [])])
def test_a_pair_counts_that_enough_people_took(name, least, led_to):
    pairs = 3 * [[0, 1]] + 2 * [[0, 2]] + 4 * [[3, 4]]
    history = np.zeros((9, 6))
    history[np.arange(9)[:, None], pairs] = 1
    data = replace(company(courses=6), learners=learners_from(csr(history)))
    model = configured(name, {"min_support": least}).fit(data)
    scores = model.score(learners_from(csr(np.eye(6)[:1])))[0]
    assert np.flatnonzero(scores > 0).tolist() == led_to


@pytest.mark.parametrize("name", PAIRED)
def test_pairs_need_support_where_many_people_are_learned_from(name, monkeypatch):
    data = company(people=60, courses=30, seed=4)
    five = configured(name, {"min_support": 5}).fit(data)
    every = configured(name, {"min_support": 1}).fit(data)
    assert not np.array_equal(five.score(data.learners), every.score(data.learners))
    few = configured(name, {}).fit(data)
    assert np.array_equal(few.score(data.learners), every.score(data.learners))
    monkeypatch.setattr(_support, "MANY", 60)
    many = configured(name, {}).fit(data)
    assert np.array_equal(many.score(data.learners), five.score(data.learners))


@pytest.mark.parametrize("name", PAIRED)
def test_a_model_of_too_few_people_after_forgetting_is_fitted_again(name, monkeypatch):
    monkeypatch.setattr(_support, "MANY", 55)
    data = company(people=60, courses=24, seed=4)
    for gone, exact in ((5, True), (6, False)):
        left = replace(data, learners=data.learners.take(np.arange(gone, 60)))
        model = configured(name, {}).fit(data)
        (forgot,) = model.forget(data.learners.take(np.arange(gone)), left)
        assert forgot.exact is exact
        expected = configured(name, {}).fit(left)
        ours, theirs = model.arrays(), expected.arrays()
        assert ours.keys() == theirs.keys()
        assert all(np.array_equal(ours[key], theirs[key]) for key in ours)
        assert np.array_equal(model.score(left.learners), expected.score(left.learners))


@pytest.mark.parametrize("name", PAIRED)
def test_support_is_kept_in_a_bundle_so_that_it_forgets_exactly(name, tmp_path):
    data = company(people=50)
    gone = np.arange(50) < 9
    left = replace(data, learners=data.learners.take(~gone))
    fitted = configured(name, {"min_support": 7}).fit(data)
    write_bundle(tmp_path / "b", fitted, origin())
    model = read_bundle(tmp_path / "b").model
    assert np.array_equal(model.score(data.learners), fitted.score(data.learners))
    assert model.forget(data.learners.take(gone), left)[0].exact
    expected = configured(name, {"min_support": 7}).fit(left)
    assert np.array_equal(model.score(left.learners), expected.score(left.learners))


@pytest.mark.parametrize("name", PAIRED)
def test_a_bundle_holds_no_pair_that_too_few_people_took(name):
    data = company(people=50)
    model = configured(name, {"min_support": 7}).fit(data)
    gone = np.arange(50) < 9
    left = replace(data, learners=data.learners.take(~gone))
    for learners in (data.learners, left.learners):
        taken = learners.history.sign().toarray()
        people = np.where(np.eye(taken.shape[1]), 0, taken.T @ taken)
        arrays = model.arrays()
        for pairs in ("pairs", "support.pairs"):
            row = np.repeat(np.arange(len(people)), np.diff(arrays[f"{pairs}_indptr"]))
            assert len(row)
            assert (people[row, arrays[f"{pairs}_indices"]] >= 7).all()
        if learners is data.learners:
            model.forget(data.learners.take(gone), left)


@pytest.mark.parametrize("name", PAIRED)
def test_more_people_cannot_be_forgotten_than_a_pair_without_support_may_have(name):
    history = np.zeros((9, 6))
    history[np.arange(9)[:, None], 4 * [[0, 1]] + 2 * [[2, 3]] + 3 * [[2, 4]]] = 1
    data = replace(company(courses=6), learners=learners_from(csr(history)))
    model = configured(name, {"min_support": 3}).fit(data)
    strangers = learners_from(csr(np.tile([1.0, 0, 1, 0, 0, 0], (3, 1))))
    with pytest.raises(ModelError, match="not fitted on these rows"):
        model.forget(strangers, data)


def test_ease_learns_nothing_from_a_pair_that_too_few_people_took():
    history = np.zeros((9, 6))
    history[np.arange(9)[:, None], 5 * [[0, 1]] + 4 * [[0, 2]]] = 1
    data = replace(company(courses=6), learners=learners_from(csr(history)))
    settings = {"regularisation": 1.0, "min_support": 5}
    scores = configured("ease", settings).fit(data).score(learners_from(csr(np.eye(6)[:1])))[0]
    every = configured("ease", {"regularisation": 1.0}).fit(data)
    assert scores[1] > 0.1
    assert scores[2] <= 0 < every.score(learners_from(csr(np.eye(6)[:1])))[0, 2]
