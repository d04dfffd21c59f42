"""The page of settings names every setting there is."""

from pathlib import Path

from pydantic import BaseModel

from hrreco.settings import EventMeaning, PersonalColumn, Settings
from hrreco.settings.settings import EligibilitySettings, QualitySettings
from hrreco.training import TrainConfig

PAGE = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
DESCRIBED: tuple[type[BaseModel], ...] = (
    Settings,
    EligibilitySettings,
    QualitySettings,
    EventMeaning,
    PersonalColumn,
    TrainConfig,
)


def test_every_setting_is_described() -> None:
    missing = [
        f"{model.__name__}.{name}"
        for model in DESCRIBED
        for name in model.model_fields
        if f"`{name}`" not in PAGE
    ]
    assert not missing
