"""Statements of the Experience API (xAPI 1.0.3), and of cmi5, which are sent in its form."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from hrreco.service.access import TheWorker, allowed
from hrreco.service.auth import Scope
from hrreco.service.document import problems
from hrreco.service.intake import PASSED_OVER
from hrreco.service.problems import Problem, problem_of_values
from hrreco.service.routes.rows import OF_ROWS, body_of, one_of
from hrreco.service.shown.base import Shown, example
from hrreco.workspace.handed import Form, Handed

_SPOKEN = {"X-Experience-API-Version": "1.0.3"}


class _Spoken(APIRoute):
    """A route whose answers all say the version, and where what cannot be used is answered 400."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def spoken(request: Request) -> Response:
            problem: HTTPException
            try:
                answer = await handle(request)
            except RequestValidationError as error:
                problem = problem_of_values(error, 400)
            except HTTPException as error:
                problem = error
            else:
                answer.headers.update(_SPOKEN)
                return answer
            problem.headers = {**(problem.headers or {}), **_SPOKEN}
            raise problem

        return spoken


router = APIRouter(prefix="/v1/xapi", tags=["xapi"], route_class=_Spoken)

_VERSION = re.compile(r"1\.0(\.\d+)?")
_UUID = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"

_STATEMENT: dict[str, Any] = {
    "type": "object",
    "required": ["actor", "verb", "object"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "actor": {"type": "object"},
        "verb": {"type": "object"},
        "object": {"type": "object"},
        "timestamp": {"type": "string"},
    },
    "example": {
        "id": "7ccd3322-e1a5-411a-a67d-6a735c76f119",
        "actor": {"account": {"homePage": "https://lms.example.com", "name": "E000123"}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"},
        "object": {"id": "https://lms.example.com/courses/C000042"},
        "timestamp": "2026-03-14T09:30:00+02:00",
    },
}
_HEADERS = {
    name: {"description": what, "schema": {"type": "string"}}
    for name, what in (
        (next(iter(_SPOKEN)), "The version that answers."),
        (PASSED_OVER, "How many statements are no event, by why: `verb=3, group=1`."),
    )
}
_IDS = {"application/json": {"example": ["7ccd3322-e1a5-411a-a67d-6a735c76f119"]}}
_REFUSED = {**OF_ROWS, **problems(400, 415)}


class About(Shown):
    """The versions of xAPI that are spoken."""

    model_config = example({"version": ["1.0.3"]})

    version: list[str]


def _checked(
    request: Request,
    version: Annotated[
        str | None,
        Header(
            alias="X-Experience-API-Version",
            description="1.0.3, or another 1.0.",
            examples=["1.0.3"],
        ),
    ] = None,
) -> None:
    if version is None or not _VERSION.fullmatch(version):
        raise Problem(400, "send the header X-Experience-API-Version: 1.0.3")
    content = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content not in ("application/json", "multipart/mixed"):
        raise Problem(
            415,
            "send statements as application/json, or as multipart/mixed with attachments, which "
            "are left aside",
        )


_STATEMENTS = [Depends(allowed(Scope.EVENTS)), Depends(_checked)]


@router.post(
    "/statements",
    response_model=list[str],
    operation_id="statements",
    responses={200: {"headers": _HEADERS, "content": _IDS}, **_REFUSED},
    dependencies=_STATEMENTS,
    openapi_extra=body_of(_STATEMENT),
)
async def statements(worker: TheWorker, request: Request) -> Response:
    """Take in one statement, or up to 10,000; answer their ids."""
    return await worker.events.take(await _handed(request))


@router.put(
    "/statements",
    status_code=204,
    operation_id="statement",
    responses={204: {"headers": _HEADERS}, **_REFUSED},
    dependencies=_STATEMENTS,
    openapi_extra=one_of(_STATEMENT),
)
async def statement(
    worker: TheWorker,
    request: Request,
    statement_id: Annotated[
        str,
        Query(
            alias="statementId",
            pattern=_UUID,
            description="The statement's id.",
            examples=["7ccd3322-e1a5-411a-a67d-6a735c76f119"],
        ),
    ],
) -> Response:
    """Take in the statement of an id."""
    return await worker.events.take(await _handed(request, statement_id))


async def _handed(request: Request, statement_id: str | None = None) -> Handed:
    content_type = request.headers["content-type"]
    return Handed(await request.body(), Form.STATEMENTS, content_type, statement_id)


@router.get("/statements", include_in_schema=False)
async def none() -> Response:
    """Say that statements are not given out."""
    raise Problem(
        405,
        "statements are taken in here and not given out; what is known of a person is their "
        "export",
        headers={"Allow": "POST, PUT"},
    )


@router.get("/about", operation_id="about")
async def about() -> About:
    """Say which versions of xAPI are spoken."""
    return About(version=["1.0.3", "1.0.2", "1.0.1", "1.0.0"])
