from pathlib import Path

import pytest

from hrreco.errors import MissingFileError, SettingsError
from hrreco.settings import Settings, parse, read_toml


def write(folder: Path, text: str) -> Path:
    path = folder / "hrreco.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    settings = read_toml(write(tmp_path, 'language = "fi"'), Settings)
    assert (settings.language, settings.timezone) == ("fi", "Europe/Helsinki")


def test_a_kind_of_event_is_added_to_the_register_and_not_put_in_its_place(tmp_path: Path) -> None:
    settings = read_toml(write(tmp_path, "[events.watched]\nevidence = 0.3"), Settings)
    assert settings.events["watched"].evidence == 0.3
    assert settings.events["completed"].relevant


def test_a_company_adds_personal_columns_to_the_register(tmp_path: Path) -> None:
    text = '[necessity.employees.cost_centre]\npurpose = "who pays"'
    register = read_toml(write(tmp_path, text), Settings).necessity
    assert {"cost_centre", "role"} <= set(register["employees"])


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRRECO_LANGUAGE", "sv")
    assert read_toml(write(tmp_path, 'language = "fi"'), Settings).language == "sv"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("langage = 'fi'", "unknown key 'langage'; did you mean 'language'?"),
        ("[eligibility]\nin_progres_days = 3", "did you mean 'in_progress_days'?"),
        ("timezone = 'Europe/Helsinky'", "did you mean 'Europe/Helsinki'?"),
        ("[events.completed]\nevidence = 2", "events.completed.evidence"),
        ("min_people = 4", "min_people"),
        ("[necessity.wages.pay]\npurpose = 'x'", "no personal table 'wages'"),
        ("language = ", "not a TOML file"),
    ],
)
def test_a_mistake_is_named_with_its_file(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        read_toml(path, Settings)
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(path))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match=r"none\.toml: no such file"):
        read_toml(tmp_path / "none.toml", Settings)


def test_settings_cannot_be_changed() -> None:
    settings = parse({}, Settings, source="here")
    with pytest.raises(ValueError, match="frozen"):
        settings.language = "fi"
