"""Suggestions, and why a course is not among them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response

from hrreco.service.access import TheWorker, allowed
from hrreco.service.auth import Scope
from hrreco.service.document import OF_EVERY, problems
from hrreco.service.ids import CourseId, EmployeeId
from hrreco.service.json_answer import json_answer
from hrreco.service.shown.suggestions import Suggestions, WhyNotShown

router = APIRouter(
    prefix="/v1/employees/{employee_id:id}",
    tags=["suggestions"],
    dependencies=[Depends(allowed(Scope.SUGGESTIONS))],
    responses={**OF_EVERY, **problems(404)},
)

Lang = Annotated[
    Literal["en", "fi", "sv"] | None,
    Query(description="The language of texts; the company's own when not given.", examples=["fi"]),
]
MostCourses = Annotated[int, Query(ge=1, le=100, description="The most courses.", examples=[5])]


@router.get("/recommendations", response_model=Suggestions, operation_id="recommendations")
async def recommendations(
    worker: TheWorker,
    employee_id: EmployeeId,
    k: MostCourses = 5,
    lang: Lang = None,
) -> Response:
    """Suggest courses: mandatory ones that are due first, then what fits, each with reasons."""
    answer = worker.advisor.recommend(employee_id, k, lang=lang, as_of=worker.as_of)
    return json_answer(answer.to_json())


@router.get("/why-not/{course_id:id}", response_model=WhyNotShown, operation_id="why_not")
async def why_not(
    worker: TheWorker,
    employee_id: EmployeeId,
    course_id: CourseId,
    k: MostCourses = 5,
    lang: Lang = None,
) -> Response:
    """Say why a course is not among the suggestions, or that it is."""
    why = worker.advisor.why_not(employee_id, course_id, k, lang=lang, as_of=worker.as_of)
    return json_answer(why.to_json())
