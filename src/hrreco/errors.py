"""The one tree of errors that hrreco raises.

Every message says what is wrong, which id, row or column it concerns, and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

_NEVER_STORED = re.compile("[\0\ud800-\udfff]")
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


class HrrecoError(Exception):
    """The root: catch it to catch all that hrreco raises on purpose."""


class SettingsError(HrrecoError):
    """A settings, mapping or recipe file says something that cannot be used."""


class DataError(HrrecoError):
    """Input data as a whole cannot be used (single bad rows go to quarantine instead)."""


class MissingFileError(DataError):
    """A file or table that is needed was not found."""


class MissingColumnError(DataError):
    """A table lacks a column that is required."""


class PersonalColumnError(DataError):
    """A personal column is neither mapped, dropped, nor in the necessity register."""


class UnknownIdError(HrrecoError, KeyError):
    """An employee, course, role or model with that id is not known."""

    def __str__(self) -> str:
        return str(self.args[0])


class UnknownEmployeeError(UnknownIdError):
    """Nobody has that id; whoever may not see the ids of others is not shown the message."""


class OversightError(HrrecoError):
    """What a person wants to decide over the model cannot be decided."""


class ModelError(HrrecoError):
    """A model cannot do what was asked."""


class NotFittedError(ModelError):
    """A model was used before it was fitted."""


class DegenerateFitError(ModelError):
    """A fit ended in factors or scores that mean nothing (not finite, huge, or without spread)."""


class FitTimeoutError(ModelError):
    """A fit took longer than the time it was given."""


class BundleError(ModelError):
    """A stored model is torn, changed, or of a form that this version cannot read."""


class WorkspaceError(HrrecoError):
    """A workspace is missing, of another version, or in use."""


class DiskFullError(WorkspaceError):
    """There was no room left to write; what was to be changed is as it was before."""


class AuditError(HrrecoError):
    """A proof does not hold: the audit log, its head or a certificate was changed."""


class MissingExtraError(HrrecoError, ImportError):
    """An optional part of hrreco is not installed."""


def checked_id(given: object, what: str) -> str:
    """Return the id of an employee or course, which is always text.

    Raises
    ------
    UnknownIdError
        When it is anything else, such as a number, or text that no database can hold.
    """
    if not isinstance(given, str):
        raise UnknownIdError(f"{what} ids are text, got {given!r}; did you mean {str(given)!r}?")
    if _NEVER_STORED.search(given):
        raise UnknownIdError(f"unknown {what} {given!r}: no id holds such a character")
    return given


def close_match(name: str, known: Iterable[str]) -> str:
    """Return `` did you mean 'X'?`` for the known name nearest to `name`, or nothing.

    Examples
    --------
    >>> close_match("Nurze", ["Nurse", "Clerk"])
    "; did you mean 'Nurse'?"
    >>> close_match("Nurze", ["Clerk"])
    ''
    """
    close = nearest(name, known)
    return "" if close is None else f"; did you mean {close!r}?"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that `name` is most likely a slip of, if there is one.

    One that differs in leading zeros alone, which spreadsheets take away, comes before all others.

    Examples
    --------
    >>> nearest("Nurze", ["Nurse", "Clerk"])
    'Nurse'
    >>> nearest("17", ["0017", "117"])
    '0017'
    """
    folded, by_folded = name.casefold(), {candidate.casefold(): candidate for candidate in known}
    bare = _LEADING_ZEROS.sub("", folded)
    same = [candidate for candidate in by_folded if _LEADING_ZEROS.sub("", candidate) == bare]
    close = get_close_matches(folded, same or by_folded, n=1, cutoff=0.0 if same else 0.6)
    return by_folded[close[0]] if close else None
