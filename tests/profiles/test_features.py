from collections import Counter

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from hrreco.data import LearningData
from hrreco.profiles import EVERYONE, OTHER, Feature, build_vocabulary
from hrreco.profiles.vocabulary import Vocabulary
from hrreco.settings import Moment

NOW = Moment.of("2026-01-01", "Europe/Helsinki")


def company(
    roles: list[str],
    managers: list[str | None] | None = None,
    learners: list[str] | None = None,
) -> LearningData:
    ids = [f"E{i}" for i in range(len(roles))]
    employees = pl.DataFrame(
        {"employee_id": ids, "role": roles, "manager_id": managers or [None] * len(ids)},
        schema_overrides={"manager_id": pl.String},
    )
    events = pl.DataFrame(
        {
            "employee_id": ids,
            "course_id": "C1",
            "kind": ["completed"] * len(ids) if learners is None else learners,
            "occurred_at": "2025-05-05",
        }
    )
    courses = pl.DataFrame({"course_id": ["C1"], "title": ["Hygiene"]})
    return LearningData.from_frames(employees, courses, events)


@given(st.lists(st.sampled_from(["Nurse", "Clerk", "Mayor", "Cook", "Pilot"]), min_size=1))
def test_no_feature_stands_for_fewer_than_five_people(roles: list[str]) -> None:
    held = Counter(roles)
    vocabulary = build_vocabulary(company(roles), NOW)
    named = {f.value for f in vocabulary.features if f.kind == "role"}
    assert named - {OTHER} == {role for role, people in held.items() if people >= 5}
    pooled = sum(people for people in held.values() if people < 5)
    assert (OTHER in named) == (pooled >= 5)


def test_a_value_that_is_rare_or_unknown_is_read_as_other() -> None:
    vocabulary = Vocabulary((), (Feature(EVERYONE, ""), Feature("role", OTHER)))
    assert vocabulary.feature("role", "Mayor") == 1
    assert vocabulary.feature("role", None) is None
    assert vocabulary.feature("location", "Oulu") is None


def test_the_manager_is_never_a_feature() -> None:
    vocabulary = build_vocabulary(company(["Nurse"] * 12, ["E0"] * 12), NOW)
    assert "E0" not in {feature.value for feature in vocabulary.features}


def test_a_vocabulary_comes_back_from_json() -> None:
    vocabulary = build_vocabulary(company(["Nurse"] * 6), NOW)
    assert Vocabulary.from_json(vocabulary.to_json()) == vocabulary


def test_people_without_evidence_do_not_make_a_group() -> None:
    kinds = ["completed"] * 4 + ["dropped"] * 3
    vocabulary = build_vocabulary(company(["Nurse"] * 7, learners=kinds), NOW)
    assert vocabulary.features == (Feature(EVERYONE, ""),)
