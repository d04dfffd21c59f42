"""One xAPI statement: what of it is an event, or why none is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from hrreco.data.xapi.verbs import KINDS, RATED, VOIDED, WAIVED
from hrreco.errors import DataError

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)
_EXTENSION = "https://w3id.org/xapi/cmi5/result/extensions/"
_BLOCK = "https://w3id.org/xapi/cmi5/activitytype/block"

Object = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Statement:
    """What a statement says, as far as it matters here.

    Attributes
    ----------
    id
        A UUID in small letters; of a statement that came without one, a new one.
    activity
        The IRI of what it is about.
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

    @property
    def last_segment(self) -> str:
        """What stands last in the path of the activity's IRI."""
        try:
            path = urlsplit(self.activity).path
        except ValueError:
            return ""
        return unquote(path.rstrip("/").rpartition("/")[2])


def read_statement(given: Any) -> Statement:
    """Read a statement that was parsed from JSON.

    Raises
    ------
    DataError
        When it is none, or what it says cannot be left aside.
    """
    statement = _object(given, "the statement")
    actor, verb, about = (_object(statement.get(k), k) for k in ("actor", "verb", "object"))
    number = _number(statement.get("id"))
    verb_id = _iri(verb.get("id"), "verb.id")
    if verb_id == VOIDED:
        raise DataError(
            "voids another statement, which is not done here; put the event right with "
            "hrreco correct"
        )
    if about.get("objectType", "Activity") != "Activity":
        return Statement(number, no_event="object")
    activity = _iri(about.get("id"), "object.id")
    if actor.get("objectType", "Agent") != "Agent":
        return Statement(number, no_event="group")
    if verb_id not in KINDS:
        return Statement(number, no_event="verb")
    definition = _member(about, "definition")
    if _BLOCK in (definition.get("type"), definition.get("objectType")):  # cmi5 says the latter
        return Statement(number, no_event="block")
    result = _member(statement, "result")
    row = {
        "event_id": number,
        "employee_id": _employee_id(actor),
        "kind": _kind(verb_id, result),
        "occurred_at": statement.get("timestamp"),
        "source": _member(statement, "context").get("platform"),
        **_of_result(verb_id, result),
    }
    return Statement(number, activity, row)


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
    extensions = _member(result, "extensions")
    if verb_id == WAIVED:
        return {"reason": extensions.get(f"{_EXTENSION}reason")}
    if verb_id == RATED:
        return {"rating": _member(result, "score").get("raw")}
    percent = extensions.get(f"{_EXTENSION}progress")
    if KINDS[verb_id] != "started" or percent is None:
        return {}
    is_number = isinstance(percent, (int, float)) and not isinstance(percent, bool)
    return {"progress": percent / 100 if is_number else percent}


def _employee_id(actor: Object) -> str:
    """Return whom an agent stands for: the name of the account, or the whole mail address."""
    if "account" in actor:
        account = _object(actor["account"], "actor.account")
        _iri(account.get("homePage"), "actor.account.homePage")
        return _text(account.get("name"), "actor.account.name")
    if "mbox" in actor:
        address = _text(actor["mbox"], "actor.mbox")
        if not address.startswith("mailto:"):
            raise DataError("actor.mbox: is no mailto: address")
        return address.removeprefix("mailto:")
    raise DataError("actor: name the employee's id as account.name, with its account.homePage")


def _number(given: Any) -> str:
    if given is None:
        return str(uuid4())
    if not isinstance(given, str) or not _UUID.fullmatch(given):
        raise DataError("id: is no UUID")
    return given.lower()


def _object(given: Any, name: str) -> Object:
    if not isinstance(given, dict):
        raise DataError(f"{name}: is no object")
    return given


def _member(given: Object, name: str) -> Object:
    """Return an object within another; an empty one where there is none."""
    return _object(given.get(name, {}), name)


def _iri(given: Any, name: str) -> str:
    text = _text(given, name)
    if not _IRI.fullmatch(text):
        raise DataError(f"{name}: is no IRI")
    return text


def _text(given: Any, name: str) -> str:
    if not isinstance(given, str) or not given:
        raise DataError(f"{name}: is no text, or empty")
    return given
