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
        ("timezone = 'localtime'", "unknown time zone 'localtime'; name a place"),
        ("timezone = 'Factory'", "unknown time zone 'Factory'; name a place"),
        ("timezone = 'right/Europe/Helsinki'", "did you mean 'Europe/Helsinki'?"),
        ("timezone = 'Europe'", "unknown time zone 'Europe'"),
        ("timezone = '../UTC'", "unknown time zone '../UTC'"),
        ("timezone = ''", "unknown time zone ''"),
        ("[events.completed]\nevidence = nan", "events.completed.evidence"),
        ("[eligibility]\ndismissed_days = inf", "eligibility.dismissed_days"),
        ("[eligibility]\ndismissed_days = 1000000000", "eligibility.dismissed_days"),
        ("[events.completed]\nevidence = 2", "events.completed.evidence"),
        ("min_people = 4", "min_people"),
        (
            "[necessity.wages.pay]\npurpose = 'x'",
            "no personal table 'wages'; there are employee_skills, employees, events",
        ),
        ("xyz = 1", "unknown key 'xyz'; known are audit, auth, database, eligibility, events,"),
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


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("HRRECO_TIMEZONE", "Europe/Helsinky", "did you mean 'Europe/Helsinki'?"),
        ("hrreco_min_people", "3", "HRRECO_MIN_PEOPLE: min_people"),
        ("HRRECO_ELIGIBILITY__IN_PROGRESS_DAYS", "ten", "eligibility.in_progress_days"),
        ("HRRECO_ELIGIBILITY__IN_PROGRES", "3", "unknown key 'eligibility.in_progres'"),
        ("HRRECO_ELIGIBILITY", '{"in_progress_days": -1}', "eligibility.in_progress_days"),
        ("HRRECO_ELIGIBILITY", "{", "'{' is no JSON"),
        ("HRRECO_EVENTS__COMPLETED", "{", "'{' is no JSON"),
        ("HRRECO_LANGUGE", "fi", "no such setting; did you mean 'HRRECO_LANGUAGE'?"),
        ("hrreco_workspce", "acme", "did you mean 'HRRECO_WORKSPACE'?"),
        (
            "HRRECO_ELIGIBILTY__DISMISSED_DAYS",
            "3",
            "did you mean 'HRRECO_ELIGIBILITY__DISMISSED_DAYS'?",
        ),
        (
            "HRRECO_ELIGIBILITY_DISMISSED_DAYS",
            "3",
            "did you mean 'HRRECO_ELIGIBILITY__DISMISSED_DAYS'?",
        ),
        ("HRRECO_XYZ__A", "1", "known are HRRECO_AUDIT, HRRECO_AUDIT_KEY, HRRECO_AUTH,"),
    ],
)
def test_a_mistake_in_the_environment_is_not_the_file_s(
    variable: str, value: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as caught:
        read_toml(write(tmp_path, 'language = "fi"'), Settings)
    assert str(caught.value).startswith(f"{variable.upper()}: ")
    assert said in str(caught.value)


def test_what_a_cluster_sets_beside_a_service_is_no_setting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HRRECO_SERVICE_HOST", "10.0.0.7")
    monkeypatch.setenv("HRRECO_PORT_8000_TCP", "tcp://10.0.0.7:8000")
    assert Settings().language == "en"


def test_the_workspace_of_commands_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRRECO_WORKSPACE", "acme")
    assert Settings() == parse({}, Settings, source="here")


def test_a_misspelt_variable_is_found_from_python_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRRECO_LANGUGE", "fi")
    with pytest.raises(SettingsError, match="HRRECO_LANGUGE: no such setting"):
        Settings()


def test_a_mistake_in_the_file_is_not_the_environment_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRRECO_LANGUAGE", "sv")
    path = write(tmp_path, "min_people = 4")
    with pytest.raises(SettingsError) as caught:
        read_toml(path, Settings)
    assert str(caught.value).startswith(f"{path}: min_people")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"timezone": "Europe/Helsinky"}, "^timezone: .*did you mean 'Europe/Helsinki'"),
        ({"langage": "fi"}, "^unknown key 'langage'; did you mean 'language'"),
    ],
)
def test_a_mistake_in_python_is_an_error_of_hrreco_s(values: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        Settings(**values)  # type: ignore[arg-type]
    with pytest.raises(SettingsError, match=said):
        Settings.model_validate(values)
