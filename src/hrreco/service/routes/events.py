"""Events in: what employees did with courses."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request, Response

from hrreco.service.access import TheWorker, allowed
from hrreco.service.auth import Scope
from hrreco.service.routes.rows import OF_ROWS, TakenShown, body_of
from hrreco.workspace.handed import Form, Handed

router = APIRouter(
    prefix="/v1/events",
    tags=["events"],
    dependencies=[Depends(allowed(Scope.EVENTS))],
    responses=OF_ROWS,
)

_EVENT: dict[str, Any] = {
    "type": "object",
    "required": ["employee_id", "course_id", "kind", "occurred_at"],
    "properties": {
        "event_id": {"type": "string", "description": "Its id in the system it comes from."},
        "employee_id": {"type": "string"},
        "course_id": {"type": "string"},
        "kind": {"type": "string", "description": "What happened, such as completed."},
        "occurred_at": {"type": "string", "description": "When; ISO 8601."},
        "progress": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
        "rating": {"type": ["number", "null"], "minimum": 0},
        "reason": {"type": ["string", "null"]},
        "source": {"type": ["string", "null"]},
    },
    "example": {
        "event_id": "lms-77120",
        "employee_id": "E000123",
        "course_id": "C000042",
        "kind": "completed",
        "occurred_at": "2026-03-14T09:30:00+02:00",
    },
}


@router.post("", response_model=TakenShown, operation_id="events", openapi_extra=body_of(_EVENT))
async def events(worker: TheWorker, request: Request) -> Response:
    """Take in one event, or up to 10,000. They are on disk when this answers.

    Sending an event again changes nothing. One with the `event_id` of another is answered 409,
    and the one that was there stays. Of many, each that cannot be taken is told by its index,
    and the others are stored.
    """
    return await worker.events.take(Handed(await request.body(), Form.ROWS))
