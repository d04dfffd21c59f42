"""The roles within an employee's reach, for nobody's eyes but theirs."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response

from hrreco.service import beside
from hrreco.service.access import TheWorker, allowed
from hrreco.service.auth import Role, Scope
from hrreco.service.document import OF_EVERY, problems
from hrreco.service.ids import EmployeeId
from hrreco.service.json_answer import json_answer
from hrreco.service.routes.suggestions import Lang
from hrreco.service.shown.plans import CareersShown

router = APIRouter(
    prefix="/v1/employees/{employee_id:id}",
    tags=["plans"],
    # A system that could ask it of everybody could rank people for a role.
    dependencies=[Depends(allowed(Scope.SUGGESTIONS, only=Role.EMPLOYEE))],
    responses={**OF_EVERY, **problems(404)},
)


@router.get("/careers", response_model=CareersShown, operation_id="careers")
async def careers(worker: TheWorker, employee_id: EmployeeId, lang: Lang = None) -> Response:
    """Find the roles within reach, by the hours to be ready for each.

    For the employee's own token alone.
    """
    wishes = {"lang": lang, "as_of": worker.as_of}
    return json_answer(
        await worker.background.run(beside.planned, "careers", employee_id, **wishes)
    )
