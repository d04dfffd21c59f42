"""Errors as problem details (RFC 9457): every answer that is no answer has this form."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from hrreco.errors import (
    DataError,
    HrrecoError,
    SettingsError,
    UnknownEmployeeError,
    UnknownIdError,
)

MEDIA_TYPE = "application/problem+json"

_IN_OTHER_WORDS = {
    400: (422, "the body cannot be read; send JSON in UTF-8"),
    404: (404, "nothing is here; see /openapi.json"),
}
"""What FastAPI raises itself."""

_LOG = logging.getLogger("hrreco.service")


class Problem(HTTPException):
    """What went wrong with a request, as its caller is told.

    Parameters
    ----------
    detail
        What is wrong and what to do, in one line.
    more
        Further members of the document, in plain JSON values.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(status, detail, dict(headers or {}))
        self.more = more

    def response(self) -> Response:
        """Return it as an answer."""
        status = self.status_code
        title = HTTPStatus(status).phrase
        document = {"title": title, "status": status, "detail": self.detail, **self.more}
        return Response(
            json.dumps(document, ensure_ascii=False),
            status,
            headers=self.headers,
            media_type=MEDIA_TYPE,
        )


def problem_of(error: HrrecoError) -> Problem:
    """Return what a caller is told of an error of the library."""
    if isinstance(error, UnknownIdError):
        return Problem(404, str(error))
    if isinstance(error, (DataError, SettingsError)):
        return Problem(422, str(error))
    _LOG.error("failed", exc_info=error)
    return Problem(503, "this cannot be answered now; try again later")


def add_problems(app: FastAPI) -> None:
    """Answer every error in the one form."""

    @app.exception_handler(Problem)
    async def _problem(_: Request, problem: Problem) -> Response:
        return problem.response()

    @app.exception_handler(HrrecoError)
    async def _known(request: Request, error: HrrecoError) -> Response:
        if isinstance(error, UnknownEmployeeError) and request.state.of_oneself:
            # The message may name the close match, which is somebody else.
            return Problem(404, "nothing is known of you here").response()
        return problem_of(error).response()

    @app.exception_handler(HTTPException)
    async def _http(_: Request, error: HTTPException) -> Response:
        status, detail = _IN_OTHER_WORDS.get(error.status_code, (error.status_code, error.detail))
        return Problem(status, str(detail), headers=error.headers).response()

    @app.exception_handler(RequestValidationError)
    async def _invalid(_: Request, error: RequestValidationError) -> Response:
        return problem_of_values(error).response()


def problem_of_values(error: RequestValidationError, status: int = 422) -> Problem:
    """Return what a caller is told of values that cannot be used."""
    wrong = [
        {"where": ".".join(map(str, one["loc"])), "what": _what(one)} for one in error.errors()
    ]
    first = wrong[0]
    return Problem(status, f"{first['where']}: {first['what']}", errors=wrong)


def _what(wrong: Mapping[str, Any]) -> str:
    """Return what is wrong with a value; a body that was not read as JSON is left as bytes."""
    if wrong["loc"] == ("body",) and isinstance(wrong.get("input"), bytes):
        return "was not read as JSON; send JSON with Content-Type: application/json"
    return str(wrong["msg"])
