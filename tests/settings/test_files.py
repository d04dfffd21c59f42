from __future__ import annotations

import os
from pathlib import Path

import pytest

from hrreco.settings import draft_of, write_whole


@pytest.mark.parametrize("content", ["Päivi\r\n", b"\x00\xff"])
def test_texts_and_bytes_are_written_as_they_are(tmp_path: Path, content: str | bytes) -> None:
    (tmp_path / "f").write_text("a longer text that was there before")
    write_whole(tmp_path / "f", content)
    expected = content.encode() if isinstance(content, str) else content
    assert (tmp_path / "f").read_bytes() == expected


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
