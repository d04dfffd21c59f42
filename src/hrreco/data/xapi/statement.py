"""One xAPI statement: what of it is an event, or why none is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from hrreco.data.xapi.activities import is_block, published_ids
from hrreco.data.xapi.actor import employee_id, is_one_person
from hrreco.data.xapi.parts import Object, iri, member, object_of, object_type, text
from hrreco.data.xapi.verbs import KINDS, RATED, VOIDED, WAIVED
from hrreco.errors import DataError

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_PROPERTIES = {
    *("id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority"),
    *("version", "attachments"),
}
_OTHER_OBJECTS = ("Agent", "Group", "StatementRef", "SubStatement")
_EXTENSION = "https://w3id.org/xapi/cmi5/result/extensions/"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a statement says, as far as it matters here.

    Attributes
    ----------
    id
        A UUID in small letters; of a statement that came without one, a new one.
    activity
        The IRI of what it is about.
    published
        IRIs that its publisher may call that by.
    row
        The event, in JSON values of the data contract, but for its course; and its moment, where
        the statement has none. None where it is no event.
    no_event
        Why it is none, in a word.
    """

    id: str
    activity: str = ""
    row: Object | None = None
    no_event: str = ""
    published: tuple[str, ...] = ()


def read_statement(given: Any) -> Statement:
    """Read a statement that was parsed from JSON.

    Raises
    ------
    DataError
        When it is none, or what it says cannot be left aside.
    """
    statement = object_of(given, "the statement")
    actor, verb, about = (object_of(statement.get(k), k) for k in ("actor", "verb", "object"))
    number = _number(statement.get("id"))
    _check_form(statement)
    is_of_one, verb_id = is_one_person(actor), iri(verb.get("id"), "verb.id")
    if verb_id == VOIDED:
        raise DataError(
            "voids another statement, which is not done here; put the event right with "
            "hrreco correct"
        )
    if object_type(about, "object", "Activity", _OTHER_OBJECTS) != "Activity":
        return Statement(number, no_event="object")
    activity = iri(about.get("id"), "object.id")
    if not is_of_one:
        return Statement(number, no_event="group")
    if verb_id not in KINDS:
        return Statement(number, no_event="verb")
    if is_block(about):
        return Statement(number, no_event="block")
    row = _row(statement, verb_id, {"event_id": number, "employee_id": employee_id(actor)})
    return Statement(number, activity, row, published=published_ids(member(statement, "context")))


def _check_form(statement: Object) -> None:
    """Refuse what is of another version, or of none."""
    version = text(statement.get("version", "1.0.0"), "version")
    if not f"{version}.".startswith("1.0."):
        raise DataError(f"version: {version!r} is another than 1.0; send statements of xAPI 1.0.3")
    for name in statement:
        if name not in _PROPERTIES:
            raise DataError(
                f"{name!r} is no property of a statement; what is more to say goes into the "
                "extensions of its result or context"
            )


def _row(statement: Object, verb_id: str, whose: Object) -> Object:
    result = member(statement, "result")
    return {
        **whose,
        "kind": _kind(verb_id, result),
        "occurred_at": statement.get("timestamp"),
        "source": member(statement, "context").get("platform"),
        **_of_result(verb_id, result),
    }


def _kind(verb_id: str, result: Object) -> str:
    """Return the kind of event: what is under way may be said to be at its end."""
    kind, success = KINDS[verb_id], result.get("success")
    if kind == "started" and isinstance(success, bool):
        return "passed" if success else "failed"
    if kind == "started" and result.get("completion") is True:
        return "completed"
    return kind


def _of_result(verb_id: str, result: Object) -> Object:
    """Return what the contract has a place for: a reason, a rating, how far somebody is."""
    extensions = member(result, "extensions")
    if verb_id == WAIVED:
        return {"reason": extensions.get(f"{_EXTENSION}reason")}
    if verb_id == RATED:
        return {"rating": member(result, "score").get("raw")}
    percent = extensions.get(f"{_EXTENSION}progress")
    if KINDS[verb_id] != "started" or percent is None:
        return {}
    is_number = isinstance(percent, (int, float)) and not isinstance(percent, bool)
    return {"progress": percent / 100 if is_number else percent}


def _number(given: Any) -> str:
    if given is None:
        return str(uuid4())
    if not isinstance(given, str) or not _UUID.fullmatch(given):
        raise DataError("id: is no UUID")
    return given.lower()
