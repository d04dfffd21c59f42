"""Reading the few columns that an evaluation of files needs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from hrreco.data.readers import ROW, files_in, open_file
from hrreco.data.texts import as_text
from hrreco.errors import DataError, MissingColumnError, MissingFileError, close_match

_TEXTS = pl.List(pl.String)


def read_ids(path: Path) -> pl.DataFrame:
    """Return the columns `employee_id` and `course_id` of a file, as text.

    Raises
    ------
    MissingFileError, MissingColumnError
        With the close match.
    DataError
        When the file cannot be read, has no rows, or a row without an id that is text.
    """
    names = ("employee_id", "course_id")
    return _with_ids(path, _read(path, required=names), names).select(names)


def refuse_strangers(train: Path, seen: pl.DataFrame, test: Path, asked: pl.DataFrame) -> None:
    """Make sure that two files speak of one catalogue: some courses of `asked` are in `seen`.

    The employees may all be others, as where newcomers are judged.

    Raises
    ------
    DataError
        When they share no course; shows an id of each and the close match.
    """
    theirs, known = (ids["course_id"].unique().sort() for ids in (asked, seen))
    if not theirs.is_in(known.implode()).any():
        raise DataError(
            f"{test}: its column course_id holds nothing that {train} holds: {theirs[0]!r} and "
            f"so on here, {known[0]!r} and so on there; write the ids alike in both"
            f"{close_match(theirs[0], known)}"
        )


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
    """Read these columns, as they are, and the row numbers."""
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
    return frame
