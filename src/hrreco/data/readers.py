"""One table file, of whatever format, as a header first and as rows of cells when asked."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from hrreco.data.csv_file import CsvFile
from hrreco.errors import DataError, MissingFileError

ROW = " row"
"""The column of row numbers, as a spreadsheet shows them: the header is row 1.

Its name starts with a blank, so that no column of a file can be called the same.
"""

TOO_MANY = " too many fields"
"""The column that says which rows of a CSV file have more fields than the header."""

UNNAMED = "(column "
"""How the names of columns without one begin, such as ``(column 5)``."""

SUFFIXES = (".csv", ".tsv", ".txt", ".parquet", ".xlsx", ".xlsm", ".xls", ".ods")

_ReadColumns = Callable[[Sequence[str]], pl.DataFrame]


@dataclass(frozen=True)
class TableFile:
    """One file or frame that holds one table.

    Attributes
    ----------
    name
        As errors and reports call it.
    columns
        The names in its header. A column without one is called ``(column 5)``.
    note
        What of the file is left aside or doubtful, in words; empty if nothing is.
    """

    name: str
    columns: tuple[str, ...]
    _read: _ReadColumns
    note: str = ""

    def read(self, wanted: Mapping[str, str]) -> pl.DataFrame:
        """Return some columns under new names, and no other: they are not even looked at.

        Parameters
        ----------
        wanted
            The file's own name of each column, by the name it is to have.

        Returns
        -------
        DataFrame
            The columns, and `ROW` and `TOO_MANY`. Blanks around texts are stripped; what is
            empty then is null.
        """
        frame = self._read(tuple(dict.fromkeys(wanted.values())))
        renamed = (pl.col(theirs).alias(ours) for ours, theirs in wanted.items())
        texts = pl.col(pl.String).str.strip_chars()
        return (
            frame.select(ROW, TOO_MANY, *renamed)
            .with_columns(pl.col(pl.Categorical, pl.Enum).cast(pl.String))
            .with_columns(pl.when(texts != "").then(texts))
        )


def find_tables(
    folder: Path, tables: Collection[str], ignore: Collection[str] = ()
) -> dict[str, Path]:
    """Return the files that are named after `tables`, by table, but for those to `ignore`.

    Raises
    ------
    DataError
        When two files are named after one table, or what is named after one is no file.
    """
    found: dict[str, Path] = {}
    for path in _visible(folder):
        table = path.stem.casefold()
        is_table = table in tables and path.suffix.casefold() in SUFFIXES
        if not is_table or path.name in ignore:
            continue
        refuse_no_file(path)
        if table in found:
            raise DataError(
                f"{folder}: {found[table].name} and {path.name} both hold the table {table}; "
                "leave one of them, or name the right one in a mapping"
            )
        found[table] = path
    return found


def files_in(folder: Path) -> list[Path]:
    """Return the visible files of a folder, by name.

    Raises
    ------
    MissingFileError
        When there is no such folder.
    """
    return [path for path in _visible(folder) if path.is_file()]


def refuse_no_file(path: Path) -> None:
    """Make sure that what lies at `path`, if anything does, is a file.

    Raises
    ------
    DataError
        When it is a folder, or a link that leads nowhere.
    """
    if path.is_file() or not os.path.lexists(path):
        return
    what = "is a link that leads to no file" if path.is_symlink() else "is no file"
    what = "is a folder" if path.is_dir() else what
    raise DataError(f"{path}: {what}; put the file in its place, or take it away")


def _visible(folder: Path) -> list[Path]:
    if not folder.is_dir():
        what = "is a file; give the folder it is in" if folder.exists() else "no such folder"
        raise MissingFileError(f"{folder}: {what}")
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def open_file(path: Path) -> TableFile:
    """Read the header of a CSV, Parquet or Excel file.

    Raises
    ------
    DataError
        When the file is empty, is not of the format that its name says, or has no header, or one
        name stands twice in it.
    """
    if not path.stat().st_size:
        raise DataError(f"{path.name} is empty; its first row must name the columns")
    suffix = path.suffix.casefold()
    if suffix == ".parquet":
        return _open_parquet(path)
    if suffix in {".xlsx", ".xlsm", ".xls", ".ods"}:
        return _open_excel(path)
    return _open_csv(path)


def _open_csv(path: Path) -> TableFile:
    file = CsvFile.open(path)
    names = named(path.name, file.header)

    def read(wanted: Sequence[str]) -> pl.DataFrame:
        # The first column is always read: without any, rows could not be counted.
        positions = {name: names.index(name) for name in wanted}
        frame, too_many = file.read([*positions.values(), 0])
        chosen = [pl.col(f"column_{i}").alias(name) for name, i in positions.items()]
        rows = pl.Series(ROW, range(file.first_row, file.first_row + len(frame)), pl.UInt32)
        return frame.select(*chosen, rows, pl.Series(TOO_MANY, too_many, pl.Boolean))

    return TableFile(path.name, names, read, file.note)


def _open_parquet(path: Path) -> TableFile:
    try:
        theirs = list(pl.read_parquet_schema(path))
    except pl.exceptions.PolarsError as error:
        raise DataError(f"{path.name} is not a Parquet file: {_first_line(error)}") from None
    names = named(path.name, theirs)
    own_name = dict(zip(names, theirs, strict=True))

    def read(wanted: Sequence[str]) -> pl.DataFrame:
        chosen = [pl.col(own_name[name]).alias(name) for name in wanted]
        try:
            return numbered(pl.scan_parquet(path).select(chosen)).collect()
        except pl.exceptions.PolarsError as error:
            raise DataError(f"{path.name} is damaged: {_first_line(error)}") from None

    return TableFile(path.name, names, read)


def _open_excel(path: Path) -> TableFile:
    import fastexcel

    try:
        book = fastexcel.read_excel(path)
        grid = book.load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_polars()
    except fastexcel.FastExcelError as error:
        raise DataError(f"{path.name} is not an Excel file: {_first_line(error)}") from None
    filled = grid.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    if not filled.any():
        raise DataError(f"{path.name} is empty; its first row must name the columns")
    top = filled.to_list().index(True)
    frame = grid[top + 1 :]
    frame.columns = list(named(path.name, [name or "" for name in grid.row(top)]))
    note = f"{path.name}: only its first sheet is read, not {', '.join(book.sheet_names[1:])}"
    note = note if len(book.sheet_names) > 1 else ""

    def read(wanted: Sequence[str]) -> pl.DataFrame:
        return numbered(frame.lazy().select(wanted), first_row=top + 2).collect()

    return TableFile(path.name, tuple(frame.columns), read, note)


def numbered(frame: pl.LazyFrame, first_row: int = 2) -> pl.LazyFrame:
    """Add the columns `ROW` and `TOO_MANY` to rows of which none has too many fields."""
    rows = pl.int_range(first_row, pl.len() + first_row, dtype=pl.UInt32)
    return frame.with_columns(rows.alias(ROW), pl.lit(False).alias(TOO_MANY))


def named(file: str, header: Sequence[str]) -> tuple[str, ...]:
    """Return names without blanks around them, and one for each column that has none.

    Raises
    ------
    DataError
        When a name stands twice.
    """
    names = tuple(
        name.strip() or f"{UNNAMED}{number})" for number, name in enumerate(header, start=1)
    )
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise DataError(
            f"{file}: the column {twice[0]!r} stands twice in the header; rename one of them"
        )
    return names


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
