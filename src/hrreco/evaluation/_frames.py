"""Reading the few columns that an evaluation of files needs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from hrreco.data.moments import parse_moments
from hrreco.data.readers import ROW, TOO_MANY, files_in, open_file
from hrreco.data.texts import as_text
from hrreco.errors import DataError, MissingColumnError, MissingFileError, close_match

_TEXTS = pl.List(pl.String)
_FORMS = {
    "position": "write it as a number, such as 3",
    "occurred_at": "write it as ISO 8601 has it, such as 2024-01-05 or 2024-01-05T09:30",
}
_ORDER = tuple(_FORMS)
"""The first of these that a file has tells the order of its rows."""
_DAY = 86_400_000_000
"""In microseconds."""


def read_seen(path: Path) -> pl.DataFrame:
    """Return `employee_id` and `course_id`, as text, `at`: when, Float64, and `by_time`.

    `at` is the place in the employee's own order where there is a `position`; else the days since
    1970 of `occurred_at`, and `by_time` is true. Where there is neither, `at` is null throughout.
    Each row is there once, whatever the order of the file: a row that is written twice is no
    second event, and would tell a cut what it holds out.

    Raises
    ------
    MissingFileError, MissingColumnError
        With the close match.
    DataError
        When the file cannot be read, has no rows, a row with more fields than its header or
        without an id that is text, or one whose position or time cannot be read.
    """
    names = ("employee_id", "course_id")
    frame = _with_ids(path, _read(path, required=names, optional=_ORDER), names)
    by_time = "position" not in frame and "occurred_at" in frame
    seen = frame.select(*names, _at(path, frame), pl.lit(by_time).alias("by_time"))
    if not by_time:
        seen = seen.with_columns(pl.col("at").rank("dense").over("employee_id").cast(pl.Float64))
    return seen.unique().sort(*names, "at")


def read_asked(path: Path) -> pl.DataFrame:
    """Return `employee_id` and `course_id`, as text, and `negatives`, lists of course ids.

    `negatives` is null throughout where the file has none. Each row is there once, with the
    number in `ROW` that it first has.

    Raises
    ------
    MissingFileError, MissingColumnError
        As for `read_seen`.
    DataError
        As for `read_seen`, and when one row has negatives and another has not.
    """
    names = ("employee_id", "course_id")
    frame = _with_ids(path, _read(path, required=names, optional=("negatives",)), names)
    asked = frame.select(ROW, *names, _negatives(path, frame))
    return asked.unique([*names, "negatives"], keep="first", maintain_order=True)


def _negatives(path: Path, frame: pl.DataFrame) -> pl.Series:
    none = pl.Series("negatives", [None], _TEXTS).new_from_index(0, len(frame))
    if "negatives" not in frame or not frame["negatives"].count():
        return none
    with_ids = frame.with_columns(_ids(frame["negatives"]))
    lists = with_ids.select(_list(with_ids, "negatives"))["negatives"]
    empty = lists.list.len() == 0
    if empty.any():
        row = frame[ROW].filter(empty)[0]
        raise DataError(f"{path}: row {row} has no negatives that can be read; others have")
    return lists


def _ids(cells: pl.Series) -> pl.Series:
    """Return lists of any ids as lists of texts, as ids are read; other cells as they are."""
    if not isinstance(cells.dtype, pl.List | pl.Array):
        return cells
    each = cells.to_frame().with_row_index("list").explode(cells.name, empty_as_null=True)
    texts = each.with_columns(as_text(each[cells.name]))
    return texts.group_by("list", maintain_order=True).agg(cells.name)[cells.name]


def _at(path: Path, frame: pl.DataFrame) -> pl.Series:
    name = next((name for name in _ORDER if name in frame), None)
    if name is None:
        return pl.Series("at", [None], pl.Float64).new_from_index(0, len(frame))
    if name == "position":
        at = as_text(frame[name]).cast(pl.Float64, strict=False).fill_nan(None)
    else:
        moments = parse_moments(frame[name], formats=(), timezone="UTC")
        at = moments.dt.epoch("us").cast(pl.Float64) / _DAY
    if at.null_count():
        row = frame[ROW].filter(at.is_null())[0]
        raise DataError(f"{path}: row {row} has no {name} that can be read; {_FORMS[name]}")
    return at.alias("at")


def read_courses(path: Path) -> pl.DataFrame:
    """Return `course_id`, `text`, `skills` and `tags` of a file of courses, one row a course.

    The first row of an id counts. Skills lose their levels (``sql:2``).

    Raises
    ------
    MissingFileError, MissingColumnError, DataError
        As for `read_seen`.
    """
    frame = _read(
        path, required=("course_id", "title"), optional=("description", "skills", "tags")
    )
    texts = [name for name in ("title", "description") if name in frame]
    return (
        _with_ids(path, frame, ["course_id"])
        .with_columns(as_text(frame[name]) for name in texts)
        .unique("course_id", keep="first", maintain_order=True)
        .select(
            "course_id",
            pl.concat_str(texts, separator="\n", ignore_nulls=True).alias("text"),
            _list(frame, "skills").list.eval(pl.element().str.replace(r":\d+$", "")),
            _list(frame, "tags"),
        )
    )


def _with_ids(path: Path, frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Return the frame with these columns as text, as all ids are read; none may be missing."""
    for name in names:
        given = frame[name].fill_nan(None) if frame[name].dtype.is_float() else frame[name]
        ids = as_text(given)
        if ids.null_count():
            at = ids.is_null().arg_true()[0]
            what = f"has no {name}" if given[at] is None else f"has a {name} that is no text"
            raise DataError(f"{path}: row {frame[ROW][at]} {what}")
        frame = frame.with_columns(ids)
    return frame


def _list(frame: pl.DataFrame, name: str) -> pl.Expr:
    """Return a column of texts: as it is, from text with ``|``, or empty for any other form."""
    if name not in frame or frame.schema[name] not in (pl.String, _TEXTS):
        return pl.lit([], dtype=_TEXTS).alias(name)
    column = pl.col(name)
    if frame.schema[name] == pl.String:
        column = column.str.split("|").list.eval(pl.element().str.strip_chars())
    return column.fill_null([]).list.eval(pl.element().filter(pl.element() != ""))


def _read(path: Path, *, required: Sequence[str], optional: Sequence[str] = ()) -> pl.DataFrame:
    """Read these columns, as they are, and the row numbers; no row may have too many fields."""
    if not path.is_file():
        hint = close_match(path.name, (other.name for other in files_in(path.parent)))
        what = "is a folder; name the file in it" if path.is_dir() else f"no such file{hint}"
        raise MissingFileError(f"{path}: {what}")
    file = open_file(path)
    for name in required:
        if name not in file.columns:
            hint = close_match(name, file.columns) or f"; there are {', '.join(file.columns)}"
            raise MissingColumnError(f"{path}: no column {name!r}{hint}")
    wanted = [*required, *(name for name in optional if name in file.columns)]
    frame = file.read({name: name for name in wanted})
    if frame.is_empty():
        raise DataError(f"{path}: no rows")
    if frame[TOO_MANY].any():
        row = frame[ROW].filter(frame[TOO_MANY])[0]
        raise DataError(
            f"{path}: row {row} has more fields than the header; "
            "quote a cell that holds the delimiter, and separate the ids of a list by `|`"
        )
    return frame.drop(TOO_MANY)
