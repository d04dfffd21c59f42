"""What a statement is about, and what may stand for it."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from hrreco.data.xapi.parts import Object, iri, member, object_of
from hrreco.errors import DataError

_BLOCK = "https://w3id.org/xapi/cmi5/activitytype/block"
_CMI5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5"


def is_block(about: Object) -> bool:
    """Return whether cmi5 has it be a part of a course."""
    definition = member(about, "definition")
    # cmi5 says the latter
    return _BLOCK in (definition.get("type"), definition.get("objectType"))


def published_ids(context: Object) -> tuple[str, ...]:
    """Return what the publisher may call the activity of a statement that cmi5 defines.

    Its object has an id of the LMS's own making, and that of the course structure stands in the
    grouping. Of any other statement the grouping is what the activity is a part of: a page that is
    done is no course that is done.
    """
    around = member(context, "contextActivities")
    if _CMI5 not in _ids(around, "category"):
        return ()
    return _ids(around, "grouping")


def last_segment(activity: str) -> str:
    """Return what stands last in the path of an IRI."""
    try:
        path = urlsplit(activity).path
    except ValueError:
        return ""
    return unquote(path.rstrip("/").rpartition("/")[2])


def _ids(around: Object, name: str) -> tuple[str, ...]:
    where = f"context.contextActivities.{name}"
    given: Any = around.get(name, [])
    listed = [given] if isinstance(given, dict) else given  # version 1.0 lets one stand alone
    if not isinstance(listed, list):
        raise DataError(f"{where}: is no list of activities")
    return tuple(iri(object_of(one, where).get("id"), f"{where}.id") for one in listed)
