"""The application: routes over one workspace."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from hrreco.service.document import TITLE, document_of
from hrreco.service.metrics import Metrics
from hrreco.service.middleware import Guarded, Observed
from hrreco.service.problems import add_problems
from hrreco.service.routes import ROUTERS
from hrreco.service.state import Worker
from hrreco.settings import AsOf
from hrreco.workspace import Workspace


def create_app(folder: Path, workers: int = 1, as_of: AsOf = None) -> FastAPI:
    """Return the application for the workspace in `folder`, one of so many workers.

    It answers as of a day, or now.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.worker = worker = Worker(folder, workers, as_of)
        try:
            yield
        finally:
            worker.close()

    app = FastAPI(
        title=TITLE,
        version="1",
        lifespan=lifespan,
        # FastAPI's own pages of documentation load scripts of others.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # What it would tell of a request holds its address, and that an employee's id.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.metrics = metrics = Metrics()
    app.add_middleware(Guarded)
    app.add_middleware(Observed, metrics=metrics)
    add_problems(app)
    for router in ROUTERS:
        app.include_router(router)
    _let_in(app, Workspace.open(folder).settings.web.allowed_origins)
    app.openapi = lambda: document_of(app)  # type: ignore[method-assign]  # as FastAPI says
    return app


def _let_in(app: FastAPI, origins: Sequence[str]) -> None:
    """Let the pages of other origins ask, where any are named; with a token, never a cookie."""
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=["Authorization", "Content-Type"],
        )
