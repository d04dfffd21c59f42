import polars as pl
import pytest

from hrreco.skills import RoleNeed, SkillFramework


def test_needs_are_read_by_role() -> None:
    framework = SkillFramework.of(
        pl.DataFrame(
            {
                "role": ["Nurse", "Nurse", "Clerk"],
                "skill": ["wounds", "hygiene", "excel"],
                "level": [2, None, 1],
                "importance": ["optional", "essential", None],
            }
        )
    )
    assert [need.skill for need in framework.of_role("Nurse")] == ["hygiene", "wounds"]
    assert framework.of_role("Clerk")[0].importance == "essential"
    assert framework.of_role("Pilot") == ()


@pytest.mark.parametrize(
    ("needed", "known", "met"),
    [(2, 2, True), (2, 3, True), (2, 1, False), (None, 1, True), (2, None, True)],
)
def test_an_unknown_level_is_enough(needed: int | None, known: int | None, met: bool) -> None:
    assert RoleNeed("excel", needed, "essential").met_by(known) is met
