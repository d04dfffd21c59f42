"""What an employee says of a course that was suggested: an event like any other."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import uuid4

from hrreco.data import Catalogue, People
from hrreco.errors import checked_id

FeedbackKind = Literal["dismissed", "not_relevant", "already_known", "wrong_level", "rated"]

SOURCE = "feedback"
"""The `source` of such events."""


def feedback_event(
    people: People,
    catalogue: Catalogue,
    employee_id: str,
    course_id: str,
    kind: FeedbackKind,
    rating: float | None = None,
    *,
    at: datetime,
) -> dict[str, Any]:
    """Return feedback as an event of that moment, in plain JSON values, for `take_events`.

    Each has an id of its own: to say the same again is no error, and what was dismissed stays so
    for longer.

    Raises
    ------
    UnknownIdError
        When there is no such employee or course; names the close match.
    """
    people.employee(checked_id(employee_id, "employee"))
    catalogue.index(checked_id(course_id, "course"))
    return {
        "event_id": str(uuid4()),
        "employee_id": employee_id,
        "course_id": course_id,
        "kind": kind,
        "occurred_at": at.isoformat(),
        "rating": rating,
        "source": SOURCE,
    }
