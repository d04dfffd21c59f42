"""A line in the log for each request, its figures, and an answer where all else fails."""

from __future__ import annotations

import logging
import re
import secrets
import time
from http import HTTPMethod

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hrreco.service.asked import Asked
from hrreco.service.metrics import Metrics
from hrreco.service.problems import Problem

_SANE = re.compile(rb"[0-9a-fA-F-]{20,64}")
"""Ids as machines draw them (UUIDs, ids of traces): one that somebody chose may name a person."""

Headers = list[tuple[bytes, bytes]]

_METHODS = frozenset(HTTPMethod)

_LOG = logging.getLogger("hrreco.requests")


class Observed:
    """Tells of every request what was asked and how it went, never who asked or of whom."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        began = time.perf_counter()
        asked = Asked(_request_id(scope))
        asked.put_in(scope)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                asked.status = message["status"]
                own = (b"x-request-id", asked.request_id.encode())
                message = {**message, "headers": [*_kept_nowhere(message["headers"]), own]}
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:
            # What it says may name a person: the log tells its type and where it was raised.
            _LOG.error("failed", exc_info=error, extra={"told": {"request": asked.request_id}})
            if asked.status:
                raise
            failed = Problem(500, "this failed, and the fault is the service's own")
            await failed.response()(scope, receive, sending)
        finally:
            self._tell(scope, asked, time.perf_counter() - began)
        return None

    def _tell(self, scope: Scope, asked: Asked, seconds: float) -> None:
        self._metrics.note(scope, asked.status, seconds)
        told = {
            "method": scope["method"] if scope["method"] in _METHODS else None,
            "route": getattr(scope.get("route"), "path_format", None),
            "status": asked.status,
            "ms": round(seconds * 1000, 2),
            "request": asked.request_id,
            "role": asked.principal and asked.principal.role,
        }
        _LOG.info("answered", extra={"told": told})


def _kept_nowhere(headers: Headers) -> Headers:
    """Let no cache keep an answer that does not say so itself: most are about somebody."""
    if any(name == b"cache-control" for name, _ in headers):
        return headers
    return [*headers, (b"cache-control", b"no-store")]


def _request_id(scope: Scope) -> str:
    """Return the id that the caller gave, if it is sane, or else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _SANE.fullmatch(value):
            return str(value, "ascii")
    return secrets.token_hex(16)
