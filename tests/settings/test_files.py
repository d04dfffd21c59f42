from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections import namedtuple
from pathlib import Path

import pytest

from hrreco.errors import DiskFullError, WorkspaceError
from hrreco.settings import check_target, is_disk_full, write_whole
from hrreco.settings.files import draft_of


@pytest.mark.parametrize("content", ["Päivi\r\n", b"\x00\xff"])
def test_texts_and_bytes_are_written_as_they_are(tmp_path: Path, content: str | bytes) -> None:
    (tmp_path / "f").write_text("a longer text that was there before")
    write_whole(tmp_path / "f", content)
    expected = content.encode() if isinstance(content, str) else content
    assert (tmp_path / "f").read_bytes() == expected


def test_what_is_private_only_its_owner_may_read(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("open to all")
    write_whole(tmp_path / "f", "secret", private=True)
    assert (tmp_path / "f").stat().st_mode & 0o777 == 0o600


def test_the_old_file_stands_until_the_draft_is_whole_and_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "f"
    path.write_text("old")
    seen: list[str] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        seen.append(path.read_text())
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    with draft_of(path) as draft:
        draft.write_text("new")
        assert draft.parent == tmp_path
        assert path.read_text() == "old"
    assert seen == ["old", "new"]  # the draft's contents, then the folder with its new name


def test_a_failure_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), draft_of(path) as draft:
        draft.write_text("ne")
        raise ZeroDivisionError
    assert [p.name for p in tmp_path.iterdir()] == ["f"]
    assert path.read_text() == "old"


def test_a_draft_that_cannot_take_its_place_is_removed(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        write_whole(tmp_path / "folder", "text")
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]


def test_a_draft_left_by_a_killed_process_is_no_part_of_the_new_one(tmp_path: Path) -> None:
    with draft_of(tmp_path / "f") as left_behind:
        name = left_behind.name
        left_behind.write_text("")
    (tmp_path / name).write_text("half of something")
    with draft_of(tmp_path / "f") as draft, draft.open("a") as file:
        file.write("whole")
    assert (tmp_path / "f").read_text() == "whole"


def failing_with(error: OSError, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(handle: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", fail)


def test_a_full_disk_is_said_of_the_file_that_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing_with(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), monkeypatch)
    with pytest.raises(DiskFullError, match=r"/f: the disk is full; free some space$"):
        write_whole(tmp_path / "f", "text")
    assert list(tmp_path.iterdir()) == []


def test_no_error_names_the_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing_with(PermissionError(errno.EACCES, "Permission denied", ".f.123"), monkeypatch)
    with pytest.raises(PermissionError) as caught:
        write_whole(tmp_path / "f", "text")
    assert (caught.value.filename, caught.value.errno) == (str(tmp_path / "f"), errno.EACCES)


Usage = namedtuple("Usage", "free")


@pytest.mark.parametrize(("free", "full"), [(4096, True), (1 << 30, False)])
def test_an_input_output_error_is_a_full_disk_where_there_is_no_room(
    free: int, full: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(free))
    assert is_disk_full(error, tmp_path) is full


def test_a_full_disk_is_seen_behind_whatever_was_made_of_it(tmp_path: Path) -> None:
    failed = RuntimeError("the engine failed")
    failed.__cause__ = OSError(errno.EDQUOT, "Disk quota exceeded")
    assert is_disk_full(failed, tmp_path)
    assert not is_disk_full(OSError(errno.EACCES, "Permission denied"), tmp_path)


def test_a_file_that_can_be_written_is_no_concern(tmp_path: Path) -> None:
    (tmp_path / "there.PNG").touch()
    for name in ("there.PNG", "new.html"):
        check_target(tmp_path / name, ".html", ".png")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("all.csv", "name it all.html or all.png"),
        ("all", "name it all.html or all.png"),
        ("folder.png", "name a file"),
        ("nowhere/all.png", "name a file in a folder that exists and may be written"),
        ("file/all.png", "name a file"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_before_the_work(
    name: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(WorkspaceError, match=said):
        check_target(tmp_path / name, ".html", ".png")
