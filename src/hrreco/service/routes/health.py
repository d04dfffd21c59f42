"""Whether the service is up, and what serves."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from hrreco.service.access import TheWorker

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """The service is up."""

    status: Literal["up"] = "up"


class Ready(BaseModel):
    """The service can answer."""

    status: Literal["ready"] = "ready"
    serves: Literal["model", "rules"]
    """The champion, or the rules where there is none."""


@router.get("/health")
async def health() -> Health:
    """Say that the service is up."""
    return Health()


@router.get("/ready")
async def ready(worker: TheWorker) -> Ready:
    """Say what serves."""
    return Ready(serves="rules" if worker.workspace.champion_id() is None else "model")
