"""Reading one CSV file as text: any usual encoding and delimiter, and no row lost.

The quick way is the reader of polars. It cannot say where a row has several fields too many or
where quotation marks are astray, so a file with such rows is read again by Python's patient one.
"""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from hrreco.data.encoding import CHUNK, as_utf8
from hrreco.errors import DataError

_DELIMITERS = ",;\t"
_SPARE_COLUMNS = (1, 16)
"""How many fields too many the quick reader looks for: first cheaply, then with more room."""

_LONGEST_CELL = 1 << 27


@dataclass(frozen=True)
class CsvFile:
    """One CSV file, its header read and its rows not yet.

    Attributes
    ----------
    header
        The names of its columns, as they stand there.
    first_row
        The number of the first row below the header, as a spreadsheet counts.
    body
        The whole file in UTF-8, from the header on.
    note
        What there is to say of its encoding; empty if nothing is.
    """

    name: str
    header: tuple[str, ...]
    delimiter: str
    first_row: int
    body: bytes
    note: str

    @classmethod
    def open(cls, path: Path) -> CsvFile:
        """Read the file at `path`, and find its encoding, its delimiter and its header.

        One whose name ends in ``.gz`` is unpacked.

        Raises
        ------
        DataError
            When it is empty, torn, no text file, or its header cannot be read.
        """
        data, note = as_utf8(path.name, _contents(path))
        if b"\n" not in data:
            data = data.replace(b"\r", b"\n")
        text = data.lstrip(b"\r\n")
        rows_above = data[: len(data) - len(text)].count(b"\n")
        if excel_hint := re.match(rb'sep=([^"\r\n])\r?\n', text):
            text = text[excel_hint.end() :]
            rows_above += 1
        if not text.strip():
            raise DataError(f"{path.name} is empty; its first row must name the columns")
        given = excel_hint.group(1).decode() if excel_hint else None
        try:
            header, delimiter = _header(text, given)
        except csv.Error as error:
            raise DataError(
                f"{path.name}: its header cannot be read ({error}); look there for a quotation "
                "mark that is never closed or misplaced, and for a strange line end"
            ) from None
        return cls(path.name, header, delimiter, rows_above + 2, text.rstrip(b"\r\n"), note)

    def read(self, positions: Sequence[int]) -> tuple[pl.DataFrame, list[bool]]:
        """Return the columns at `positions` as text, and which rows have too many fields.

        Raises
        ------
        DataError
            When a quotation mark is never closed.
        """
        wanted = sorted(set(positions))
        for spare in _SPARE_COLUMNS:
            with contextlib.suppress(pl.exceptions.PolarsError):
                return self._read_quickly(wanted, spare)
        return self._read_patiently(wanted)

    def _read_quickly(self, wanted: list[int], spare: int) -> tuple[pl.DataFrame, list[bool]]:
        """Read with polars; fails where quotes are astray or a row has more than `spare` extra."""
        width = len(self.header)
        frame = pl.read_csv(
            self.body,
            has_header=False,
            skip_rows=1,
            schema={f"column_{i}": pl.String for i in range(width + spare)},
            columns=[*wanted, *range(width, width + spare)],
            separator=self.delimiter,
            missing_columns="insert",
            extra_columns="raise",
            truncate_ragged_lines=False,
        )
        extra = [pl.col(f"column_{i}").is_not_null() for i in range(width, width + spare)]
        too_many = frame.select(pl.any_horizontal(extra)).to_series().to_list()
        return frame.select(f"column_{i}" for i in wanted), too_many

    def _read_patiently(self, wanted: list[int]) -> tuple[pl.DataFrame, list[bool]]:
        width = len(self.header)
        cells: list[list[str | None]] = [[] for _ in wanted]
        too_many = []
        for row in self._patient_rows():
            too_many.append(any(row[width:]))
            for column, i in zip(cells, wanted, strict=True):
                column.append(row[i] if i < len(row) else None)
        names = [f"column_{i}" for i in wanted]
        columns = dict(zip(names, cells, strict=True))
        return pl.DataFrame(columns, schema=dict.fromkeys(names, pl.String)), too_many

    def _patient_rows(self) -> Iterator[list[str]]:
        """Give the rows below the header, and make sure that the last one really ends."""
        end = "hrreco: the end of the file"
        text = re.sub(r"\r(?!\n)", " ", self.body.decode())
        reader = csv.reader(io.StringIO(f"{text}\n{end}\n", newline=""), delimiter=self.delimiter)
        limit_before = csv.field_size_limit(_LONGEST_CELL)
        try:
            header = next(reader)
            row, count = next(reader, header), 0
            for following in reader:
                yield row
                row, count = following, count + 1
        except csv.Error as error:
            raise DataError(f"{self.name} is not a CSV file: {error}") from None
        finally:
            csv.field_size_limit(limit_before)
        if row != [end]:
            raise DataError(
                f"{self.name}: a quotation mark that is opened in row {count + self.first_row} "
                "is never closed"
            )


def _contents(path: Path) -> bytes:
    packed = path.read_bytes()
    if path.suffix.casefold() != ".gz":
        return packed
    try:
        return gzip.decompress(packed)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DataError(
            f"{path.name} is no whole gzip file ({error}); fetch it again, or unpack it"
        ) from None


def _header(text: bytes, delimiter: str | None) -> tuple[tuple[str, ...], str]:
    """Return the names in the first row, and the delimiter: the likeliest, if not given."""
    if delimiter is None:
        first_row = re.sub(rb'"[^"]*"', b"", text[:CHUNK]).partition(b"\n")[0]
        delimiter = max(_DELIMITERS, key=lambda sign: first_row.count(sign.encode()))
    return tuple(name.strip() for name in _first_row(text, delimiter)), delimiter


def _first_row(text: bytes, delimiter: str) -> list[str]:
    lines = (line.decode() for line in io.BytesIO(text))
    return next(csv.reader(lines, delimiter=delimiter, strict=True))
