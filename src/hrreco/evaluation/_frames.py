"""Reading the few columns that an evaluation of files needs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from hrreco.errors import DataError, MissingColumnError, MissingFileError, close_match

_SEPARATORS = (",", ";", "\t")
_LISTS = (pl.String, pl.List(pl.String))


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
            row = frame[name].is_null().arg_true()[0] + 1
            raise DataError(f"{path}: row {row} has no {name}")
    return frame


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
    text = [pl.col(name) for name in ("title", "description") if name in frame.columns]
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
    """Return a column of lists: as it is, from text with ``|``, or empty where it is missing."""
    if name not in frame.columns:
        return pl.lit([], dtype=pl.List(pl.String)).alias(name)
    column = pl.col(name)
    if frame.schema[name] == pl.String:
        column = column.str.split("|").list.eval(pl.element().str.strip_chars())
    return column.fill_null([]).list.eval(pl.element().filter(pl.element() != ""))


def _read(path: Path, *, required: Sequence[str], optional: Sequence[str] = ()) -> pl.DataFrame:
    """Read these columns; ids, titles and descriptions as text, other forms of lists left out."""
    try:
        lazy = _scan(path)
        schema = lazy.collect_schema()
        for name in required:
            if name not in schema:
                hint = close_match(name, schema) or f"; there are {list(schema)}"
                raise MissingColumnError(f"{path}: no column {name!r}{hint}")
        wanted = [*required, *(name for name in optional if name in schema)]
        frame = lazy.select(
            pl.col(name) if schema[name] in _LISTS else pl.col(name).cast(pl.String)
            for name in wanted
            if not schema[name].is_nested() or schema[name] in _LISTS
        ).collect()
    except (pl.exceptions.PolarsError, UnicodeDecodeError, OSError) as error:
        raise DataError(f"{path}: cannot be read: {str(error).splitlines()[0]}") from None
    if frame.is_empty():
        raise DataError(f"{path}: no rows")
    return frame


def _scan(path: Path) -> pl.LazyFrame:
    if not path.is_file():
        beside = path.parent.iterdir() if path.parent.is_dir() else ()
        hint = close_match(path.name, (other.name for other in beside))
        raise MissingFileError(f"{path}: no such file{hint}")
    if path.suffix.lower() == ".parquet":
        return pl.scan_parquet(path)
    if path.suffix.lower() == ".csv":
        with path.open(encoding="utf-8-sig") as lines:
            header = lines.readline()
        separator = max(_SEPARATORS, key=header.count)
        return pl.scan_csv(path, separator=separator, infer_schema=False)
    raise DataError(f"{path}: not a .csv or .parquet file")
