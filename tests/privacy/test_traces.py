from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrreco.privacy.traces import search


def found(folder: Path, texts: set[str], allowed: set[str] | None = None) -> tuple[str, ...]:
    return search(folder, texts, allowed or set()).found


def test_every_file_is_looked_into_wherever_it_lies(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / ".hidden-wal").write_bytes(b"\0\1E000123Nurse\0")
    (tmp_path / "clean.bin").write_bytes(b"E000124")
    looked = search(tmp_path, {"E000123"})
    assert looked.found == ("a/.hidden-wal",)
    assert (looked.files, looked.bytes) == (2, 22)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_names_are_found_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "names").write_bytes("Maija Mäki".encode(encoding))
    assert found(tmp_path, {"Maija Mäki"})


def test_names_are_found_as_json_escapes_them(tmp_path: Path) -> None:
    (tmp_path / "names.json").write_text(json.dumps({"name": "Maija Mäki"}))
    assert found(tmp_path, {"Maija Mäki"})


def test_a_longer_id_of_somebody_else_is_no_trace(tmp_path: Path) -> None:
    (tmp_path / "db").write_bytes(b"..person-17Nurse..person-170")
    assert found(tmp_path, {"person-17"}, {"person-170"}) == ("db",)
    (tmp_path / "db").write_bytes(b"..person-170Nurse..")
    assert found(tmp_path, {"person-17"}, {"person-170"}) == ()
    assert found(tmp_path, {"person-17"}) == ("db",)


def test_what_is_found_by_chance_counts_as_a_word_of_its_own_only(tmp_path: Path) -> None:
    (tmp_path / "db").write_bytes(b"20241 x2024 a7b 17:2")
    assert found(tmp_path, {"2024"}) == ()
    assert found(tmp_path, {"7"}) == ()
    (tmp_path / "db").write_bytes(b'{"id": "2024", "n": 7}')
    assert found(tmp_path, {"2024"}) == ("db",)
    assert found(tmp_path, {"7"}) == ("db",)


@settings(max_examples=30)  # each writes and reads 4 MB
@given(st.binary(max_size=5000), st.integers(0, 5000))
def test_a_text_is_found_at_any_place_across_the_chunks_that_are_read(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int
) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    place = min(at, len(noise))
    before = b"\0" * ((1 << 22) - 3)  # so that the text lies where one chunk ends
    for start in (b"", before):
        content = start + noise[:place] + b"employee-0042" + noise[place:]
        (folder / "file").write_bytes(content)
        assert found(folder, {"employee-0042"}) == ("file",)


def test_nothing_is_looked_for_where_no_text_is_given(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"anything")
    assert found(tmp_path, set()) == ()
