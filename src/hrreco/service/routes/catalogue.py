"""Courses and employees in."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request, Response

from hrreco.service.access import TheWorker, allowed
from hrreco.service.auth import Scope
from hrreco.service.document import OF_EVERY, problems
from hrreco.service.ids import CourseId, EmployeeId
from hrreco.service.intake import answer_to_upsert
from hrreco.service.routes.rows import TakenShown, body_of, one_of

router = APIRouter(
    prefix="/v1",
    tags=["catalogue"],
    dependencies=[Depends(allowed(Scope.CATALOGUE))],
    responses=OF_EVERY,
)

_COURSE: dict[str, Any] = {
    "type": "object",
    "required": ["course_id", "title"],
    "properties": {"course_id": {"type": "string"}, "title": {"type": "string"}},
    "example": {
        "course_id": "C000042",
        "title": "Hand hygiene",
        "skills": ["hygiene:2"],
        "language": "fi",
        "format": "online",
        "hours": 1.5,
        "mandatory_for": ["role:Nurse"],
        "valid_for_days": 730,
    },
}
_EMPLOYEE: dict[str, Any] = {
    "type": "object",
    "required": ["employee_id", "role"],
    "properties": {"employee_id": {"type": "string"}, "role": {"type": "string"}},
    "example": {
        "employee_id": "E000123",
        "role": "Nurse",
        "department": "Care",
        "manager_id": "E000007",
        "started_on": "2024-05-01",
        "language": "fi",
    },
}


@router.post(
    "/courses",
    response_model=TakenShown,
    operation_id="upsert_courses",
    openapi_extra=body_of(_COURSE),
)
async def courses(worker: TheWorker, request: Request) -> Response:
    """Store courses, each as a whole in place of the one with its id."""
    return await worker.background.run(answer_to_upsert, "courses", await request.body())


@router.put(
    "/courses/{course_id:id}",
    response_model=TakenShown,
    operation_id="upsert_course",
    responses=problems(404),
    openapi_extra=one_of({**_COURSE, "required": ["title"]}),
)
async def course(worker: TheWorker, course_id: CourseId, request: Request) -> Response:
    """Store a course as a whole, in place of what was known of it."""
    body = await request.body()
    return await worker.background.run(answer_to_upsert, "courses", body, course_id)


@router.post(
    "/employees",
    response_model=TakenShown,
    operation_id="upsert_employees",
    openapi_extra=body_of(_EMPLOYEE),
)
async def employees(worker: TheWorker, request: Request) -> Response:
    """Store employees, each as a whole in place of the one with their id."""
    return await worker.background.run(answer_to_upsert, "employees", await request.body())


@router.put(
    "/employees/{employee_id:id}",
    response_model=TakenShown,
    operation_id="upsert_employee",
    responses=problems(404),
    openapi_extra=one_of({**_EMPLOYEE, "required": ["role"]}),
)
async def employee(worker: TheWorker, employee_id: EmployeeId, request: Request) -> Response:
    """Store an employee as a whole, in place of what was known of them."""
    body = await request.body()
    return await worker.background.run(answer_to_upsert, "employees", body, employee_id)
