"""The page of settings names every setting there is."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from hrreco.settings import EventMeaning, PersonalColumn, Settings
from hrreco.settings.auth import AuthSettings, OidcSettings
from hrreco.settings.limits import LimitSettings
from hrreco.settings.sections import (
    AuditSettings,
    EligibilitySettings,
    PathSettings,
    QualitySettings,
)
from hrreco.settings.web import WebSettings
from hrreco.training import TrainConfig

from .settings_tables import ranges_of, ranges_on

PAGE = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
DESCRIBED: tuple[type[BaseModel], ...] = (
    Settings,
    EligibilitySettings,
    PathSettings,
    AuditSettings,
    AuthSettings,
    OidcSettings,
    LimitSettings,
    WebSettings,
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


@pytest.mark.parametrize(
    ("heading", "model"),
    [
        ("`hrreco.toml`, in the workspace", Settings),
        ("`[eligibility]`", EligibilitySettings),
        ("`[paths]`", PathSettings),
        ("`[audit]`", AuditSettings),
        ("`[auth]`", AuthSettings),
        ("`[auth.oidc]`", OidcSettings),
        ("`[limits]`", LimitSettings),
        ("`[web]`", WebSettings),
        ("`[events.KIND]`: what an event means", EventMeaning),
        ("`[necessity.TABLE.COLUMN]`: a personal column that may be read", PersonalColumn),
        ("A training's own file, for `hrreco train --config FILE`", TrainConfig),
    ],
)
def test_the_ranges_are_those_of_the_code(heading: str, model: type[BaseModel]) -> None:
    assert ranges_on("settings.md", heading) == ranges_of(model)
