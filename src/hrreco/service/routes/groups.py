"""Figures of groups of people, never of anybody."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response

from hrreco.service import beside
from hrreco.service.access import TheWorker, allowed
from hrreco.service.auth import Principal, Role, Scope
from hrreco.service.document import OF_EVERY
from hrreco.service.json_answer import json_answer
from hrreco.service.problems import Problem
from hrreco.service.shown.groups import Groups

router = APIRouter(prefix="/v1", tags=["reports"], responses=OF_EVERY)

DimensionShown = Literal["department", "role", "location", "manager"]


@router.get("/groups", response_model=Groups, operation_id="groups")
async def groups(
    worker: TheWorker,
    principal: Annotated[Principal, Depends(allowed(Scope.REPORTS))],
    by: Annotated[
        list[DimensionShown],
        Query(
            min_length=1,
            max_length=2,
            json_schema_extra={"uniqueItems": True},
            description="One dimension, or two that differ.",
            examples=[["department"]],
        ),
    ] = ["department"],  # noqa: B006 (FastAPI hands out copies)
    since: Annotated[
        date | None,
        Query(
            description="The first day, for the role admin; a year ago when not given.",
            examples=["2026-01-01"],
        ),
    ] = None,
) -> Response:
    """Tell how groups learn: people, electives, mandatory training on time, hours.

    A manager is told those figures of the same report that are about their own department, and,
    by manager, their own team. Nothing about fewer than five people can be worked out: what would
    allow it is not there.
    """
    if principal.role is not Role.MANAGER:
        first = None if since is None else since.isoformat()
        return json_answer(await worker.background.run(beside.figures, by, first, worker.as_of))
    if since is not None:
        raise Problem(422, "query.since: a manager's figures are of one year; leave it out")
    asked = (principal.subject, by, worker.as_of)
    return json_answer(await worker.background.run(beside.figures_of_unit, *asked))
