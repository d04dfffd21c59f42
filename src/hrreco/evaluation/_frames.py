"""Reading the few columns that an evaluation of files needs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from hrreco.data.readers import ROW, files_in, open_file
from hrreco.errors import DataError, MissingColumnError, MissingFileError, close_match

_TEXTS = pl.List(pl.String)


def read_ids(path: Path) -> pl.DataFrame:
    """Return the columns `employee_id` and `course_id` of a file, as text.

    Raises
    ------
    MissingFileError, MissingColumnError
        With the close match.
    DataError
        When the file cannot be read, has no rows, or a row without an id.
    """
    names = ("employee_id", "course_id")
    frame = _read(path, required=names)
    for name in names:
        if frame[name].null_count():
            row = frame[ROW].filter(frame[name].is_null())[0]
            raise DataError(f"{path}: row {row} has no {name}")
    return frame.select(names)


def read_courses(path: Path) -> pl.DataFrame:
    """Return `course_id`, `text`, `skills` and `tags` of a file of courses, one row a course.

    The first row of an id counts. Skills lose their levels (``sql:2``).

    Raises
    ------
    MissingFileError, MissingColumnError, DataError
        As for `read_ids`.
    """
    frame = _read(
        path, required=("course_id", "title"), optional=("description", "skills", "tags")
    )
    text = [pl.col(name).cast(pl.String) for name in ("title", "description") if name in frame]
    return (
        frame.drop_nulls("course_id")
        .unique("course_id", keep="first", maintain_order=True)
        .select(
            "course_id",
            pl.concat_str(text, separator="\n", ignore_nulls=True).alias("text"),
            _list(frame, "skills").list.eval(pl.element().str.replace(r":\d+$", "")),
            _list(frame, "tags"),
        )
    )


def _list(frame: pl.DataFrame, name: str) -> pl.Expr:
    """Return a column of texts: as it is, from text with ``|``, or empty for any other form."""
    if name not in frame or frame.schema[name] not in (pl.String, _TEXTS):
        return pl.lit([], dtype=_TEXTS).alias(name)
    column = pl.col(name)
    if frame.schema[name] == pl.String:
        column = column.str.split("|").list.eval(pl.element().str.strip_chars())
    return column.fill_null([]).list.eval(pl.element().filter(pl.element() != ""))


def _read(path: Path, *, required: Sequence[str], optional: Sequence[str] = ()) -> pl.DataFrame:
    """Read these columns and the row numbers, the required columns as text."""
    if not path.is_file():
        hint = close_match(path.name, (other.name for other in files_in(path.parent)))
        raise MissingFileError(f"{path}: no such file{hint}")
    file = open_file(path)
    for name in required:
        if name not in file.columns:
            hint = close_match(name, file.columns) or f"; there are {', '.join(file.columns)}"
            raise MissingColumnError(f"{path}: no column {name!r}{hint}")
    wanted = [*required, *(name for name in optional if name in file.columns)]
    frame = file.read({name: name for name in wanted})
    if frame.is_empty():
        raise DataError(f"{path}: no rows")
    return frame.with_columns(pl.col(required).cast(pl.String))
