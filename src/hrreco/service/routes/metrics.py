"""Figures for Prometheus."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST

from hrreco.service.access import allowed
from hrreco.service.auth import Scope

router = APIRouter(tags=["health"], dependencies=[Depends(allowed(Scope.METRICS))])


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics(request: Request) -> Response:
    """Tell how many requests there were, and how long they took: of nobody in particular."""
    return Response(request.app.state.metrics.text(), media_type=CONTENT_TYPE_LATEST)
