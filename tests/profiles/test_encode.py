"""Promise 1: a learner is made from what is handed in, the same alone as among all."""

from dataclasses import replace

import numpy as np
import pytest

from hrreco.data import LearningData
from hrreco.profiles import (
    Vocabulary,
    build_profile,
    build_vocabulary,
    encode_all,
    encode_one,
    role_only,
)
from hrreco.settings import Moment
from hrreco.skills import SkillFramework
from tests.conftest import AS_OF


@pytest.fixture(scope="module")
def vocabulary(learning_data: LearningData) -> Vocabulary:
    return build_vocabulary(learning_data, Moment.of(AS_OF, "Europe/Helsinki"))


@pytest.mark.parametrize("of_another_day", [False, True])
@pytest.mark.parametrize("as_of", [AS_OF.isoformat(), "2025-06-30"])
def test_everyone_is_the_same_alone_as_among_all(
    learning_data: LearningData, vocabulary: Vocabulary, as_of: str, of_another_day: bool
) -> None:
    if of_another_day:  # when there were fewer courses, in another order
        vocabulary = replace(vocabulary, courses=vocabulary.courses[:5:-1])
    moment = Moment.of(as_of, "Europe/Helsinki")
    together = encode_all(learning_data, vocabulary, moment)
    framework = SkillFramework.of(learning_data.role_skills)
    for row, employee_id in enumerate(learning_data.employees["employee_id"]):
        profile = build_profile(
            learning_data.employee(employee_id),
            learning_data.catalogue,
            learning_data.settings,
            moment,
        )
        alone = encode_one(profile, vocabulary, framework)
        for what in ("history", "features", "needs", "age"):
            np.testing.assert_allclose(
                getattr(alone, what).toarray()[0],
                getattr(together, what)[row].toarray()[0],
                atol=1e-6,
                err_msg=f"{what} of {employee_id}",
            )


def test_histories_hold_neither_mandatory_nor_sensitive_courses(
    learning_data: LearningData, vocabulary: Vocabulary
) -> None:
    catalogue = learning_data.catalogue
    moment = Moment.of(AS_OF, "Europe/Helsinki")
    learners = encode_all(learning_data, vocabulary, moment)
    assert learners.history.nnz > 0
    people = learning_data.employees.select("role", "department").rows()
    for row, (role, department) in enumerate(people):
        mandatory = catalogue.mandatory_for(role, department)
        for column in learners.history[row].indices:
            position = catalogue.position[vocabulary.courses[column]]
            assert not mandatory[position]
            assert not catalogue.sensitive[position]


def test_the_rules_see_the_role_and_nothing_else(
    learning_data: LearningData, vocabulary: Vocabulary
) -> None:
    learners = encode_all(learning_data, vocabulary, Moment.of(AS_OF, "Europe/Helsinki"))
    bare = role_only(learners, vocabulary)
    assert bare.history.nnz == bare.needs.nnz == 0
    kinds = {vocabulary.features[column].kind for column in bare.features.indices}
    assert kinds == {"everyone", "role"}
    for column, feature in enumerate(vocabulary.features):
        if feature.kind in kinds:
            np.testing.assert_array_equal(
                bare.features[:, [column]].toarray(), learners.features[:, [column]].toarray()
            )
