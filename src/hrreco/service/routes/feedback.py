"""What an employee says of a course that was suggested."""

from __future__ import annotations

import json
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Depends, Response
from pydantic import ConfigDict, Field

from hrreco.service.access import TheWorker, allowed
from hrreco.service.auth import Scope
from hrreco.service.document import OF_EVERY, problems
from hrreco.service.ids import EmployeeId
from hrreco.service.json_answer import json_answer
from hrreco.service.shown.base import Shown
from hrreco.service.shown.person import Recorded
from hrreco.workspace import feedback_event
from hrreco.workspace.handed import Form, Handed

router = APIRouter(
    prefix="/v1/employees/{employee_id:id}",
    tags=["feedback"],
    dependencies=[Depends(allowed(Scope.FEEDBACK))],
    responses={**OF_EVERY, **problems(404)},
)

CourseId = Annotated[str, Field(min_length=1, max_length=1_000, examples=["C00042"])]


class Judged(Shown):
    """What is wrong with a suggestion."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"course_id": "C00042", "kind": "dismissed"}]}
    )

    course_id: CourseId
    kind: Literal["dismissed", "not_relevant", "already_known", "wrong_level"]


class Rated(Shown):
    """How good a course was."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"course_id": "C00042", "kind": "rated", "rating": 4}]}
    )

    course_id: CourseId
    kind: Literal["rated"]
    rating: float = Field(strict=True, ge=0, le=100, allow_inf_nan=False)


Feedback = Annotated[
    Judged | Rated,
    Field(discriminator="kind"),
    Body(
        description="The course, and what there is to say of it.",
        examples=[{"course_id": "C00042", "kind": "dismissed"}],
    ),
]


@router.post("/feedback", response_model=Recorded, operation_id="feedback")
async def feedback(worker: TheWorker, employee_id: EmployeeId, said: Feedback) -> Response:
    """Take feedback on a course: it is stored as an event, and in force at the next call.

    `dismissed` and `not_relevant`: not suggested for half a year. `already_known`: taken, and its
    skills count as declared. `wrong_level`: a neighbouring level is suggested instead. `rated`:
    moves what is suggested. To say the same again is no error.
    """
    here = worker.workspace.people, worker.live.data.catalogue
    event = feedback_event(*here, employee_id, **said.model_dump(), at=worker.now().at)
    answer = await worker.events.take(Handed(json.dumps(event).encode(), Form.ROWS))
    return answer if answer.status_code != 200 else json_answer({"event_id": event["event_id"]})
