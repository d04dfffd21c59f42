"""The order of histories, beside the same in plain Python."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrreco.errors import ModelError
from hrreco.models import configured
from hrreco.models._guard import capped
from hrreco.models._order import Sequences, places_from_the_end
from hrreco.profiles import Learners

from .company import company, csr, learners_from

ages = st.lists(
    st.lists(st.sampled_from([0, 0, 1, 2, 2.5, 300]), min_size=5, max_size=5), min_size=1
)


@given(ages)
def test_places_count_the_distinct_ages_from_the_youngest(rows):
    places = places_from_the_end(csr(rows))
    expected = []
    for row in rows:
        there = [age for age in row if age]
        youngest_first = sorted(set(there))
        expected += [1 + youngest_first.index(age) for age in there]
    assert places.tolist() == expected


@given(ages)
def test_sequences_run_from_the_oldest_to_the_latest_and_by_course_where_alike(rows):
    age = csr(rows)
    history = age.sign() * np.float32(0.5)
    events = Sequences.of(history, age)
    expected = [
        (learner, course, row[course])
        for learner, row in enumerate(rows)
        for course in sorted(range(5), key=lambda course: (-row[course], course))
        if row[course]
    ]
    found = zip(events.learner, events.course, events.age, strict=True)
    assert [(int(learner), int(course), float(age)) for learner, course, age in found] == expected
    assert (events.evidence == 0.5).all()


class TestWithoutAges:
    MESSAGE = r"transitions learns from the order of events; give their occurred_at or position"

    def test_a_model_of_the_order_says_what_to_give(self):
        data = company()
        bare = Learners(data.learners.history, data.learners.features, data.learners.needs)
        model = configured("transitions", {}).fit(data)
        with pytest.raises(ModelError, match=self.MESSAGE):
            model.score(bare)
        with pytest.raises(ModelError, match=self.MESSAGE):
            model.fit(type(data)(bare, data.courses, data.vocabulary))

    def test_whoever_has_no_history_is_scored_all_the_same(self):
        model = configured("transitions", {}).fit(company())
        new = learners_from(csr(np.zeros((2, 14))))
        bare = Learners(new.history, new.features, new.needs)
        assert not model.score(bare).any()


def backwards(matrix):
    """Return the same matrix with each row's entries stored in falling order of columns."""
    there = matrix.tocoo()
    order = np.lexsort((-there.col, there.row))
    parts = (there.data[order], there.col[order], matrix.indptr.copy())
    return type(matrix)(parts, shape=matrix.shape)


class TestLearners:
    LEARNERS = Learners.of_history(
        csr([[1, 0, 2], [0, 0, 0], [0, 1, 0]]), csr([[9, 0, 3], [0, 0, 0], [0, 5, 0]])
    )

    @pytest.mark.parametrize(
        "rows",
        [np.array([2, 0]), np.array([True, False, True]), slice(0, 2), slice(0, 0)],
        ids=["order", "mask", "slice", "none"],
    )
    def test_ages_are_taken_with_the_courses_they_are_of(self, rows):
        taken = self.LEARNERS.take(rows)
        for what in ("history", "age"):
            whole = getattr(self.LEARNERS, what).toarray()
            assert np.array_equal(getattr(taken, what).toarray(), whole[rows])

    def test_learners_without_ages_stay_without(self):
        assert Learners.of_history(self.LEARNERS.history).take(slice(0, 1)).age is None

    def test_entries_in_any_order_are_put_right(self):
        model, learners = configured("transitions", {}).fit(company()), company().learners
        history, age = backwards(learners.history), backwards(learners.age)
        turned = Learners(history, learners.features, learners.needs, age)
        assert np.array_equal(model.score(turned), model.score(learners))

    def test_a_course_without_an_age_is_refused(self):
        model, learners = configured("transitions", {}).fit(company()), company().learners
        some = learners.age.copy()
        some.data[4] = 0
        with pytest.raises(ModelError, match="every course of the history needs an age"):
            model.score(Learners(learners.history, learners.features, learners.needs, some))

    def test_what_is_as_old_as_dates_go_can_be_scored(self):
        """From the year 1 to 9998, as far as --as-of reaches."""
        model, learners = configured("transitions", {}).fit(company()), company().learners
        learners.age.data += 3_651_694
        assert np.isfinite(model.score(learners)).all()

    def test_the_cap_keeps_ages_beside_their_courses(self):
        kept = capped(self.LEARNERS, 1)
        assert kept.history.toarray().tolist() == [[0, 0, 2], [0, 0, 0], [0, 1, 0]]
        assert kept.age.toarray().tolist() == [[0, 0, 3], [0, 0, 0], [0, 5, 0]]
