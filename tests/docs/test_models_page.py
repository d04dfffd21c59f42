"""The page of models names every model and every setting there is."""

from pathlib import Path

import pytest

from hrreco.models import names, recommender

from .settings_tables import ranges_of, ranges_on

PAGE = (Path(__file__).parents[2] / "docs" / "models.md").read_text(encoding="utf-8")


def test_every_model_is_described() -> None:
    assert not [name for name in names() if f"| `{name}` |" not in PAGE]


def test_every_setting_is_described() -> None:
    fields = {
        f"{name}.{field}": field
        for name in names()
        if name != "fallback"
        for field in recommender(name).Config.model_fields
    }
    assert not [where for where, field in fields.items() if f"| `{field}` |" not in PAGE]


@pytest.mark.parametrize("name", [name for name in names() if name != "fallback"])
def test_the_ranges_are_those_of_the_code(name: str) -> None:
    assert ranges_on("models.md", f"`{name}`") == ranges_of(recommender(name).Config)
