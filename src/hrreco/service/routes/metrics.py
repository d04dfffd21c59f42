"""Figures for Prometheus."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from hrreco.service.access import allowed
from hrreco.service.auth import Scope
from hrreco.service.document import OF_EVERY

router = APIRouter(tags=["health"], dependencies=[Depends(allowed(Scope.METRICS))])


_EXAMPLE = 'hrreco_request_seconds_count{route="/health",status="2xx"} 12.0'


@router.get(
    "/metrics",
    response_class=PlainTextResponse,
    responses={200: {"content": {"text/plain": {"example": _EXAMPLE}}}, **OF_EVERY},
    operation_id="metrics",
)
async def metrics(request: Request) -> Response:
    """Tell Prometheus how many requests there were, and how long they took.

    Of nobody in particular: what concerns people's rights is counted as one.
    """
    return Response(request.app.state.metrics.text(), media_type=CONTENT_TYPE_PLAIN_0_0_4)
