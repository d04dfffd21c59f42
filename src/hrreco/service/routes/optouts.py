"""What an employee refuses."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from fastapi.concurrency import run_in_threadpool

from hrreco.service.access import TheWorker, allowed
from hrreco.service.auth import Scope
from hrreco.service.document import OF_EVERY, problems
from hrreco.service.ids import EmployeeId
from hrreco.service.json_answer import json_answer
from hrreco.service.shown.person import OptedOut, PurposeShown
from hrreco.workspace import opt_in, opt_out, opted_out

router = APIRouter(
    prefix="/v1/employees/{employee_id:id}/opt-outs",
    tags=["opt-outs"],
    dependencies=[Depends(allowed(Scope.OPT_OUTS))],
    responses={**OF_EVERY, **problems(404)},
)

Purpose = Annotated[
    PurposeShown,
    Path(
        description="`profiling`: suggestions are no longer made from one's own history. "
        "`training`: models no longer learn from it. `group_reports`: no count includes it.",
        examples=["profiling"],
    ),
]


@router.get("", response_model=OptedOut, operation_id="opt_outs")
async def opt_outs(worker: TheWorker, employee_id: EmployeeId) -> Response:
    """Tell all that is refused."""
    return json_answer({"opted_out": opted_out(worker.workspace, employee_id)})


@router.put("/{purpose}", response_model=OptedOut, operation_id="opt_out")
async def refuse(worker: TheWorker, employee_id: EmployeeId, purpose: Purpose) -> Response:
    """Refuse a purpose: recorded before the answer, and in force at the next call.

    Mandatory training and the role's standard path stay. Tells all that is refused now.
    """
    now = await run_in_threadpool(opt_out, worker.workspace, employee_id, [purpose])
    return json_answer({"opted_out": now})


@router.delete("/{purpose}", response_model=OptedOut, operation_id="opt_in")
async def allow(worker: TheWorker, employee_id: EmployeeId, purpose: Purpose) -> Response:
    """Take a refusal back; the next answer is the one from before. Tells what is still refused."""
    now = await run_in_threadpool(opt_in, worker.workspace, employee_id, [purpose])
    return json_answer({"opted_out": now})
