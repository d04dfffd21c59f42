"""What a route asks of whoever calls it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Path, Request

from hrreco.service.auth import Principal, Scope
from hrreco.service.problems import Problem
from hrreco.service.state import Worker, worker_of

EmployeeId = Annotated[str, Path(description="The employee's id.", examples=["E000123"])]
TheWorker = Annotated[Worker, Depends(worker_of)]


def allowed(scope: Scope) -> Callable[[Request], Principal]:
    """Return a dependency that lets pass who may ask for something.

    Where the path names an employee, it is asked of that employee; whether there is such an
    employee is looked up later, so that a refusal is the same for all ids.
    """

    async def check(request: Request) -> Principal:
        principal = worker_of(request).authenticator.principal(
            request.headers.get("authorization")
        )
        if not principal.may(scope, request.path_params.get("employee_id")):
            raise Problem(403, f"this token may not ask for this; it takes the scope {scope}")
        return principal

    return check  # type: ignore[return-value]  # FastAPI awaits it
