"""Whether the service is up, and what serves."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

from fastapi import APIRouter

from hrreco.errors import WorkspaceError
from hrreco.service.access import TheWorker
from hrreco.service.document import problems
from hrreco.service.shown.base import Shown, example

router = APIRouter(tags=["health"])

_EMPTY = "there is not one employee yet"
_REFUSED = (
    "the champion is damaged and was refused; {serving}; make a new model with: hrreco train, or "
    "go back to the one before with: hrreco promote --rollback"
)


class Health(Shown):
    """The service is up."""

    model_config = example({"status": "up"})

    status: Literal["up"]


class Ready(Shown):
    """The service can answer.

    `serves` is the model, or the rules where no model has beaten them. `note` says what there is
    to mend.
    """

    model_config = example({"status": "ready", "serves": "model", "note": None})

    status: Literal["ready"]
    serves: Literal["model", "rules"]
    note: str | None


# Load balancers ask without wanting a body, which the server leaves out.
@router.head("/health", include_in_schema=False)
@router.get("/health", operation_id="health")
async def health() -> Health:
    """Say that the service is up."""
    return Health(status="up")


@router.head("/ready", include_in_schema=False)
@router.get("/ready", operation_id="ready", responses=problems(503))
async def ready(worker: TheWorker) -> Ready:
    """Say that the service can answer, and what serves."""
    worker.workspace.store.last_ingest()  # which raises where the database cannot be used
    with suppress(WorkspaceError):
        _ = worker.advisor
    model = worker.live.model
    is_learned = model is not None and model.is_learned
    serving = "the model from before it keeps serving" if is_learned else "the rules serve"
    refused = _REFUSED.format(serving=serving) if worker.live.refused else None
    return Ready(
        status="ready",
        serves="model" if is_learned else "rules",
        note=_EMPTY if model is None else refused,
    )
