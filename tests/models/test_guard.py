import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from threadpoolctl import threadpool_info

from hrreco.errors import DegenerateFitError, FitTimeoutError, MissingExtraError, ModelError
from hrreco.models import ModelConfig, Recommender, configured
from hrreco.models._guard import capped
from hrreco.models.ease import Ease
from hrreco.profiles import Learners

from .company import company, csr


class Spy(Recommender):
    """Keeps what it was fitted on, and scores as it was told."""

    name = "spy"
    Config = ModelConfig
    learned = 1.0
    scores = staticmethod(lambda n, m: np.tile(np.arange(m, dtype=np.float32), (n, 1)))

    def _fit(self, data):
        self.data = data
        self.blas = {
            pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"
        }

    def _score(self, learners):
        return self.scores(*learners.history.shape)

    def _contributions(self, learners, courses):
        raise NotImplementedError

    def _arrays(self):
        return {"learned": np.array([self.learned])}

    def _restore(self, arrays):
        raise NotImplementedError


def test_blas_is_held_to_one_thread():
    assert Spy().fit(company()).blas == {1}


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_learned_arrays_must_be_finite(value):
    spy = Spy()
    spy.learned = value
    with pytest.raises(DegenerateFitError, match="learned that are not finite"):
        spy.fit(company())


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e7])
def test_scores_must_be_finite_and_of_a_sane_size(value):
    spy = Spy()
    spy.scores = lambda n, m: np.full((n, m), value) * np.eye(n, m)
    with pytest.raises(DegenerateFitError, match="huge"), np.errstate(invalid="ignore"):
        spy.fit(company())


def test_scores_must_have_spread():
    spy = Spy()
    spy.scores = lambda n, m: np.ones((n, m))
    with pytest.raises(DegenerateFitError, match="same score"):
        spy.fit(company())


def test_what_lightfm_says_of_its_own_divergence_is_a_typed_error(monkeypatch):
    def diverge(*_, **__):
        raise ValueError("Not all estimated parameters are finite")

    monkeypatch.setattr("lightfm.LightFM.fit_partial", diverge)
    with pytest.raises(DegenerateFitError, match="lightfm: Not all estimated"):
        configured("lightfm", {}).fit(company())


def test_data_are_capped_and_empty_rows_dropped_before_a_fit():
    data = company(courses_per_learner=2)
    data.learners.history.data[: data.learners.history.indptr[3]] = 0
    seen = Spy().fit(data).data.learners
    assert len(seen) == (np.diff(data.learners.history.indptr[3:]) > 0).sum()
    assert set(np.diff(seen.history.indptr)) <= {1, 2}
    assert seen.features.shape[0] == seen.needs.shape[0] == len(seen)


def test_the_cap_keeps_the_strongest_evidence():
    history = csr([[0.5, 1.0, 0.7, 1.0], [0.2, 0.0, 0.0, 0.0]])
    learners = Learners.of_history(history)
    two, one = capped(learners, 2), capped(learners, 1)
    assert two.history.toarray().tolist() == [[0, 1, 0, 1], [np.float32(0.2), 0, 0, 0]]
    assert one.history.toarray()[0].tolist() == [0, 1, 0, 0]
    assert capped(learners, 4) is learners


def test_of_equal_evidence_the_cap_keeps_the_latest():
    history, age = csr([[1.0, 1.0, 1.0]]), csr([[30.0, 2.0, 7.0]])
    kept = capped(Learners.of_history(history, age), 2)
    assert kept.history.toarray().tolist() == [[0, 1, 1]]
    assert kept.age.toarray().tolist() == [[0, 2, 7]]


@given(st.integers(0, 2**32 - 1), st.integers(0, 6))
def test_the_cap_only_takes_away(seed, most):
    random = np.random.default_rng(seed)
    history = csr(random.choice([0, 0.5, 1.0], (5, 6)))
    kept = capped(Learners.of_history(history), most).history
    assert kept.has_canonical_format
    dense, left = history.toarray(), kept.toarray()
    assert np.array_equal(left[left > 0], dense[left > 0])
    for before, after in zip(dense, left, strict=True):
        assert (after > 0).sum() == min((before > 0).sum(), most)
        gone = before[(before > 0) & (after == 0)]
        assert not gone.size or not (after > 0).any() or gone.max() <= after[after > 0].min()


@pytest.mark.parametrize("value", [np.nan, np.inf, -1.0, 2.1])
def test_values_out_of_bounds_are_named(value):
    data = company()
    data.learners.history.data[4] = value
    with pytest.raises(ModelError, match="history holds values outside 0 to 2"):
        configured("ease", {}).fit(data)


def test_where_no_lightfm_can_be_installed_the_error_says_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "lightfm", None)
    with pytest.raises(MissingExtraError, match="rectools-lightfm, which is for Python"):
        configured("lightfm", {}).fit(company())


@pytest.mark.parametrize("around", ["blend", "fallback"])
def test_a_model_within_another_has_what_is_left_of_the_other_s_time(monkeypatch, around):
    given_time = []

    def fit(self, data):
        given_time.append(data.stop_at)
        data.tick()

    monkeypatch.setattr(Ease, "_fit", fit)
    with pytest.raises(FitTimeoutError):
        configured(around, {}).fit(replace(company(), stop_at=0.0))
    assert given_time == [0.0]
