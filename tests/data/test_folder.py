from __future__ import annotations

import os
from pathlib import Path

import pytest

from hrreco.data.folder import find_files
from hrreco.data.mapping import Mapping
from hrreco.errors import DataError, MissingFileError

MAPPED = Mapping.model_validate(
    {
        "ignore": ["survey.csv"],
        "employees": {"file": "people.csv"},
        "courses": {"file": "catalogue.csv"},
        "events": {"file": "log.csv"},
    }
)


def found(folder: Path, mapping: Mapping, *names: str, everything: bool = False) -> dict[str, str]:
    for name in names:
        (folder / name).touch()
    paths, _ = find_files(folder, mapping, everything=everything)
    return {table: path.name for table, path in paths.items()}


def notes(folder: Path, mapping: Mapping, *names: str) -> list[str]:
    for name in names:
        (folder / name).touch()
    return find_files(folder, mapping, everything=False)[1]


def test_files_are_those_that_the_mapping_names(tmp_path: Path) -> None:
    names = ("people.csv", "catalogue.csv", "log.csv", "sessions.csv", "survey.csv", "courses.csv")
    assert found(tmp_path, MAPPED, *names, everything=True) == {
        "employees": "people.csv",
        "courses": "catalogue.csv",
        "events": "log.csv",
        "sessions": "sessions.csv",
    }


def test_what_is_known_may_be_absent_and_is_noted(tmp_path: Path) -> None:
    assert found(tmp_path, MAPPED, "log.csv", "survey.csv") == {"events": "log.csv"}
    assert notes(tmp_path, MAPPED) == [
        "people.csv: not in the folder, so nothing new is read for employees",
        "catalogue.csv: not in the folder, so nothing new is read for courses",
        "survey.csv: left aside, as the mapping says",
    ]


def test_what_is_not_known_may_not_be_absent(tmp_path: Path) -> None:
    words = r"people\.csv: no such file, .* for employees; the folder holds log\.csv"
    with pytest.raises(MissingFileError, match=words):
        found(tmp_path, MAPPED, "log.csv", everything=True)


@pytest.mark.parametrize("everything", [True, False])
@pytest.mark.parametrize("name", ["peoples.csv", "people.xlsx"])
def test_a_file_that_seems_to_be_meant_is_offered(
    tmp_path: Path, name: str, everything: bool
) -> None:
    with pytest.raises(MissingFileError, match=rf"people\.csv: no such file.* mean '{name}'"):
        found(tmp_path, MAPPED, "log.csv", "catalogue.csv", name, everything=everything)


def test_an_ending_alone_does_not_make_two_names_alike(tmp_path: Path) -> None:
    assert found(tmp_path, MAPPED, "log.csv", "menu.csv") == {"events": "log.csv"}


def test_one_table_at_least_is_needed(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="no file for any table"):
        found(tmp_path, MAPPED, "survey.csv")


def ignoring(*names: str, **tables: object) -> Mapping:
    return Mapping.model_validate({"ignore": names, **tables})


def test_an_ignored_file_that_is_not_there_is_noted(tmp_path: Path) -> None:
    assert notes(tmp_path, ignoring("surveys.csv", "x.csv"), "events.csv", "survey.csv") == [
        "surveys.csv: not in the folder, though the mapping ignores it; "
        "did you mean 'survey.csv'?",
        "x.csv: not in the folder, though the mapping ignores it",
        "survey.csv: left aside, no table is read from it",
    ]


def test_a_slip_that_would_have_the_file_read_is_an_error(tmp_path: Path) -> None:
    mapping = ignoring("employee_skill.csv")
    with pytest.raises(MissingFileError, match=r"ignores 'employee_skill\.csv'.*_skills\.csv'\?"):
        found(tmp_path, mapping, "events.csv", "employee_skills.csv")


def test_a_file_that_the_mapping_names_is_not_taken_for_a_slip(tmp_path: Path) -> None:
    mapping = ignoring("old_events.csv", events={"file": "events.csv"})
    assert found(tmp_path, mapping, "events.csv") == {"events": "events.csv"}


def test_the_format_that_is_not_ignored_is_read(tmp_path: Path) -> None:
    assert found(tmp_path, ignoring("events.xlsx"), "events.csv") == {"events": "events.csv"}


@pytest.mark.parametrize("everything", [True, False])
@pytest.mark.parametrize("name", ["events.csv", "people.csv"])
@pytest.mark.parametrize("what", ["dangling link", "looping link", "folder", "pipe"])
def test_what_is_named_like_a_file_and_is_none_is_an_error(
    what: str, name: str, everything: bool, tmp_path: Path
) -> None:
    path = tmp_path / name
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("gone.csv" if what == "dangling link" else name)
    mapping = Mapping.model_validate({"employees": {"file": "people.csv"}})
    said = rf"{name}: is (a link that leads to no file|a folder|no file); put the file"
    with pytest.raises(DataError, match=said):
        found(tmp_path, mapping, "courses.csv", everything=everything)


def test_what_is_ignored_need_be_no_file(tmp_path: Path) -> None:
    (tmp_path / "events.csv").symlink_to("gone.csv")
    assert found(tmp_path, ignoring("events.csv"), "courses.csv") == {"courses": "courses.csv"}


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "events.csv").symlink_to("log.csv")
    assert found(tmp_path, ignoring(), "log.csv") == {"events": "events.csv"}
