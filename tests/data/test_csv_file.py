from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrreco.data.csv_file import CsvFile
from hrreco.errors import DataError


def rows_of(path: Path, content: bytes) -> list[tuple[object, ...]]:
    path.write_bytes(content)
    file = CsvFile.open(path)
    return file.read(range(len(file.header)))[0].rows()


def opened(path: Path, content: bytes) -> CsvFile:
    path.write_bytes(content)
    return CsvFile.open(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


TEXT = "id,naam\nÅ1,Päivi 😀\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings_give_the_same_text(path: Path, encoding: str) -> None:
    assert rows_of(path, TEXT.encode(encoding)) == [("Å1", "Päivi 😀")]
    assert CsvFile.open(path).header == ("id", "naam")


def test_what_is_packed_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "table.csv.GZ"
    assert rows_of(path, gzip.compress(TEXT.encode())) == [("Å1", "Päivi 😀")]
    whole = path.read_bytes()
    for broken in (whole[:12], whole[:-1], TEXT.encode(), whole[:10] + b"\xff" + whole[11:]):
        with pytest.raises(DataError, match=r"table\.csv\.GZ is no whole gzip file"):
            opened(path, broken)


def test_what_is_not_unicode_is_read_as_windows_text(path: Path) -> None:
    assert rows_of(path, "id,name\nÅ1,5 €\n".encode("cp1252")) == [("Å1", "5 €")]
    assert "table.csv: read as Windows-1252" in CsvFile.open(path).note
    assert opened(path, TEXT.encode()).note == ""


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_one_that_splits_the_header(path: Path, delimiter: str) -> None:
    content = f'a{delimiter}"b,;x"\n1{delimiter}"2,5;3"\n'.encode()
    assert rows_of(path, content) == [("1", "2,5;3")]
    assert CsvFile.open(path).header == ("a", "b,;x")


def test_the_delimiter_that_excel_names_is_used(path: Path) -> None:
    file = opened(path, b"sep=;\r\na;b\r\n1;2\r\n")
    assert (file.header, file.first_row) == (("a", "b"), 3)
    assert file.read([0, 1])[0].rows() == [("1", "2")]


def test_a_quotation_mark_is_no_delimiter(path: Path) -> None:
    assert opened(path, b'sep="\na,b\n1,2\n').header == ('sep="',)


def test_rows_are_numbered_as_a_spreadsheet_does(path: Path) -> None:
    assert opened(path, b"\n\na,b\n1,2\n").first_row == 4


def test_blank_rows_at_the_end_are_no_rows_but_those_between_are(path: Path) -> None:
    assert len(rows_of(path, b"a,b\n1,2\n\n3,4\n\n\n")) == 3


def test_old_and_new_line_ends(path: Path) -> None:
    for end in (b"\n", b"\r\n", b"\r"):
        assert rows_of(path, end.join([b"a,b", b"1,2", b"3,4"])) == [("1", "2"), ("3", "4")]


@pytest.mark.parametrize("extra", ["9", ",9", ",,,9", "," * 30 + "9", '"9"'])
def test_rows_with_too_many_fields_are_told(path: Path, extra: str) -> None:
    file = opened(path, f"a,b\n1,2\n1,2,{extra}\n3,4\n".encode())
    frame, too_many = file.read([0, 1])
    assert too_many == [False, True, False]
    assert frame.rows() == [("1", "2"), ("1", "2"), ("3", "4")]


def test_a_stray_zero_byte_is_a_part_of_its_cell_wherever_it_stands(path: Path) -> None:
    content = b"a,b\n1\0,2\n" + b"3,4\n" * 5000 + b"5,6\0\n"
    rows = rows_of(path, content)
    assert (rows[0], rows[1], rows[-1]) == (("1\0", "2"), ("3", "4"), ("5", "6\0"))


def test_a_blank_field_too_many_is_no_fault(path: Path) -> None:
    assert opened(path, b"a,b\n1,2,\n3,4,,\n").read([0])[1] == [False, False]


def test_misplaced_quotation_marks_cost_no_other_row(path: Path) -> None:
    content = b'a,b,c\n1,2,3\n4,5" wide,6\n4,"5" x,6\n7,8,9\n'
    assert [row[0] for row in rows_of(path, content)] == ["1", "4", "4", "7"]


def test_an_open_quotation_mark_is_an_error_with_its_row(path: Path) -> None:
    with pytest.raises(DataError, match=r"opened in row 3 is never closed"):
        rows_of(path, b'a,b\n1,2\n3,"4\n5,6\n')


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n", "is empty"),
        (b"PK\x03\x04\x00\x00", "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        ("a,b\n1,2\n".encode("utf-16-le"), "unmarked encoding; save it as UTF-8"),
        (b'a,"b\n1,2\n3,4\n', r"header cannot be read .*quotation mark that is never closed"),
        (b'a,"b\n1,"2"\n3,4\n', r"header cannot be read .*quotation mark"),
        (b'a,"b\n' + b"1,2\n" * 40_000, "header cannot be read"),
        (b"a,b\r1,2\n3,4\r\n", r"header cannot be read .*strange line end"),
        (b"a,b\n\x81,1\n", "save it as UTF-8"),
    ],
)
def test_what_is_no_csv_file_is_one_clear_error(path: Path, content: bytes, words: str) -> None:
    with pytest.raises(DataError, match=words):
        opened(path, content)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8)


@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=12))
def test_every_cell_is_read_as_python_reads_it(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([["first", "second"], *rows, ["end", "end"]])
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    frame, too_many = CsvFile.open(path).read([0, 1])
    padded = [[*row, ""][:2] for row in [*rows, ["end", "end"]]]
    assert [[cell or "" for cell in row] for row in frame.rows()] == padded
    assert too_many == [any(row[2:]) for row in [*rows, ["end", "end"]]]


def test_one_quoted_column_is_a_table(path: Path) -> None:
    assert opened(path, b'"a"').header == ("a",)
