"""What an employee may ask for: to see what is held about them, and to be erased."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response
from fastapi.concurrency import run_in_threadpool

from hrreco.service import beside
from hrreco.service.access import TheWorker, allowed
from hrreco.service.auth import Role, Scope
from hrreco.service.document import OF_EVERY, problems
from hrreco.service.ids import EmployeeId
from hrreco.service.json_answer import json_answer
from hrreco.service.shown.person import Erased, Export, Profile
from hrreco.workspace import known_of

router = APIRouter(
    prefix="/v1/employees/{employee_id:id}",
    tags=["rights"],
    responses={**OF_EVERY, **problems(404)},
)


@router.get(
    "/profile",
    response_model=Profile,
    operation_id="profile",
    dependencies=[Depends(allowed(Scope.EXPORT, only=Role.EMPLOYEE))],
)
async def profile(worker: TheWorker, employee_id: EmployeeId) -> Response:
    """Show an employee what is known of them, and what serves them.

    For the employee's own token alone.
    """
    known = known_of(worker.workspace, worker.live, employee_id, as_of=worker.as_of)
    return json_answer(known.to_json())


@router.get(
    "/export",
    response_model=Export,
    operation_id="export",
    dependencies=[Depends(allowed(Scope.EXPORT))],
)
async def export(worker: TheWorker, employee_id: EmployeeId) -> Response:
    """Give every row about a person, with the answers that they were given (GDPR Art. 15, 20)."""
    await run_in_threadpool(worker.flush)
    return json_answer(await worker.background.run(beside.exported, employee_id))


@router.delete(
    "",
    response_model=Erased,
    operation_id="erase",
    dependencies=[Depends(allowed(Scope.ERASURE))],
)
async def erase(worker: TheWorker, employee_id: EmployeeId) -> Response:
    """Erase a person for good, and answer with the certificate (GDPR Art. 17).

    From the rows, the log and what the model has learned from them. It cannot be taken back. Who
    repeats it is told that it was done before, and gets a certificate of the same erasure.
    """
    await run_in_threadpool(worker.flush)
    return json_answer(await worker.background.run(beside.erased, employee_id))
