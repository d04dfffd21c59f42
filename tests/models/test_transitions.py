"""Transitions beside a computation in plain Python, one pair of events after another."""

from dataclasses import replace

import numpy as np
import pytest

from hrreco.errors import DegenerateFitError
from hrreco.models import TrainingData, configured
from hrreco.profiles import Learners, Vocabulary
from hrreco.profiles.courses import CourseProfiles

from .company import company, csr

PLAIN = {
    "gap_decay": 0,
    "undirected": 0,
    "shrinkage": 0,
    "popularity": 0,
    "recency": 0,
    "half_life": None,
}


def learners_of(*people, courses=4) -> Learners:
    """Return learners, each told by its courses' ages, or (age, evidence)."""
    age, history = np.zeros((len(people), courses)), np.zeros((len(people), courses))
    for row, person in enumerate(people):
        for course, told in person.items():
            age[row, course], history[row, course] = told if isinstance(told, tuple) else (told, 1)
    return Learners.of_history(csr(history), csr(age))


def fit(learners, **settings):
    courses = learners.history.shape[1]
    names = tuple(f"c{i}" for i in range(courses))
    data = TrainingData(learners, CourseProfiles.unknown(courses), Vocabulary(names))
    return configured("transitions", PLAIN | settings).fit(data)


def after(model, *courses):
    """Return the scores of somebody who took these courses, the latest last."""
    ages = {course: len(courses) - place for place, course in enumerate(courses)}
    return model.score(learners_of(ages))[0].tolist()


def in_plain_python(learners, to_score, config):
    """Return the scores of `to_score` by what the docstrings of transitions say."""
    history, age = learners.history.toarray().astype(float), learners.age.toarray()
    n = history.shape[1]
    counts = np.zeros((n, n))
    for evidence, ages in zip(history, age, strict=True):
        order = sorted(np.flatnonzero(evidence).tolist(), key=lambda c: (-ages[c], c))
        for i, a in enumerate(order):
            for b in order[i + 1 : i + 1 + config.most_gap]:
                gap = len({ages[c] for c in order if ages[b] <= ages[c] < ages[a]})
                weight = evidence[a] * evidence[b] * max(gap, 1) ** -config.gap_decay
                if config.half_life:
                    weight /= 2 ** (ages[b] / config.half_life)
                counts[a, b] += weight if gap else weight / 2
                counts[b, a] += 0 if gap else weight / 2
    counts = counts + config.undirected * counts.T
    takers = (history > 0).sum(axis=0)
    weights = counts / (counts.sum(axis=1, keepdims=True) + config.shrinkage)
    weights /= np.maximum(takers, 1) ** config.popularity
    for row in weights:
        row[np.argsort(-row, kind="stable")[config.neighbours :]] = 0
    weights += config.repeat * np.eye(n)
    scores = np.zeros(to_score.history.shape)
    theirs = zip(to_score.history.toarray(), to_score.age.toarray(), strict=True)
    for row, (evidence, ages) in enumerate(theirs):
        for course in np.flatnonzero(evidence):
            place = len({a for a in ages if 0 < a <= ages[course]})
            scores[row] += evidence[course] * place**-config.recency * weights[course]
    return scores


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"gap_decay": 2},
        {"half_life": 20},
        {"undirected": 0},
        {"undirected": 1},
        {"shrinkage": 0},
        {"popularity": 1},
        {"recency": 3},
        {"repeat": 0.5},
        {"neighbours": 3},
        {"most_gap": 2},
    ],
    ids=str,
)
def test_scores_are_those_of_plain_python(settings):
    data, others = company(), company(seed=1).learners
    model = configured("transitions", settings).fit(data)
    expected = in_plain_python(data.learners, others, model.config)
    assert np.allclose(model.score(others), expected, rtol=1e-5, atol=1e-7)


def test_the_order_matters_a_then_b_is_not_b_then_a():
    model = fit(learners_of({0: 9, 1: 5}, {0: 3, 1: 2}))
    assert after(model, 0) == [0, 1, 0, 0]
    assert after(model, 1) == [0, 0, 0, 0]


def test_a_pair_further_apart_counts_less():
    """0 then 1 then 2: 1 for the next, a quarter for the one after it."""
    model = fit(learners_of({0: 9, 1: 8, 2: 1}), gap_decay=2)
    assert after(model, 0) == pytest.approx([0, 0.8, 0.2, 0])


