from pathlib import Path

import pytest

from hrreco.errors import SettingsError, UnknownIdError
from hrreco.settings import read_toml
from hrreco.training import Recipe, TrainConfig

ROOT = Path(__file__).parents[2]


def read(folder: Path, text: str) -> TrainConfig:
    path = folder / "train.toml"
    path.write_text(text, encoding="utf-8")
    return read_toml(path, TrainConfig)


def test_a_recipe_names_every_setting_so_that_two_can_be_compared(tmp_path: Path) -> None:
    short = read(tmp_path, 'models = ["als"]').recipes[0]
    long = read(tmp_path, f'models = ["als"]\nsettings.als.factors = {short.settings["factors"]}')
    assert long.recipes == (short,)


def test_the_seed_reaches_every_model_that_takes_one(tmp_path: Path) -> None:
    config = read(tmp_path, 'models = ["als", "lightfm", "ease"]\nseed = 9')
    seeds = {recipe.name: recipe.settings.get("seed") for recipe in config.recipes}
    assert seeds == {"als": 9, "lightfm": 9, "ease": None}


def test_the_example_config_can_be_used() -> None:
    config = read_toml(ROOT / "configs" / "train.toml", TrainConfig)
    assert config.recipes[1].settings["factors"] == 32


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("modles = ['ease']", "did you mean 'models'?"),
        ("[settings.als]\nfactor = 3", "did you mean 'factors'?"),
        ("choose_share = 0.9", "choose_share"),
        ("models = []", "models"),
        ("models = ['eese']", "models: unknown model 'eese'; did you mean 'ease'?"),
        ("[settings.asl]\nfactors = 3", "settings: unknown model 'asl'; did you mean 'als'?"),
        ("models = ['ease', 'als', 'ease']", "models: 'ease' is named more than once"),
        ("models = ['ease', 'popularity']", "models: 'popularity' is the rules, which always"),
        ("models = ['fallback']", "models: 'fallback' is how every learned model serves"),
        ("settings.popularity = {}", "settings: 'popularity' is the rules"),
        ("fit_seconds = inf", "fit_seconds"),
        ("gate_share = nan", "gate_share"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, text)
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / "train.toml"))


def test_a_mistake_in_python_is_an_error_of_hrreco_s() -> None:
    with pytest.raises(SettingsError, match="did you mean 'models'"):
        TrainConfig(modles=("ease",))  # type: ignore[call-arg]


def test_an_unknown_model_is_named_with_the_close_match() -> None:
    with pytest.raises(UnknownIdError, match="did you mean 'ease'"):
        Recipe.complete("eese", {}, 0)
