"""The parts of a statement, each asked for by its name and told by it where it is none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from hrreco.errors import DataError

_IRI = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)

Object = Mapping[str, Any]


def object_of(given: Any, name: str) -> Object:
    """Return an object."""
    if not isinstance(given, dict):
        raise DataError(f"{name}: is no object")
    return given


def member(given: Object, name: str) -> Object:
    """Return an object within another; an empty one where there is none."""
    return object_of(given.get(name, {}), name)


def iri(given: Any, name: str) -> str:
    """Return an identifier of the web."""
    found = text(given, name)
    if not _IRI.fullmatch(found):
        raise DataError(f"{name}: is no IRI")
    return found


def text(given: Any, name: str) -> str:
    """Return text that says something."""
    if not isinstance(given, str) or not given:
        raise DataError(f"{name}: is no text, or empty")
    return given


def object_type(given: Object, name: str, default: str, others: Sequence[str]) -> str:
    """Return what an object says that it is."""
    told = text(given.get("objectType", default), f"{name}.objectType")
    *kinds, last = default, *others
    if told not in (*kinds, last):
        known = f"{', '.join(kinds)} or {last}"
        raise DataError(f"{name}.objectType: {told!r} is none of xAPI; {name} is {known}")
    return told
