from __future__ import annotations

from dataclasses import replace

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from hrreco import LearningData
from hrreco.data import Catalogue
from hrreco.data.records import SkillRow
from hrreco.skills import Coverage, SkillFramework

NEEDS = pl.DataFrame(
    {
        "role": ["Baker", "Baker", "Baker", "Baker", "Cook", "Cook", "Cook"],
        "skill": ["dough", "ovens", "bread", "Accounts", "dough", "ovens", "fish"],
        "level": [2, None, None, 1, 4, 1, None],
        "importance": [*("essential",) * 2, *("optional",) * 3, *("essential",) * 2],
    }
)
NO_EVENTS = pl.DataFrame(
    schema=dict.fromkeys(("employee_id", "course_id", "kind", "occurred_at"), pl.String)
)


def catalogue_of(*taught: str, **flags: bool) -> Catalogue:
    """Courses that each teach one text of the data contract."""
    ids = [f"C{i}" for i in range(len(taught))]
    courses = pl.DataFrame({"course_id": ids, "title": ids, "skills": list(taught)})
    courses = courses.with_columns(pl.lit(value).alias(flag) for flag, value in flags.items())
    people = pl.DataFrame({"employee_id": ["E"], "role": ["x"]})
    return LearningData.from_frames(people, courses, NO_EVENTS).catalogue


def covered(*taught: str, roles: tuple[str, ...] = ("Cook", "Baker"), **flags: bool) -> Coverage:
    """How far such courses serve the roles."""
    return Coverage.of(SkillFramework.of(NEEDS), roles, catalogue_of(*taught, **flags))


def test_what_no_course_teaches_is_listed_with_its_roles_essential_first() -> None:
    found = covered("ovens:1")
    assert [(one.skill, one.importance, list(one.roles)) for one in found.uncovered] == [
        ("dough", "essential", ["Baker", "Cook"]),
        ("fish", "essential", ["Cook"]),
        ("Accounts", "optional", ["Baker"]),
        ("bread", "optional", ["Baker"]),
    ]
    assert found.needed == 5
    assert {one.taught_level for one in found.uncovered} == {None}


def test_what_is_taught_too_low_is_listed_for_the_roles_that_need_more() -> None:
    found = covered("dough:1", "dough:3", "ovens:1|fish:1|bread:1|Accounts:9")
    (dough,) = found.uncovered
    assert dough.to_json() == {
        "skill": "dough",
        "importance": "optional",  # the baker, for whom it is essential, needs level 2
        "taught_level": 3,
        "roles": [{"role": "Cook", "level": 4, "importance": "optional"}],
    }


def test_a_course_of_unknown_level_is_enough() -> None:
    everything = "ovens|fish|bread|Accounts"
    for taught in (("dough", "dough:1"), ("dough:1", "dough")):
        assert covered(*taught, everything).uncovered == ()


def test_inactive_and_sensitive_courses_do_not_count() -> None:
    taught = "dough:9|ovens:9|fish:9|bread:9|Accounts:9"
    assert covered(taught).uncovered == ()
    assert len(covered(taught, active=False).uncovered) == 5
    assert len(covered(taught, sensitive=True).uncovered) == 5


def test_roles_that_nobody_holds_need_nothing_and_unknown_needs_are_told() -> None:
    found = covered(roles=("Cook", "Pilot"))
    assert found.needed == 3
    assert {role for one in found.uncovered for role in one.roles} == {"Cook"}
    assert found.without_needs == ("Pilot",)


FOUR_COURSES = catalogue_of("a", "a", "a", "a")
LEVELS = st.none() | st.integers(0, 3)
SKILLS = st.sampled_from("abc")


@given(
    st.dictionaries(st.tuples(st.sampled_from("RS"), SKILLS), LEVELS, min_size=1),
    st.lists(st.tuples(SKILLS, LEVELS), min_size=4, max_size=4),
)
def test_a_need_is_listed_just_where_no_course_meets_it(
    needs: dict[tuple[str, str], int | None], taught: list[tuple[str, int | None]]
) -> None:
    rows = [(role, skill, level, "essential") for (role, skill), level in needs.items()]
    frame = pl.DataFrame(rows, schema=NEEDS.schema, orient="row")
    catalogue = replace(FOUR_COURSES, skills=tuple((SkillRow(*one),) for one in taught))
    found = Coverage.of(SkillFramework.of(frame), ("R", "S"), catalogue)
    listed = {(role, one.skill) for one in found.uncovered for role in one.roles}
    met = {
        (role, skill)
        for (role, skill), needed in needs.items()
        for other, level in taught
        if skill == other and (needed is None or level is None or level >= needed)
    }
    assert listed == set(needs) - met
