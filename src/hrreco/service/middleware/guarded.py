"""Who asks, how often, how much they send, and for how long they wait."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hrreco.errors import HrrecoError
from hrreco.service.asked import Asked, asked_in
from hrreco.service.auth.bearer import refused
from hrreco.service.problems import Problem, problem_of
from hrreco.service.state import Worker

_LATER = {"Retry-After": "30"}


class Guarded:
    """Holds every request to the limits, before anything is read of its body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or say which limit it is beyond."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        worker, asked = scope["app"].state.worker, asked_in(scope)
        seconds = worker.limits.timeout_seconds
        try:
            async with asyncio.timeout(seconds) as patience:
                await _admit(asked, worker, scope)
                bounded = _bounded(receive, asked, worker.limits.request_bytes)
                return await self._app(scope, bounded, send)
        except Problem as problem:
            told = problem
        except HrrecoError as error:
            told = problem_of(error)
        except TimeoutError:
            if asked.status or not patience.expired():
                raise
            told = Problem(503, f"this took longer than {seconds:g} seconds", headers=_LATER)
        await told.response()(scope, receive, send)
        return None


async def _admit(asked: Asked, worker: Worker, scope: Scope) -> None:
    """Find out who asks, and refuse who asks too often or sends too much."""
    headers = scope["headers"]
    asked.principal = await worker.authenticator.principal(headers)
    if asked.principal is not None and (seconds := worker.budgets.spend(asked.principal)):
        raise Problem(
            429,
            f"too many requests; ask again in {seconds} seconds",
            headers={"Retry-After": str(seconds)},
        )
    for name, value in headers:
        if name == b"content-length" and int(value) > worker.limits.request_bytes:
            raise _too_large(worker.limits.request_bytes)


def _bounded(receive: Receive, asked: Asked, most: int) -> Receive:
    """Return what hands out a body up to its limit, and no body of whoever is not known."""
    size = 0

    async def bounded() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size and asked.principal is None:
            raise refused()
        if size > most:
            raise _too_large(most)
        return message

    return bounded


def _too_large(most: int) -> Problem:
    return Problem(
        413,
        f"a request may have {most:,} bytes; send it in parts",
        headers={"Connection": "close"},
    )
