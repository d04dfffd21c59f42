"""What a route asks of whoever calls it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant
from starlette.routing import BaseRoute

from hrreco.service.asked import asked_in
from hrreco.service.auth import Principal, Role, Scope
from hrreco.service.auth.bearer import refused
from hrreco.service.problems import Problem
from hrreco.service.state import Worker, worker_of
from hrreco.workspace.roles import GRANTED

TheWorker = Annotated[Worker, Depends(worker_of)]


class Allowed:
    """A dependency that lets pass who may ask for something, and says who they are.

    Where the path names an employee, it is asked of that employee; whether there is such an
    employee is looked up later, so that a refusal is the same for all ids.

    Parameters
    ----------
    only
        The one role that may ask, where others have the scope, too.
    """

    def __init__(self, scope: Scope, *, only: Role | None = None) -> None:
        self.scope = scope
        self._only = only

    @property
    def roles(self) -> list[Role]:
        """Who may have the scope, and ask."""
        having = (role for role in Role if self.scope in GRANTED[role])
        return [role for role in having if self._only in (None, role)]

    async def __call__(self, request: Request) -> Principal:
        """Return who asks.

        Raises
        ------
        Problem
            401 where nobody knows who asks; 403, in the same words for any id.
        """
        principal = asked_in(request.scope).principal
        if principal is None:
            raise refused()
        may = principal.may(self.scope, request.path_params.get("employee_id"))
        if not may or (self._only is not None and principal.role is not self._only):
            whose = "" if self._only is None else f", and the role {self._only}"
            told = f"this token may not ask for this; it takes the scope {self.scope}{whose}"
            raise Problem(403, told)
        request.state.of_oneself = principal.role is Role.EMPLOYEE
        return principal


def allowed(scope: Scope, *, only: Role | None = None) -> Allowed:
    """Return the dependency of a route that takes a scope."""
    return Allowed(scope, only=only)


def door_of(route: BaseRoute) -> Allowed | None:
    """Return whom a route lets pass; None where anybody may call."""
    dependant = getattr(route, "dependant", None)
    return None if dependant is None else _door_in(dependant)


def _door_in(dependant: Dependant) -> Allowed | None:
    if isinstance(dependant.call, Allowed):
        return dependant.call
    return next(filter(None, map(_door_in, dependant.dependencies)), None)
