"""Finding and reading the CSV files of an ESCO download."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import polars as pl

from hrreco.data.readers import ROW, TOO_MANY, files_in, open_file
from hrreco.errors import DataError, MissingColumnError, MissingFileError, close_match

_KINDS = ("occupations", "skills", "occupationSkillRelations")
_NAME = re.compile(r"([a-z]+?)(?:_([a-z-]{2,}))?\.csv(?:\.gz)?", re.IGNORECASE)
_FETCH = "fetch ESCO's CSV download again"


class EscoFiles(NamedTuple):
    """The three files of a download that are read."""

    occupations: Path
    skills: Path
    relations: Path


def find_files(folder: Path) -> EscoFiles:
    """Return the files of one language in a folder.

    Raises
    ------
    MissingFileError
        When there is no such folder, or one of the files is not in it.
    DataError
        When there are two files of one kind, or their languages differ.
    """
    found: dict[str, tuple[Path, str | None]] = {}
    files = files_in(folder)
    for path in files:
        name = _NAME.fullmatch(path.name)
        kind = next((k for k in _KINDS if name and name[1].casefold() == k.casefold()), None)
        if name is None or kind is None:
            continue
        if kind in found:
            raise DataError(
                f"{folder}: {found[kind][0].name} and {path.name} both hold ESCO's {kind}; leave "
                "one of them"
            )
        found[kind] = (path, name[2] and name[2].casefold())
    _refuse_absent(folder, files, found)
    languages = {kind: found[kind][1] for kind in ("occupations", "skills")}
    if len(set(languages.values())) > 1:
        names = " and ".join(found[kind][0].name for kind in languages)
        raise DataError(f"{folder}: {names} are of two languages; put two of one there")
    return EscoFiles(*(found[kind][0] for kind in _KINDS))


def _refuse_absent(
    folder: Path, files: list[Path], found: Mapping[str, tuple[Path, str | None]]
) -> None:
    for kind in _KINDS:
        if kind not in found:
            unread = {path.name for path in files} - {path.name for path, _ in found.values()}
            hint = close_match(f"{kind}_en.csv", unread)
            raise MissingFileError(
                f"{folder}: no {kind}_en.csv (or another language, or .csv.gz) is there; put "
                f"ESCO's CSV download into it{hint}"
            )


def read_columns(path: Path, wanted: Mapping[str, str]) -> pl.DataFrame:
    """Return columns of a file as text, by the names they are to have, and `ROW`.

    Raises
    ------
    DataError
        When the file is empty, torn, no UTF-8, or a row of it is broken.
    MissingColumnError
        When it lacks one of the columns.
    """
    file = open_file(path)
    if file.note:  # ESCO is in UTF-8; in any other encoding its labels would be spoilt
        raise DataError(f"{path.name}: is no UTF-8, as ESCO's files are; {_FETCH}")
    for theirs in wanted.values():
        if theirs not in file.columns:
            has = ", ".join(map(repr, file.columns))
            hint = close_match(theirs, file.columns) or f"; it has {has}"
            raise MissingColumnError(f"{path.name}: ESCO's column {theirs!r} is missing{hint}")
    rows = file.read(wanted)
    if not len(rows):
        raise DataError(f"{path.name} holds no row below its header; {_FETCH}")
    refuse_rows(path, rows, pl.col(TOO_MANY), "has more fields than the header")
    return rows.drop(TOO_MANY)


def refuse_rows(path: Path, rows: pl.DataFrame, wrong: pl.Expr, what: str) -> None:
    """Make sure that no row is wrong.

    Raises
    ------
    DataError
        When one is; names the file and the first such row.
    """
    broken = rows.filter(wrong)
    if len(broken):
        raise DataError(f"{path.name}: row {broken[ROW][0]} {what}; {_FETCH}")
