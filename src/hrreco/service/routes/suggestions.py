"""Suggestions, and why a course is not among them."""

from __future__ import annotations

import json
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel

from hrreco.service.access import EmployeeId, TheWorker, allowed
from hrreco.service.auth import Scope

router = APIRouter(
    prefix="/v1/employees/{employee_id}",
    tags=["suggestions"],
    dependencies=[Depends(allowed(Scope.SUGGESTIONS))],
)

Lang = Annotated[
    Literal["en", "fi", "sv"] | None,
    Query(description="The language of texts; the company's own when not given."),
]


class ReasonShown(BaseModel):
    """One reason; its `share` is its part of all that speaks for the course, 0 to 1."""

    code: str
    text: str
    share: float


class Suggestion(BaseModel):
    """One course that is suggested, and why; what the catalogue does not say is null."""

    course_id: str
    title: str
    kind: Literal["mandatory", "elective"]
    hours: float | None
    format: str | None
    url: str | None
    due_on: str | None
    reasons: list[ReasonShown]


class Suggestions(BaseModel):
    """What is suggested, best first; what was left out by which rule is counted."""

    employee_id: str
    recommendations: list[Suggestion]
    left_out: dict[str, int]
    decision_id: str | None


@router.get("/recommendations", response_model=Suggestions)
async def recommendations(
    worker: TheWorker,
    employee_id: EmployeeId,
    k: Annotated[int, Query(ge=1, le=100, description="The most courses.")] = 5,
    lang: Lang = None,
) -> Response:
    """Suggest courses: mandatory ones that are due first, then what fits, each with reasons."""
    answer = worker.advisor.recommend(employee_id, k, lang=lang, as_of=worker.as_of)
    return Response(
        json.dumps(answer.to_json(), ensure_ascii=False), media_type="application/json"
    )
