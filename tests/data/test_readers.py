from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from hrreco.data.readers import ROW, TOO_MANY, find_tables, open_file
from hrreco.errors import DataError, MissingFileError


def test_a_column_is_read_under_its_new_name_and_no_other_is(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Id,Secret\n 1 ,x\n  ,y\n")
    frame = open_file(tmp_path / "t.csv").read({"course_id": "Id", "title": "Id"})
    assert frame.columns == [ROW, TOO_MANY, "course_id", "title"]
    assert frame.select(ROW, "course_id").rows() == [(2, "1"), (3, None)]


def test_parquet_keeps_its_types_and_reads_only_what_is_asked(tmp_path: Path) -> None:
    pl.DataFrame({"a": [1], "b": [date(2024, 1, 2)]}).write_parquet(tmp_path / "t.parquet")
    file = open_file(tmp_path / "t.parquet")
    assert file.columns == ("a", "b")
    assert file.read({"day": "b"}).select(ROW, "day").rows() == [(2, date(2024, 1, 2))]


def test_blanks_around_the_names_in_a_header_are_stripped_in_parquet_too(tmp_path: Path) -> None:
    pl.DataFrame({" a ": [1], "": [2]}).write_parquet(tmp_path / "t.parquet")
    file = open_file(tmp_path / "t.parquet")
    assert file.columns == ("a", "(column 2)")
    assert file.read({"x": "a", "y": "(column 2)"}).select("x", "y").rows() == [(1, 2)]
    pl.DataFrame({"a": [1], "a ": [2]}).write_parquet(tmp_path / "t.parquet")
    with pytest.raises(DataError, match="'a' stands twice"):
        open_file(tmp_path / "t.parquet")


def excel(path: Path, top: int = 0, sheets: int = 1) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Staff")
    sheet.write_row(top, 0, ["id", "day", "at", "hours", "flag"])
    sheet.write(top + 1, 0, 1001)
    sheet.write_datetime(top + 1, 1, datetime(2024, 1, 2), book.add_format({"num_format": 14}))
    at = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.write_datetime(top + 1, 2, datetime(2024, 1, 2, 13, 5), at)
    sheet.write(top + 1, 3, 2.5)
    sheet.write(top + 1, 4, True)
    sheet.write(top + 3, 0, "0012")
    for i in range(1, sheets):
        book.add_worksheet(f"Extra {i}")
    book.close()
    return path


def test_excel_cells_are_read_as_they_show(tmp_path: Path) -> None:
    file = open_file(excel(tmp_path / "t.xlsx"))
    frame = file.read({name: name for name in file.columns}).drop(TOO_MANY)
    first = ("1001", "2024-01-02 00:00:00", "2024-01-02 13:05:00", "2.5", "true")
    assert frame.drop(ROW).row(0) == first
    assert frame["id"].to_list() == ["1001", None, "0012"]
    assert frame[ROW].to_list() == [2, 3, 4]
    assert file.note == ""


def test_excel_rows_keep_their_numbers_below_blank_ones(tmp_path: Path) -> None:
    file = open_file(excel(tmp_path / "t.xlsx", top=3))
    assert file.read({"id": "id"})[ROW][0] == 5


def test_further_sheets_are_noted(tmp_path: Path) -> None:
    assert "not Extra 1, Extra 2" in open_file(excel(tmp_path / "t.xlsx", sheets=3)).note


@pytest.mark.parametrize("name", ["t.xlsx", "t.parquet"])
def test_a_file_that_is_not_what_it_is_called_is_one_clear_line(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"a,b\n1,2\n")
    with pytest.raises(DataError, match=f"{name} is not") as caught:
        open_file(tmp_path / name)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t.parquet"])
def test_a_file_of_no_bytes_is_empty_whatever_its_format(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    with pytest.raises(DataError, match=f"{name} is empty"):
        open_file(tmp_path / name)


def test_an_empty_sheet_is_an_error(tmp_path: Path) -> None:
    xlsxwriter.Workbook(tmp_path / "t.xlsx").close()
    with pytest.raises(DataError, match="is empty"):
        open_file(tmp_path / "t.xlsx")


def test_a_name_that_stands_twice_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b,a\n1,2,3\n")
    with pytest.raises(DataError, match="'a' stands twice"):
        open_file(tmp_path / "t.csv")


def test_tables_are_found_by_name_whatever_the_case(tmp_path: Path) -> None:
    for name in ("Employees.CSV", "events.parquet", "courses.xlsx", "notes.docx", ".events.csv"):
        (tmp_path / name).touch()
    found = find_tables(tmp_path, ["employees", "events", "courses", "sessions"])
    assert {table: path.name for table, path in found.items()} == {
        "employees": "Employees.CSV",
        "events": "events.parquet",
        "courses": "courses.xlsx",
    }


def test_two_files_for_one_table_are_an_error(tmp_path: Path) -> None:
    for name in ("events.csv", "events.parquet"):
        (tmp_path / name).touch()
    with pytest.raises(DataError, match=r"events\.csv and events\.parquet both hold"):
        find_tables(tmp_path, ["events"])


@pytest.mark.parametrize("what", ["missing", "file"])
def test_what_is_no_folder_is_named(tmp_path: Path, what: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MissingFileError, match=what):
        find_tables(tmp_path / what, [])
