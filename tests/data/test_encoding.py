from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrreco.data import LearningData
from hrreco.data.encoding import CHUNK, as_utf8
from hrreco.errors import DataError

GOOD = "id,name\n1,Päivi Mäkelä\n".encode()


@pytest.mark.parametrize(
    ("before", "row"),
    [
        (GOOD, 3),
        (b"\xef\xbb\xbf" + GOOD, 3),
        (b"\n" + GOOD, 4),
        (GOOD + '2,"Kör,\nÅbo"\n'.encode(), 4),
        (GOOD + '2,"Kör\n'.encode(), 3),
        (GOOD * (CHUNK // len(GOOD) + 1), None),
    ],
)
def test_a_wrong_byte_in_utf8_is_named_with_its_row(before: bytes, row: int | None) -> None:
    row = row or before.count(b"\n") + 1
    words = rf"t\.csv: row {row} holds a byte .* \(0xE4, byte {len(before) + 4:,} of the file\)"
    with pytest.raises(DataError, match=words):
        as_utf8("t.csv", before + b"3,J\xe4nis\n4,Bj\xc3\xb6rn\n")


def test_a_character_cut_off_at_the_end_is_named() -> None:
    with pytest.raises(DataError, match=rf"row 2 .*0xC3, byte {len(GOOD) - 2} of"):
        as_utf8("t.csv", GOOD[:-2])


def test_rows_are_counted_whatever_ends_a_line() -> None:
    with pytest.raises(DataError, match=r"row 3 holds"):
        as_utf8("t.csv", GOOD.replace(b"\n", b"\r") + b"\xe4")


NORDIC = st.text(st.sampled_from("aeioäöåÄÖÅéÉøØæÆüß \n"), min_size=1)


@given(NORDIC)
def test_a_text_in_windows_encoding_is_read_and_noted(text: str) -> None:
    data = text.encode("cp1252")
    if not data.isascii():
        utf8, note = as_utf8("t.csv", data)
        assert utf8.decode() == text
        assert note.startswith("t.csv: read as Windows-1252")


def test_the_note_is_in_the_report(read: Callable[..., LearningData]) -> None:
    courses = "course_id,title\nC1,Hygienia töissä\n".encode("cp1252")
    notes = read(courses=courses).report.notes
    assert sum("courses.csv: read as Windows-1252" in note for note in notes) == 1
