"""Forgetting: what is left is the model that would have been fitted without those people."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hrreco.errors import DegenerateFitError, ModelError, NotFittedError
from hrreco.models import configured, names, read_bundle, write_bundle

from .company import company, csr, learners_from, origin, profiles_of, vocabulary_of

EVIDENCE = (0.0, 0.0, 0.5, 1.0, 0.3, 1.2345678, 1.9)

COUNTING = {
    "transitions": {},
    "transitions with half-life": {"half_life": 30.0, "gap_decay": 1.3, "most_gap": 3},
    "transitions with repeats": {"repeat": 0.5, "undirected": 1.0, "neighbours": 2},
    "itemknn": {"neighbours": 3},
    "rp3beta": {"neighbours": 2},
    "rp3beta with powers": {"alpha": 0.7, "beta": 0.9},
    "transitions with support": {"min_support": 3},
    "itemknn with support": {"min_support": 2, "neighbours": 3},
    "rp3beta with support": {"min_support": 4},
}
"""Settings of the models whose sums are exact: they forget to the bit."""

CLOSED_FORM = {
    "ease": {"regularisation": 2.0},
    "ease without dropout": {"dropout": 0.0, "regularisation": 1.0},
    "cease": {"alike": 3.0, "regularisation": 5.0},
}
"""Settings of the models that forget to within 1e-9."""

REFITTED = {
    "itemknn with bm25": {"similarity": "bm25"},
    "ease with support": {"min_support": 3},
    "popularity": {},
    "als": {"factors": 4, "rounds": 2},
    "content": {},
}


def made(case, settings):
    return configured(case.split(" ")[0], settings)


def without(data, gone):
    """Return the data of everybody but those whose rows are True in `gone`."""
    return replace(data, learners=data.learners.take(~gone))


def assert_same_bits(one, other):
    ours, theirs = one.arrays(), other.arrays()
    assert ours.keys() == theirs.keys()
    for name, array in ours.items():
        assert array.dtype == theirs[name].dtype, name
        assert np.array_equal(array, theirs[name]), name


def assert_close(one, other, within=1e-9):
    ours, theirs = one.arrays(), other.arrays()
    assert ours.keys() == theirs.keys()
    for name, array in ours.items():
        assert np.abs(array - theirs[name]).max(initial=0.0) <= within, name


@st.composite
def companies(draw):
    """Draw small histories, and who of them is to be forgotten; somebody else has one."""
    people, courses = draw(st.integers(3, 12)), draw(st.integers(2, 7))
    history = draw(arrays(np.float64, (people, courses), elements=st.sampled_from(EVIDENCE)))
    history[-1] = np.linspace(0.5, 1.0, courses)
    gone = draw(arrays(np.bool_, people))
    gone[-1] = False
    vocabulary = vocabulary_of(courses)
    learners = learners_from(csr(history))
    return replace(
        company(people=2, courses=courses),
        learners=learners,
        courses=profiles_of(courses),
        vocabulary=vocabulary,
    ), gone


def fitted_unless_forgetting_fails(model, other, data, gone):
    """Fit one model on all, the other on the rest; where that is refused, so is forgetting."""
    rest = without(data, gone)
    try:
        model.fit(data)
    except ModelError:  # nothing can be learned from so few
        return None
    try:
        return other.fit(rest)
    except ModelError as refused:
        with pytest.raises(type(refused)) as told:
            model.forget(data.learners.take(gone), rest)
        assert str(told.value) == str(refused)
        return None


properties = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("case", COUNTING)
@given(drawn=companies())
@properties
def test_sums_forget_to_the_bit(case, drawn):
    data, gone = drawn
    rest = without(data, gone)
    model = made(case, COUNTING[case])
    expected = fitted_unless_forgetting_fails(model, made(case, COUNTING[case]), data, gone)
    if expected is None:
        return
    (forgot,) = model.forget(data.learners.take(gone), rest)
    assert forgot.exact
    assert_same_bits(model, expected)
    assert np.array_equal(model.score(rest.learners), expected.score(rest.learners))


@pytest.mark.parametrize("case", CLOSED_FORM)
@given(drawn=companies())
@properties
def test_closed_forms_forget_within_a_billionth(case, drawn):
    data, gone = drawn
    rest = without(data, gone)
    model = made(case, CLOSED_FORM[case])
    expected = fitted_unless_forgetting_fails(model, made(case, CLOSED_FORM[case]), data, gone)
    if expected is None:
        return
    (forgot,) = model.forget(data.learners.take(gone), rest)
    assert forgot.exact
    assert_close(model, expected)


@pytest.mark.parametrize("case", REFITTED)
def test_what_cannot_forget_is_refitted_to_the_bit(case):
    data = company(people=40)
    gone = np.arange(40) % 5 == 0
    rest = without(data, gone)
    model = made(case, REFITTED[case]).fit(data)
    (forgot,) = model.forget(data.learners.take(gone), rest)
    assert not forgot.exact
    assert forgot.model == model.name
    assert_same_bits(model, made(case, REFITTED[case]).fit(rest))


@pytest.mark.parametrize("case", [*COUNTING, *CLOSED_FORM])
def test_five_hundred_removals_in_a_row_stay_exact(case):
    config = {**COUNTING, **CLOSED_FORM}[case]
    data = company(people=520, courses=24, seed=3)
    model = made(case, config).fit(data)
    order = np.random.default_rng(1).permutation(520)
    for n, person in enumerate(order[:500].tolist()):
        # One by one, each from what is left; the rest is only asked for its vocabulary.
        (forgot,) = model.forget(data.learners.take([person]), data)
        assert forgot.exact, n
    expected = made(case, config).fit(
        replace(data, learners=data.learners.take(np.sort(order[500:])))
    )
    if case in COUNTING:
        assert_same_bits(model, expected)
    else:
        assert_close(model, expected)
    assert np.allclose(model.score(data.learners), expected.score(data.learners), atol=1e-6)


LEFT = {
    "transitions": {"min_support": 3},
    "itemknn": {"min_support": 3},
    "rp3beta": {"min_support": 3},
    "ease": {},
}


@pytest.mark.parametrize("courses", [3, 400])
@pytest.mark.parametrize("name", LEFT)
def test_too_little_is_left(name, courses):
    history = np.zeros((6, courses))
    history[:4, :2] = 1.0
    history[4, 0] = history[5, 1] = 1.0
    data = replace(
        company(people=2, courses=courses),
        learners=learners_from(csr(history)),
        courses=profiles_of(courses),
        vocabulary=vocabulary_of(courses),
    )
    gone = np.arange(6) < 4
    model = configured(name, LEFT[name]).fit(data)
    with pytest.raises(DegenerateFitError, match="too little data"):
        model.forget(data.learners.take(gone), without(data, gone))
    with pytest.raises(NotFittedError):
        model.arrays()


BLEND = {
    "parts": [
        {"name": "transitions", "weight": 2.0},
        {"name": "ease", "settings": {"regularisation": 3.0}},
        {"name": "als", "settings": {"factors": 4, "rounds": 2}},
        {"name": "itemknn"},
    ]
}


def test_a_blend_forgets_part_by_part():
    data = company(people=60)
    gone = np.arange(60) == 7
    rest = without(data, gone)
    settings_of_fallback = {"learned": "blend", "settings": BLEND}
    model = configured("fallback", settings_of_fallback).fit(data)
    forgot = model.forget(data.learners.take(gone), rest)
    assert [(one.model, one.exact) for one in forgot] == [
        ("transitions", True),
        ("ease", True),
        ("als", False),
        ("itemknn", True),
        ("popularity", False),
    ]
    expected = configured("fallback", settings_of_fallback).fit(rest)
    assert_close(model, expected)
    assert np.allclose(model.score(rest.learners), expected.score(rest.learners), atol=1e-6)


def test_the_vocabulary_is_that_of_the_rest():
    data = company(people=30)
    fewer = replace(without(data, np.arange(30) == 3), vocabulary=vocabulary_of(14, roles=2))
    for name in ("ease", "transitions", "fallback"):
        model = configured(name, {}).fit(data)
        model.forget(data.learners.take([3]), fewer)
        assert model.vocabulary is fewer.vocabulary


@pytest.mark.parametrize("name", ["transitions", "ease", "itemknn", "rp3beta"])
def test_a_model_from_a_bundle_forgets_too(tmp_path, name):
    data = company(people=50)
    gone = np.arange(50) < 4
    rest = without(data, gone)
    fitted = configured(name, {}).fit(data)
    write_bundle(tmp_path / "b", fitted, origin(ingest_seq=1))
    model = read_bundle(tmp_path / "b").model
    model.forget(data.learners.take(gone), rest)
    assert_close(model, configured(name, {}).fit(rest))


@pytest.mark.parametrize("name", ["transitions", "itemknn", "rp3beta"])
def test_whoever_was_not_in_the_fit_cannot_be_forgotten(name):
    data = company(people=50)
    history = np.zeros((1, 14))
    history[0, [2, 3, 5, 8, 11, 12, 13]] = 1.9
    stranger = learners_from(csr(np.repeat(history, 40, axis=0)))
    model = configured(name, {}).fit(data)
    before = {key: array.copy() for key, array in model.arrays().items()}
    with pytest.raises(ModelError, match="not fitted on these rows"):
        model.forget(stranger, data)
    assert all(np.array_equal(before[key], array) for key, array in model.arrays().items())


def test_ease_cannot_forget_more_than_it_learned():
    data = company(people=20)
    model = configured("ease", {"regularisation": 1.0}).fit(data)
    twice = learners_from(csr(np.repeat(data.learners.history.toarray(), 3, axis=0)))
    with pytest.raises(ModelError, match="not fitted on these rows"):
        model.forget(twice, data)


@pytest.mark.parametrize("name", names())
def test_the_last_who_were_learned_from_cannot_be_forgotten(name):
    data = company(people=12)
    model = configured(name, {}).fit(data)
    nobody = replace(data, learners=data.learners.take(np.zeros(12, dtype=bool)))
    if model.only_counts:
        model.forget(data.learners, nobody)
    else:
        with pytest.raises(ModelError):
            model.forget(data.learners, nobody)


@pytest.mark.parametrize("name", ["transitions", "ease", "als"])
def test_forgetting_people_without_a_history_changes_nothing(name):
    data = company(people=30)
    model = configured(name, {}).fit(data)
    before = {key: array.copy() for key, array in model.arrays().items()}
    model.forget(learners_from(csr(np.zeros((2, 14)))), data)
    assert all(np.array_equal(before[key], array) for key, array in model.arrays().items())


def test_long_histories_are_forgotten_as_far_as_they_were_read():
    data = company(people=30, courses_per_learner=2)
    gone = np.arange(30) == 0
    assert np.diff(data.learners.history.indptr)[0] > 2
    for name in ("transitions", "itemknn", "ease"):
        model = configured(name, {}).fit(data)
        model.forget(data.learners.take(gone), without(data, gone))
        assert_close(model, configured(name, {}).fit(without(data, gone)))


def test_only_a_fitted_model_forgets():
    data = company()
    with pytest.raises(NotFittedError):
        configured("ease", {}).forget(data.learners, data)
