"""Roles within reach, and the gap to one."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from hrreco import Advisor, LearningData
from hrreco.errors import DataError, SettingsError, UnknownIdError
from hrreco.training import RULES_RECIPE, refit

DAY = "2026-03-31"
COURSES = pl.DataFrame(
    [
        ("BAKE1", "Baking", 2.0, "baking:1", "", True),
        ("BAKE2", "Fine baking", 3.0, "baking:2", "BAKE1", True),
        ("BAKE2-LONG", "Fine baking, at length", 9.0, "baking:2", "", True),
        ("BOTH", "Ovens and till", 4.0, "ovens:1|till:1", "", True),
        ("OVEN", "Ovens", 3.0, "ovens:1", "", True),
        ("OLD", "Icing", 1.0, "icing:1", "", False),
        ("TILL", "Till", 2.0, "till:1", "", True),
    ],
    schema=["course_id", "title", "hours", "skills", "prerequisites", "active"],
    orient="row",
)
NEEDS = pl.DataFrame(
    [
        ("Baker", "baking", 2, "essential"),
        ("Baker", "ovens", 1, "essential"),
        ("Baker", "poetry", 1, "optional"),
        ("Clerk", "till", 1, "essential"),
        ("Confectioner", "icing", 1, "essential"),
        ("Helper", "till", 1, "optional"),
        ("Seller", "ovens", 1, "essential"),
        ("Seller", "till", 1, "essential"),
    ],
    schema=["role", "skill", "level", "importance"],
    orient="row",
)


def helper(
    taken: list[str] | None = None,
    skills: list[tuple[str, int]] | None = None,
    opt_outs: tuple[str, ...] = (),
) -> Advisor:
    """Return the advisor of a helper, "H", who has taken some courses and declared some skills."""
    events = [("H", course, "completed", "2026-01-10") for course in taken or []]
    rows: list[tuple[Any, ...]] = [("H", skill, level) for skill, level in skills or []]
    data = LearningData.from_frames(
        employees=pl.DataFrame({"employee_id": ["H", "O"], "role": ["Helper", "Porter"]}),
        courses=COURSES,
        events=pl.DataFrame(
            [*events, ("O", "TILL", "completed", "2026-01-10")],
            schema=["employee_id", "course_id", "kind", "occurred_at"],
            orient="row",
        ),
        employee_skills=pl.DataFrame(
            rows or [("O", "till", 1)], schema=["employee_id", "skill", "level"], orient="row"
        ),
        role_skills=NEEDS,
        as_of=DAY,
    )
    return Advisor(refit(RULES_RECIPE, data, as_of=DAY), data, opt_outs)


def test_roles_stand_by_the_hours_to_be_ready_each_by_the_quickest_way() -> None:
    found = helper().careers("H", as_of=DAY)
    ways = {
        career.role: (career.hours, [course.course_id for course in career.courses])
        for career in found.within_reach
    }
    assert list(ways.items()) == [
        ("Clerk", (2.0, ["TILL"])),
        ("Seller", (4.0, ["BOTH"])),
        ("Baker", (8.0, ["BAKE1", "OVEN", "BAKE2"])),
    ]


def test_a_course_stands_after_what_it_builds_on() -> None:
    (baker,) = (c for c in helper().careers("H", as_of=DAY).within_reach if c.role == "Baker")
    order = [course.course_id for course in baker.courses]
    assert set(order) == {"BAKE1", "BAKE2", "OVEN"}
    assert order.index("BAKE1") < order.index("BAKE2")


def test_a_role_that_no_course_leads_to_says_why() -> None:
    assert helper().careers("H", as_of=DAY).out_of_reach == {"Confectioner": ("icing",)}


def test_whoever_lacks_nothing_essential_is_ready() -> None:
    found = helper(taken=["TILL"]).careers("H", as_of=DAY)
    clerk = found.within_reach[0]
    assert (clerk.role, clerk.hours, clerk.courses) == ("Clerk", 0, ())


def test_what_was_taken_shortens_the_way() -> None:
    found = helper(taken=["BAKE1"], skills=[("ovens", 1)]).careers("H", as_of=DAY)
    assert {c.role: c.hours for c in found.within_reach} == {"Baker": 3, "Clerk": 2, "Seller": 2}


def test_an_opt_out_takes_back_what_was_declared_and_leaves_what_was_taken() -> None:
    out = helper(["BAKE1"], [("ovens", 1)], ("H",)).careers("H", as_of=DAY)
    plain = helper(["BAKE1"]).careers("H", as_of=DAY)
    assert out == plain


def test_the_gap_names_essential_skills_first_with_the_courses_that_close_them() -> None:
    gap = helper(taken=["BAKE1"]).gap("H", "Baker", as_of=DAY)
    assert [(m.skill, m.level, m.known_level, m.courses) for m in gap.skills] == [
        ("baking", 2, 1, ("BAKE2", "BAKE2-LONG")),
        ("ovens", 1, None, ("BOTH", "OVEN")),
        ("poetry", 1, None, ()),
    ]
    assert gap.untaught == ("poetry",)
    assert [m.importance for m in gap.skills] == ["essential", "essential", "optional"]


def test_the_own_role_is_meant_where_none_is_named() -> None:
    assert helper().gap("H", as_of=DAY).target_role == "Helper"
    assert helper().gap("O", as_of=DAY).skills == ()  # nothing is known of porters


def test_a_role_of_which_nothing_is_known_is_refused_with_the_close_match() -> None:
    advisor = helper()
    with pytest.raises(UnknownIdError, match=r"role 'Bakker'; did you mean 'Baker'\?"):
        advisor.gap("H", "Bakker", as_of=DAY)
    with pytest.raises(DataError, match=r"role 'Porter'; name them in role_skills"):
        advisor.path("O", target_role="Porter", as_of=DAY)


def test_what_is_no_role_and_no_seed_is_refused_in_words() -> None:
    advisor = helper()
    with pytest.raises(UnknownIdError, match="role ids are text, got 5"):
        advisor.gap("H", 5, as_of=DAY)  # type: ignore[arg-type]
    with pytest.raises(SettingsError, match="seed is 1099511627776"):
        advisor.careers("H", as_of=DAY, seed=2**40)
