"""What looks ahead: the gap to a role, paths and onboarding."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from hrreco.service import beside
from hrreco.service.access import TheWorker, allowed
from hrreco.service.auth import Scope
from hrreco.service.document import OF_EVERY, problems
from hrreco.service.ids import EmployeeId
from hrreco.service.json_answer import json_answer
from hrreco.service.routes.suggestions import Lang
from hrreco.service.shown.plans import GapShown, OnboardingShown, PathShown

router = APIRouter(
    prefix="/v1/employees/{employee_id:id}",
    tags=["plans"],
    dependencies=[Depends(allowed(Scope.SUGGESTIONS))],
    responses={**OF_EVERY, **problems(404)},
)

TargetRole = Annotated[
    str | None,
    Query(
        max_length=1_000,
        description="The role to look towards; the employee's own when not given.",
        examples=["Head nurse"],
    ),
]


@router.get("/gap", response_model=GapShown, operation_id="gap")
async def gap(
    worker: TheWorker, employee_id: EmployeeId, target_role: TargetRole = None
) -> Response:
    """Say which skills are lacking for a role, and which courses close the gap."""
    return json_answer(worker.advisor.gap(employee_id, target_role, as_of=worker.as_of).to_json())


@router.get("/path", response_model=PathShown, operation_id="path")
async def path(
    worker: TheWorker,
    employee_id: EmployeeId,
    target_role: TargetRole = None,
    hours_per_month: Annotated[
        float | None,
        Query(
            gt=0,
            le=744,
            description="The budget of each month, mandatory training included; the employee's "
            "own when not given, else the company's.",
            examples=[8],
        ),
    ] = None,
    start: Annotated[
        date | None,
        Query(description="The first day; today when not given.", examples=["2026-09-01"]),
    ] = None,
    months: Annotated[
        int,
        Query(ge=1, le=60, description="Calendar months, the first included.", examples=[6]),
    ] = 12,
    lang: Lang = None,
) -> Response:
    """Plan what to learn, month by month: mandatory training, the gap to a role, what suits."""
    wishes = {
        "target_role": target_role,
        "hours_per_month": hours_per_month,
        "start": start,
        "months": months,
        "lang": lang,
        "as_of": worker.as_of,
    }
    run = worker.background.run
    return json_answer(await run(beside.planned, "path", employee_id, **wishes))


@router.get("/onboarding", response_model=OnboardingShown, operation_id="onboarding")
async def onboarding(worker: TheWorker, employee_id: EmployeeId, lang: Lang = None) -> Response:
    """Plan the first 30, 60 and 90 days: mandatory training, the core of the role, what suits."""
    wishes = {"lang": lang, "as_of": worker.as_of}
    return json_answer(
        await worker.background.run(beside.planned, "onboarding", employee_id, **wishes)
    )
