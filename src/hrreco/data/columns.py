"""Which columns of a file become which of a table, and which personal ones are refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

from hrreco.data.mapping import TableMapping
from hrreco.data.readers import UNNAMED, TableFile
from hrreco.data.schemas import dtypes, required
from hrreco.errors import MissingColumnError, PersonalColumnError, close_match
from hrreco.settings import Settings, never_necessary


@dataclass(frozen=True)
class Layout:
    """The columns to read from one file, by the names they are to have, and what to note."""

    wanted: MappingOf[str, str]
    notes: tuple[str, ...]


def lay_out(table: str, file: TableFile, mapping: TableMapping, settings: Settings) -> Layout:
    """Decide on every column of a file.

    Mapped columns and those that already have the contract's name are read. Of a table about
    people, every other column must be dropped by name, or be in the necessity register: such a
    registered column is left aside, as no table has a place for it. Unknown columns of the
    catalogue are left aside. Both are noted, with the column of the contract that may be meant.

    Raises
    ------
    PersonalColumnError
        Names all columns of a table about people that may not be read.
    MissingColumnError
        When a required or mapped column is not in the file, or one to drop seems to be misspelt;
        names the close match.
    """
    wanted = _wanted(table, file, mapping)
    _refuse_misnamed(table, file, mapping)
    _refuse_title(table, file, wanted)
    rest = [c for c in file.columns if c not in {*wanted.values(), *mapping.drop}]
    rest = [c for c in rest if not is_blank_and_unnamed(file, c)]
    if table in settings.necessity:
        _refuse_personal(table, file, mapping, wanted, rest, settings)
    elif mapping.distinct:
        _refuse_personal_values(table, file, wanted)
        rest = []
    _refuse_missing(table, file, mapping, wanted)
    notes = [*_left_aside(table, file, wanted, rest), *_dropped_nothing(file, mapping)]
    return Layout(wanted, tuple(notes))


def _wanted(table: str, file: TableFile, mapping: TableMapping) -> dict[str, str]:
    wanted = {}
    for ours in dtypes(table):
        theirs = mapping.columns.get(ours)
        if theirs is not None:
            wanted[ours] = theirs
        elif mapping.distinct or ours in mapping.constants or ours in mapping.drop:
            continue
        elif ours in file.columns and ours not in mapping.columns.values():
            wanted[ours] = ours
    return wanted


def _refuse_misnamed(table: str, file: TableFile, mapping: TableMapping) -> None:
    """Make sure that what the mapping names is there.

    A name to drop may be missing, as exports differ; but one that is close to a column which the
    mapping does not name is a slip that would have this column read.
    """
    for ours, theirs in mapping.columns.items():
        if theirs not in file.columns:
            raise MissingColumnError(
                f"{file.name}: the mapping takes {table}.{ours} from the column {theirs!r}, which "
                f"the file does not have{_nearest(theirs, file)}"
            )
    if mapping.distinct:
        return
    unnamed = set(file.columns).difference(mapping.columns.values(), mapping.drop)
    for name in mapping.drop:
        hint = "" if name in file.columns else close_match(name, unnamed)
        if hint:
            raise MissingColumnError(
                f"{file.name}: the mapping drops the column {name!r} of {table}, which the file "
                f"does not have{hint} Correct the name, or take it out of the mapping"
            )


def _refuse_title(table: str, file: TableFile, wanted: dict[str, str]) -> None:
    """Tell a title above the table, or a strange delimiter, from a header."""
    named = [column for column in file.columns if not column.startswith(UNNAMED)]
    if len(named) == 1 and named[0] not in wanted.values():
        raise MissingColumnError(
            f"{file.name}: its header, the first row that is not blank, holds only {named[0]!r}; "
            f"it must name the columns of the table {table}, each in a field of its own"
        )


def _left_aside(
    table: str, file: TableFile, wanted: dict[str, str], rest: list[str]
) -> Iterator[str]:
    missing = [column for column in dtypes(table) if column not in wanted]
    hints = {column: close_match(column, missing) for column in rest}
    for column, hint in hints.items():
        if hint:
            yield f"{file.name}: {column!r} is no column of the table {table}, left aside{hint}"
    names = ", ".join(repr(column) for column, hint in hints.items() if not hint)
    if names:
        yield f"{file.name}: columns of no use to the table {table} are left aside: {names}"


def _dropped_nothing(file: TableFile, mapping: TableMapping) -> Iterator[str]:
    names = ", ".join(repr(name) for name in mapping.drop if name not in file.columns)
    if names:
        yield f"{file.name}: the mapping drops {names}, which the file does not have"


def is_blank_and_unnamed(file: TableFile, column: str) -> bool:
    """Return whether a column is none: spreadsheets often write a delimiter too many."""
    if not column.startswith(UNNAMED):
        return False
    cells = file.read({"cells": column})["cells"]
    return cells.null_count() == len(cells)


def _refuse_personal(
    table: str,
    file: TableFile,
    mapping: TableMapping,
    wanted: dict[str, str],
    rest: list[str],
    settings: Settings,
) -> None:
    never = _never(c for c in file.columns if c not in mapping.drop)
    unknown = [c for c in unregistered(table, rest, settings) if c not in never]
    if not never and not unknown:
        return
    parts = []
    if never:
        names = ", ".join(f"{column!r} ({what})" for column, what in never.items())
        parts.append(f"{names} may never be used and can only be dropped")
    if unknown:
        names = ", ".join(repr(column) for column in unknown)
        parts.append(f"{names} {_is(unknown)} neither mapped nor in the necessity register")
    missing = [c for c in dtypes(table) if c not in wanted]
    hint = close_match(unknown[0], missing) if unknown else ""
    raise PersonalColumnError(
        f"{file.name}: personal columns are refused: {'; '.join(parts)}. Leave them out of the "
        f"export, or name them in a mapping ([{table}] drop = [...]){hint}"
    )


def unregistered(table: str, names: Iterable[str], settings: Settings) -> list[str]:
    """Return which columns of a table about people nobody has said to be necessary."""
    register = settings.necessity[table]
    return [name for name in names if name not in register]


def refused_column(table: str, column: str, settings: Settings) -> str | None:
    """Return why a column may not be given of anybody; None where it may, or is of courses."""
    if table not in settings.necessity:
        return None
    if what := never_necessary(column):
        return f"({what}) may never be used"
    if column in dtypes(table) or not unregistered(table, [column], settings):
        return None
    hint = close_match(column, dtypes(table))
    return f"is no column of the table {table}, nor in the necessity register{hint}"


def _refuse_personal_values(table: str, file: TableFile, wanted: dict[str, str]) -> None:
    """Keep what is never necessary from slipping into a catalogue derived from people's rows."""
    never = _never(wanted.values())
    if never:
        column, what = next(iter(never.items()))
        raise PersonalColumnError(
            f"{file.name}: {column!r} ({what}) may never be used, nor become a part of {table}"
        )


def _never(columns: Iterable[str]) -> dict[str, str]:
    return {column: what for column in columns if (what := never_necessary(column))}


def _refuse_missing(
    table: str, file: TableFile, mapping: TableMapping, wanted: dict[str, str]
) -> None:
    missing = [c for c in required(table) if c not in wanted and c not in mapping.constants]
    if not missing:
        return
    names = ", ".join(repr(column) for column in missing)
    what = "column" if len(missing) == 1 else "columns"
    hint = _nearest(missing[0], file)
    raise MissingColumnError(f"{file.name}: the table {table} needs the {what} {names}{hint}")


def _nearest(column: str, file: TableFile) -> str:
    has = ", ".join(repr(name) for name in file.columns)
    return close_match(column, file.columns) or f"; it has {has}"


def _is(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"
