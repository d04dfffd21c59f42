"""What every model must do. A new model is here by being in its folder."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import sparse

from hrreco.errors import FitTimeoutError, ModelError, NotFittedError, SettingsError
from hrreco.models import FitLimits, TrainingData, configured, names, read_bundle, write_bundle
from hrreco.profiles.courses import CourseProfiles
from hrreco.profiles.learners import Learners
from hrreco.profiles.vocabulary import Vocabulary

from .company import company, csr, learners_from, origin, profiles_of, sums
from .conftest import _fitted

TOLERANCE = 1e-5
COURSES = 14


def assert_adds_up(model, learners, courses):
    scores = np.take_along_axis(model.score(learners), courses, axis=1)
    explained = sums(model.contributions(learners, courses))
    assert np.all(np.abs(explained - scores) <= TOLERANCE * np.maximum(1, np.abs(scores)))


def assert_sound(model, learners):
    scores = model.score(learners)
    assert scores.dtype == np.float32
    assert scores.shape == (len(learners), len(model.vocabulary.courses))
    assert np.isfinite(scores).all()
    everything = np.tile(np.arange(scores.shape[1]), (len(learners), 1))
    assert_adds_up(model, learners, everything)


def test_unfitted_use_is_refused(name):
    model, data = configured(name, {}), company()
    courses = np.zeros((len(data.learners), 1), dtype=np.intp)
    for use in (
        lambda: model.vocabulary,
        lambda: model.score(data.learners),
        lambda: model.contributions(data.learners, courses),
        model.arrays,
    ):
        with pytest.raises(NotFittedError, match=f"{name} is not fitted"):
            use()


def test_a_failed_fit_leaves_nothing_to_use(name):
    model = configured(name, {}).fit(company())
    torn = replace(company(), courses=profiles_of(3))
    with pytest.raises(ModelError):
        model.fit(torn)
    with pytest.raises(NotFittedError):
        model.score(company().learners)


def test_scores_are_finite_float32_with_spread(fitted):
    learners = company().learners
    assert_sound(fitted, learners)
    assert np.ptp(fitted.score(learners), axis=1).max() > 0


def test_scoring_leaves_the_learners_as_they_were(fitted):
    learners = company(people=9, seed=4).learners
    before = [m.copy() for m in _parts(learners)]
    courses = np.tile(np.arange(COURSES), (9, 1))
    first, _ = fitted.score(learners), fitted.contributions(learners, courses)
    assert np.array_equal(fitted.score(learners), first)
    assert all((a != b).nnz == 0 for a, b in zip(before, _parts(learners), strict=True))


def test_a_learner_is_scored_alike_alone_and_among_others(fitted):
    learners = company(people=23, seed=5).learners
    together = fitted.score(learners)
    for row in (0, 7, 22):
        alone = fitted.score(learners.take(np.array([row])))
        assert alone[0].tobytes() == together[row].tobytes()


def test_learners_without_history_and_no_learners_at_all(fitted):
    empty = learners_from(csr(np.zeros((3, COURSES))))
    assert_sound(fitted, empty)
    assert_sound(fitted, empty.take(slice(0, 0)))
    assert sums(fitted.contributions(empty, np.empty((3, 0), dtype=np.intp))).shape == (3, 0)


def test_mixed_batch_of_histories_and_none(fitted):
    history = np.zeros((6, COURSES))
    history[1, 3] = history[4, 0] = history[4, 5] = 1
    assert_sound(fitted, learners_from(csr(history)))


@pytest.mark.parametrize("bad", [-1, COURSES, 2**40])
def test_unknown_course_position_is_refused(fitted, bad):
    with pytest.raises(ModelError, match="positions run from 0 to 13"):
        fitted.contributions(company().learners.take(slice(0, 1)), np.array([[bad]]))


@pytest.mark.parametrize("shape", [(2,), (1, 2), (2, 1, 1)])
def test_courses_of_a_wrong_shape_are_refused(fitted, shape):
    with pytest.raises(ModelError, match="2 rows"):
        two = company().learners.take(slice(0, 2))
        fitted.contributions(two, np.zeros(shape, dtype=np.intp))


def test_learners_of_another_vocabulary_are_refused(fitted):
    history = csr(np.ones((2, COURSES - 1)))
    with pytest.raises(ModelError, match="own vocabulary"):
        fitted.score(learners_from(history))
    with pytest.raises(ModelError, match="own vocabulary"):
        fitted.score(Learners.of_history(csr(np.ones((2, COURSES)))))


@pytest.mark.parametrize(
    ("people", "courses"), [(1, 1), (1, 6), (30, 1), (2, 2), (40, 3)], ids=str
)
def test_small_data_end_in_a_sound_model_or_a_typed_error(name, people, courses):
    data = company(people, courses)
    try:
        model = configured(name, {}).fit(data)
    except ModelError as error:
        assert name in str(error) or "ease" in str(error)
        return
    assert_sound(model, data.learners)


def test_a_history_of_nothing_is_learned_from_by_rules_only(name):
    data = company()
    nothing = replace(data, learners=learners_from(csr(np.zeros((5, COURSES)))))
    model = configured(name, {})
    if model.only_counts:
        assert not model.fit(nothing).score(nothing.learners).any()
    else:
        with pytest.raises(ModelError, match="nothing to learn from"):
            model.fit(nothing)


def test_learners_without_history_do_not_change_a_fit(name):
    data = company()
    rows = np.flatnonzero(np.diff(data.learners.history.indptr))
    silent = learners_from(csr(np.zeros((4, COURSES))), role=[1, 0, 1, 1])
    more = Learners(
        *(
            sparse.vstack([getattr(data.learners.take(rows), part), getattr(silent, part)], "csr")
            for part in ("history", "features", "needs", "age")
        )
    )
    assert_same_arrays(
        configured(name, {}).fit(replace(data, learners=more)),
        configured(name, {}).fit(replace(data, learners=data.learners.take(rows))),
    )


def assert_same_arrays(one, other):
    a, b = one.arrays(), other.arrays()
    assert a.keys() == b.keys()
    assert all(a[key].tobytes() == b[key].tobytes() for key in a)
    assert all(a[key].shape == b[key].shape for key in a)


def test_the_same_seed_gives_the_same_bits(name):
    assert_same_arrays(_fitted(name), configured(name, {}).fit(company()))


def test_a_refit_forgets(name):
    model = configured(name, {}).fit(company(seed=1)).fit(company(seed=2))
    assert_same_arrays(model, configured(name, {}).fit(company(seed=2)))


def test_only_the_vocabulary_has_to_do_with_size(fitted):
    """61 people: no array has a row for each of them."""
    assert all(61 not in array.shape for array in fitted.arrays().values())


def test_no_employee_id_in_the_bundle(fitted, tmp_path):
    write_bundle(tmp_path / "b", fitted, origin(ingest_seq=1))
    stored = b"".join(path.read_bytes() for path in (tmp_path / "b").iterdir())
    assert b"c003" in stored
    assert not any(f"employee-{i}".encode() in stored for i in range(61))
    assert b"employee" not in stored


def test_a_bundle_gives_back_the_same_bits(fitted, tmp_path):
    bundle_id = write_bundle(tmp_path / "b", fitted, origin(ingest_seq=1))
    again = read_bundle(tmp_path / "b", bundle_id).model
    learners = company(seed=3).learners
    courses = np.tile(np.arange(COURSES), (len(learners), 1))
    assert type(again) is type(fitted)
    assert again.config == fitted.config
    assert again.vocabulary == fitted.vocabulary
    assert again.score(learners).tobytes() == fitted.score(learners).tobytes()
    mine, its = fitted.contributions(learners, courses), again.contributions(learners, courses)
    assert np.array_equal(mine.source, its.source)
    assert mine.value.tobytes() == its.value.tobytes()
    assert_same_arrays(again, fitted)


def test_an_unknown_setting_is_refused_with_its_name(name):
    with pytest.raises(SettingsError, match=f"settings of {name}.*sedd"):
        configured(name, {"sedd": 3})


def test_the_time_limit_holds_for_all_but_the_rules(name):
    model, data = configured(name, {}), company(seconds=-1.0)
    if model.only_counts:
        model.fit(data)
    else:
        with pytest.raises(FitTimeoutError, match="longer than"):
            model.fit(data)


def test_a_learner_of_everyone_only(name):
    """Of whom nothing but the history is known: no role, no skills, no texts."""
    data = company()
    bare = TrainingData(
        Learners.of_history(data.learners.history, data.learners.age),
        CourseProfiles.unknown(COURSES),
        Vocabulary(data.vocabulary.courses),
        FitLimits(),
    )
    if name in ("content", "cease"):
        with pytest.raises(ModelError, match=r"same score|no texts"):
            configured(name, {}).fit(bare)
    else:
        assert_sound(configured(name, {}).fit(bare), bare.learners)


@st.composite
def some_learners(draw):
    n = draw(st.integers(0, 5))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    density = draw(st.sampled_from([0.0, 0.1, 0.5, 1.0]))
    history = random.uniform(1e-6, 2, (n, COURSES)) * (random.random((n, COURSES)) < density)
    needs = random.uniform(0, 1, (n, 4)) * (random.random((n, 4)) < density)
    learners = learners_from(csr(history, COURSES), random.integers(0, 2, n), needs=needs)
    courses = random.integers(0, COURSES, (n, draw(st.integers(0, 6))))
    return learners, courses.astype(np.intp)


@pytest.mark.parametrize("name", names())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=some_learners())
def test_every_score_adds_up(name, drawn):
    model, (learners, courses) = _fitted(name), drawn
    assert_adds_up(model, learners, courses)
    parts = model.contributions(learners, courses)
    assert np.all(np.diff(parts.learner) >= 0)
    assert len(parts.value) == len(parts.source) == len(parts.learner)
    vocabulary = model.vocabulary
    n_sources = len(vocabulary.courses) + len(vocabulary.features) + len(vocabulary.skills)
    assert np.all((parts.source >= 0) & (parts.source < n_sources))
    assert np.isfinite(parts.value).all()
    named = list(zip(parts.learner.tolist(), parts.source.tolist(), strict=True))
    assert named == sorted(set(named)), "each source of a learner once, ascending"
    brought = np.nonzero(_stack_columns(learners))
    assert set(named) <= set(zip(*(column.tolist() for column in brought), strict=True))


@pytest.mark.parametrize("name", names())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=some_learners())
def test_scores_and_their_make_up_are_the_same_together_and_apart(name, drawn):
    model, (learners, courses) = _fitted(name), drawn
    explained = model.explained(learners)
    assert explained.scores.tobytes() == model.score(learners).tobytes()
    together, apart = explained.contributions(courses), model.contributions(learners, courses)
    assert together.source.tobytes() == apart.source.tobytes()
    assert together.value.tobytes() == apart.value.tobytes()
    assert np.allclose(explained.baseline(courses), apart.baseline, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", names())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=some_learners())
def test_what_is_near_is_as_near_as_it_says(name, drawn):
    model, (learners, courses) = _fitted(name), drawn
    near, scores, stripes = model.near(learners), model.score(learners), model.stripes
    assert sorted(stripes.courses) == list(range(COURSES))
    assert [place for stripe in stripes.slices for place in range(COURSES)[stripe]] == list(
        range(COURSES)
    )
    for stripe in stripes.slices:
        of_stripe = near.scores(slice(None), stripe)
        exact = scores[:, stripes.courses[stripe]]
        assert np.all(np.abs(of_stripe - exact) <= near.off[:, None])
        rest = near.scores(slice(None), slice(stripe.start, None))
        assert np.all(rest.max(axis=1, initial=-np.inf) <= near.most(stripe))
    assert np.allclose(near.baseline(courses), model.explained(learners).baseline(courses))
    who = np.repeat(np.flatnonzero(near.off > 0), COURSES)
    every = np.tile(np.arange(COURSES), len(who) // COURSES)
    assert near.exact(who, every).tobytes() == scores[who, every].tobytes()


def _parts(learners):
    return learners.history, learners.features, learners.needs, learners.age


def _stack_columns(learners):
    return np.hstack(
        [part.toarray() for part in (learners.history, learners.features, learners.needs)]
    )


def test_a_model_that_reads_no_needs_learns_and_says_the_same_without(name):
    data = company()
    needs = data.learners.needs
    nobody_lacks = replace(data.learners, needs=sparse.csr_matrix(needs.shape, dtype=np.float32))
    model = configured(name, {}).fit(data)
    other = configured(name, {}).fit(replace(data, learners=nobody_lacks))
    scores, others = model.score(data.learners), other.score(nobody_lacks)
    assert np.array_equal(scores, others) is not model.reads_needs
