"""The page of models names every model and every setting there is."""

from pathlib import Path

import pytest

from hrreco.evaluation import METRICS
from hrreco.models import names, recommender

from .settings_tables import ranges_of, ranges_on

PAGE = (Path(__file__).parents[2] / "docs" / "models.md").read_text(encoding="utf-8")


def test_every_model_is_described() -> None:
    assert not [name for name in names() if f"| `{name}` |" not in PAGE]


@pytest.mark.parametrize(
    "word", [*(f"{name}@k" for name in (*METRICS, "coverage")), "cold_start", "warm"]
)
def test_every_measure_is_defined(word: str) -> None:
    assert f"`{word}`" in PAGE.split("## What is measured")[1].split("## Figures")[0]


@pytest.mark.parametrize("name", [name for name in names() if name != "fallback"])
def test_every_setting_is_described_with_its_range(name: str) -> None:
    assert ranges_on("models.md", f"`{name}`") == ranges_of(recommender(name).Config)
