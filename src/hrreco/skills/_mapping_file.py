"""Reading a mapping that a person has edited: every row of it is checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, get_args

import polars as pl

from hrreco.data import LearningData
from hrreco.data.readers import ROW, TOO_MANY, open_file, refuse_no_file
from hrreco.errors import (
    DataError,
    MissingColumnError,
    MissingFileError,
    UnknownIdError,
    close_match,
)
from hrreco.skills._company import skill_names
from hrreco.skills._concepts import Concepts
from hrreco.skills.esco import Esco
from hrreco.skills.mapping import SCHEMA, Kind, MatchedBy

_NEEDED = ("kind", "name", "uri", "confirmed")
_CONFIRMED = {"yes": True, "no": False, "": None}


class _Known(NamedTuple):
    """What rows of one kind may name."""

    names: frozenset[str]
    concepts: Concepts


class _Row(NamedTuple):
    """One row of the file, in the order of `SCHEMA`."""

    kind: Kind
    name: str
    uri: str | None
    label: str | None
    matched_by: str | None
    confidence: float | None
    confirmed: bool | None


def read_rows(path: Path, data: LearningData, esco: Esco) -> pl.DataFrame:
    """Return the rows of a mapping file; see `SkillMapping.read`."""
    known: dict[Kind, _Known] = {
        "role": _Known(frozenset(data.employees["role"]), esco.occupations),
        "skill": _Known(frozenset(skill_names(data)), esco.skills),
    }
    cells = _cells(path)
    rows = {
        row[ROW]: _checked(f"{path.name}: row {row[ROW]}", row, known)
        for row in cells.iter_rows(named=True)
    }
    _refuse_two_occupations(path, rows)
    frame = pl.DataFrame(list(rows.values()), schema=SCHEMA, orient="row")
    return frame.sort("kind", "name", maintain_order=True)


def _cells(path: Path) -> pl.DataFrame:
    refuse_no_file(path)
    if not path.exists():
        raise MissingFileError(f"{path}: no such file; write one with: hrreco skills match")
    file = open_file(path)
    for column in file.columns:
        if column not in SCHEMA:
            hint = close_match(column, SCHEMA) or f"; there are {', '.join(SCHEMA)}"
            raise DataError(f"{path.name}: unknown column {column!r}{hint}")
    for column in _NEEDED:
        if column not in file.columns:
            raise MissingColumnError(f"{path.name}: the column {column!r} is missing")
    cells = file.read({name: name for name in SCHEMA if name in file.columns})
    for row in cells.filter(TOO_MANY)[ROW].head(1):
        raise DataError(f"{path.name}: row {row} has more fields than the header")
    absent = [pl.lit(None, pl.String).alias(name) for name in SCHEMA if name not in cells.columns]
    blank = pl.all_horizontal(pl.exclude(ROW, TOO_MANY).is_null())
    return cells.filter(~blank).with_columns(*absent)


def _checked(where: str, row: Mapping[str, str | None], known: Mapping[Kind, _Known]) -> _Row:
    given = {name: row[name] or "" for name in SCHEMA}
    kind = next((one for one in known if one == given["kind"].casefold()), None)
    if kind is None:
        raise DataError(f"{where}: the kind is {given['kind']!r}; it is role or skill")
    names, concepts = known[kind]
    name, uri = given["name"], given["uri"]
    if name not in names:
        hint = close_match(name, names) or "; take the row out"
        raise UnknownIdError(f"{where}: unknown {kind} {name!r}{hint}")
    if uri and uri not in concepts.labels:
        raise UnknownIdError(f"{where}: {uri!r} is no {concepts.what} of this ESCO; correct it")
    word = given["confirmed"].casefold()
    if word not in _CONFIRMED:
        raise DataError(
            f"{where}: confirmed is {given['confirmed']!r}; write yes or no, or leave it empty"
        )
    if word == "yes" and not uri:
        raise DataError(f"{where}: is confirmed, but has no uri; fill it in")
    return _Row(
        kind,
        name,
        uri or None,
        concepts.labels.get(uri),  # somebody may have changed the URI alone
        _matched_by(given),
        _number(given["confidence"]),
        _CONFIRMED[word],
    )


def _matched_by(given: Mapping[str, str]) -> str | None:
    if not given["uri"]:
        return None
    return given["matched_by"] if given["matched_by"] in get_args(MatchedBy) else "hand"


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _refuse_two_occupations(path: Path, rows: Mapping[int, _Row]) -> None:
    confirmed: dict[str, int] = {}
    for number, row in rows.items():
        if row.kind == "role" and row.confirmed:
            if row.name in confirmed:
                raise DataError(
                    f"{path.name}: rows {confirmed[row.name]} and {number} both confirm an "
                    f"occupation of the role {row.name!r}; write no in one of them"
                )
            confirmed[row.name] = number
