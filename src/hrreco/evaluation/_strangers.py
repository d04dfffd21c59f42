"""Whether the two files of a split, and the catalogue, speak of the same courses."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from hrreco.data.readers import ROW
from hrreco.errors import DataError

_LONGEST_SHOWN = 40
"""Letters of an id: what is no id may hold a hundred of them."""


def refuse_strangers(
    train: Path,
    seen: pl.DataFrame,
    test: Path,
    asked: pl.DataFrame,
    catalogue: pl.DataFrame | None,
) -> None:
    """Make sure that two files speak of one catalogue: some courses of `asked` are in `seen`.

    Those that nobody has taken yet may be in the catalogue alone, where it describes courses of
    `seen` as well. The employees may all be others, as where newcomers are judged. Of the
    negatives of most rows, one at least is a course that is known otherwise.

    Raises
    ------
    DataError
        When the files share no course; shows an id of each, and two of one course if there are
        such. When in most rows all negatives are strangers; names the first.
    """
    theirs, known = (ids["course_id"].unique().sort() for ids in (asked, seen))
    if catalogue is not None and catalogue["course_id"].is_in(known.implode()).any():
        known = pl.concat([known, catalogue["course_id"]])
    if not theirs.is_in(known.implode()).any():
        raise DataError(
            f"{test}: none of the courses in its column course_id is in {train}: {theirs[0]!r} "
            f"and so on here, {known[0]!r} and so on there; {_remedy(theirs, known)}"
        )
    _refuse_strange_negatives(test, asked, pl.concat([known, theirs]).unique())


def _remedy(theirs: pl.Series, known: pl.Series) -> str:
    alike = _as_compared(theirs).join(_as_compared(known), on="compared").sort("id", "id_right")
    if len(alike):
        written, meant = alike.select("id", "id_right").row(0)
        return f"write the ids alike in both; did you mean {meant!r} by {written!r}?"
    return (
        "if they are the same courses, write the ids alike in both; else no model can know them: "
        "test on courses that the train file or the catalogue has"
    )


def _as_compared(ids: pl.Series) -> pl.DataFrame:
    """Return the ids, and without what programs that write files change: case, zeros, signs."""
    bare = ids.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", "-")
    return pl.DataFrame({"id": ids, "compared": bare.str.replace_all(r"(^|\D)0+(\d)", "$1$2")})


def _refuse_strange_negatives(test: Path, asked: pl.DataFrame, known: pl.Series) -> None:
    """Make sure that not most rows have strangers alone to tell the right course from.

    They may be one text that holds several ids; any model tells those from a course it knows.
    That another row names them too proves nothing. Some may be courses that nobody has taken, and
    where a row has few negatives, all of them.
    """
    known = known.implode()
    # Nearly all are settled by their first, and are not unfolded.
    firsts = pl.col("negatives").list.first()
    doubtful = asked.filter(firsts.is_not_null() & ~firsts.is_in(known))
    named = doubtful.select(ROW, "negatives").explode("negatives")
    settled = named.filter(pl.col("negatives").is_in(known))[ROW]
    strange = doubtful.filter(~pl.col(ROW).is_in(settled.implode()))
    if 2 * len(strange) > len(asked):
        row, first = strange[ROW][0], strange["negatives"][0][0]
        shown = first if len(first) <= _LONGEST_SHOWN else f"{first[:_LONGEST_SHOWN]}…"
        raise DataError(
            f"{test}: row {row} has no negatives that are courses of either file, but {shown!r}, "
            f"and so it is in {len(strange):,} of {len(asked):,} rows; "
            "write a list of ids, in text separated by `|`, as course_id has them; courses that "
            "nobody has taken must be in the file of courses"
        )