def test_a_gap_is_counted_in_courses_and_not_in_days():
    near, far = learners_of({0: 9, 1: 8, 2: 7}), learners_of({0: 900, 1: 8, 2: 7})
    assert after(fit(near, gap_decay=1), 0) == after(fit(far, gap_decay=1), 0)


def test_of_a_pair_on_one_day_each_leads_to_the_other_by_half():
    model = fit(learners_of({0: 5, 1: 5, 2: 1}))
    assert after(model, 0) == pytest.approx([0, 1 / 3, 2 / 3, 0])
    assert after(model, 1) == pytest.approx([1 / 3, 0, 2 / 3, 0])


def test_an_old_transition_counts_less_by_its_half_life():
    """0 then 1 today, and 0 then 2 ten days ago."""
    model = fit(learners_of({0: 30, 1: 10}, {0: 30, 2: 20}), half_life=10)
    assert after(model, 0) == pytest.approx([0, 2 / 3, 1 / 3, 0])


def test_a_share_counts_for_the_other_direction():
    model = fit(learners_of({0: 9, 1: 5}, {1: 9, 2: 5}), undirected=0.5)
    assert after(model, 1) == pytest.approx([1 / 3, 0, 2 / 3, 0])


def test_with_all_of_it_the_order_is_forgotten():
    forth, back = learners_of({0: 9, 1: 5, 2: 2}), learners_of({0: 2, 1: 5, 2: 9})
    assert after(fit(forth, undirected=1), 1) == after(fit(back, undirected=1), 1)


def test_few_transitions_are_shrunk():
    model = fit(learners_of(*[{0: 9, 1: 5}] * 6, {2: 9, 3: 5}), shrinkage=3)
    assert after(model, 0) == pytest.approx([0, 6 / 9, 0, 0])
    assert after(model, 2) == pytest.approx([0, 0, 0, 1 / 4])


def test_courses_that_everybody_takes_are_held_back():
    people = [{0: 9, 1: 5}] * 2 + [{0: 9, 2: 5}] * 2 + [{2: 1}] * 6
    by_chance = fit(learners_of(*people))
    held_back = fit(learners_of(*people), popularity=0.5)
    assert after(by_chance, 0) == pytest.approx([0, 0.5, 0.5, 0])
    assert after(held_back, 0) == pytest.approx([0, 0.5 / 2**0.5, 0.5 / 8**0.5, 0])


def test_the_latest_course_speaks_loudest():
    model = fit(learners_of({0: 9, 2: 1}, {1: 9, 3: 1}), recency=1)
    assert after(model, 0, 1) == pytest.approx([0, 0, 0.5, 1])
    assert after(model, 1, 0) == pytest.approx([0, 0, 1, 0.5])


def test_courses_of_one_day_speak_alike():
    model = fit(learners_of({0: 9, 2: 1}, {1: 9, 3: 1}), recency=1)
    assert model.score(learners_of({0: 4, 1: 4}))[0].tolist() == [0, 0, 1, 1]


def test_a_course_that_is_taken_again_gives_to_itself():
    model = fit(learners_of({0: 9, 1: 5}), repeat=0.25)
    assert after(model, 0) == [0.25, 1, 0, 0]


def test_only_the_strongest_neighbours_count():
    model = fit(learners_of({0: 9, 1: 5}, {0: 9, 1: 5}, {0: 9, 2: 5}), neighbours=1)
    assert after(model, 0) == pytest.approx([0, 2 / 3, 0, 0])


def test_weak_evidence_weighs_less_in_the_fit_and_in_the_score():
    model = fit(learners_of({0: 9, 1: (5, 0.5)}, {0: 9, 2: 5}))
    assert after(model, 0) == pytest.approx([0, 1 / 3, 2 / 3, 0])
    weak = model.score(learners_of({0: (4, 0.5)}))[0]
    assert weak.tolist() == pytest.approx([0, 1 / 6, 1 / 3, 0])


def shifted(learners, days):
    age = learners.age.copy()
    age.data += np.float32(days)
    return replace(learners, age=age)


def test_without_a_half_life_ages_only_give_the_order():
    data, later = company(), company(seed=1).learners
    model = configured("transitions", {}).fit(data)
    aged = configured("transitions", {}).fit(
        replace(data, learners=shifted(data.learners, 10_000))
    )
    assert model.score(later).tobytes() == aged.score(shifted(later, 10_000)).tobytes()


def test_what_all_took_alone_leads_nowhere():
    with pytest.raises(DegenerateFitError, match="too little data"):
        fit(learners_of({0: 9}, {1: 5}))
