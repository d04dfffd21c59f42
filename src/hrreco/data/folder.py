"""Which file of a folder holds which table, and which files are left aside."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from collections.abc import Mapping as MappingOf
from pathlib import Path

from hrreco.data.mapping import Mapping
from hrreco.data.readers import SUFFIXES, files_in, find_tables, refuse_no_file
from hrreco.data.schemas import SCHEMAS
from hrreco.errors import MissingFileError, close_match, nearest

REQUIRED = ("employees", "courses", "events")

Paths = dict[str, Path]
"""The file of each table that there is."""


def find_files(folder: Path, mapping: Mapping, *, everything: bool) -> tuple[Paths, list[str]]:
    """Return the file of each table, and notes on all that is left aside or absent.

    A file is the one that the mapping names for a table, else the one named after the table.

    Parameters
    ----------
    everything
        Whether no required table may be missing, nor any file that the mapping names. Otherwise
        one table is enough: what the folder does not hold stays as the workspace knows it.

    Raises
    ------
    MissingFileError
        When files are missing, or the mapping seems to misspell a file; names the close match.
    DataError
        When what has the name of a table's file is a folder, or a link that leads nowhere.
    """
    named = {table: folder / file for table in SCHEMAS if (file := mapping.of(table).file)}
    by_name = find_tables(folder, [t for t in SCHEMAS if t not in named], mapping.ignore)
    spoken_for = {path.name for path in named.values()}.union(mapping.ignore)
    free = [path.name for path in files_in(folder) if path.name not in spoken_for]
    notes = [
        *_absent(named, free, everything=everything),
        *_not_ignored(folder, mapping, free, by_name),
    ]
    found = {**by_name, **{table: path for table, path in named.items() if path.is_file()}}
    _refuse_missing(folder, found, everything=everything)
    paths = {table: found[table] for table in SCHEMAS if table in found}
    return paths, [*notes, *_left_aside(folder, mapping, paths)]


def _absent(
    named: MappingOf[str, Path], free: Collection[str], *, everything: bool
) -> Iterator[str]:
    """Note files that the mapping names and the folder does not hold, if that may be."""
    for table, path in named.items():
        refuse_no_file(path)
        if path.is_file():
            continue
        close = _close_file(path.name, free)
        if everything or close:
            hint = f"; did you mean {close!r}?" if close else _holds(path.parent)
            raise MissingFileError(
                f"{path}: no such file, though the mapping names it for {table}{hint}"
            )
        yield f"{path.name}: not in the folder, so nothing new is read for {table}"


def _not_ignored(
    folder: Path, mapping: Mapping, free: Collection[str], by_name: MappingOf[str, Path]
) -> Iterator[str]:
    """Note names to ignore that no file has.

    Exports differ, so this is no error, unless the name is close to a file that the mapping does
    not name and that would be read: then just what was to be ignored would go in. The same name
    with another ending is no slip; `ignore` is how to choose between two formats.
    """
    read = {path.name: table for table, path in by_name.items()}
    for name in mapping.ignore:
        if (folder / name).exists():
            continue
        close = _close_file(name, [other for other in free if _stem(other) != _stem(name)])
        if close in read:
            raise MissingFileError(
                f"{folder}: the mapping ignores {name!r}, which is not there; did you mean "
                f"{close!r}? Correct the name; or, if {close!r} is to be read, name it in the "
                f"mapping as the file of {read[close]}"
            )
        hint = f"; did you mean {close!r}?" if close else ""
        yield f"{name}: not in the folder, though the mapping ignores it{hint}"


def _close_file(name: str, names: Collection[str]) -> str | None:
    """Return the file that `name` may stand for; endings would make any two names look alike."""
    by_stem = {_stem(other): other for other in names}
    close = nearest(_stem(name), by_stem)
    return by_stem[close] if close else None


def _stem(name: str) -> str:
    return Path(name).stem


def _refuse_missing(folder: Path, paths: MappingOf[str, Path], *, everything: bool) -> None:
    missing = [table for table in REQUIRED if table not in paths] if everything else []
    if not missing and paths:
        return
    table = missing[0] if missing else REQUIRED[0]
    what = ", ".join(missing) if missing else "any table of the data contract"
    hint = close_match(f"{table}.csv", [path.name for path in files_in(folder)])
    raise MissingFileError(
        f"{folder}: no file for {what} (such as {table}.csv, {table}.parquet or {table}.xlsx)"
        f"{_holds(folder)}. Rename the file, or say in a mapping "
        f"which file each table comes from{hint}"
    )


def _holds(folder: Path) -> str:
    return f"; the folder holds {', '.join(path.name for path in files_in(folder)) or 'no files'}"


def _left_aside(folder: Path, mapping: Mapping, paths: MappingOf[str, Path]) -> Iterator[str]:
    used = {path.name for path in paths.values()}
    for path in files_in(folder):
        if path.name in mapping.ignore:
            yield f"{path.name}: left aside, as the mapping says"
        elif path.name not in used:
            known = path.suffix.casefold() in SUFFIXES
            hint = close_match(path.stem, SCHEMAS) if known else ""
            yield f"{path.name}: left aside, no table is read from it{hint}"
