"""The application: routes over one workspace."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI

from hrreco.service.document import TITLE, document_of
from hrreco.service.metrics import Metrics
from hrreco.service.middleware import Guarded, Observed
from hrreco.service.problems import add_problems
from hrreco.service.routes import ROUTERS
from hrreco.service.state import Worker


def create_app(folder: Path, workers: int = 1) -> FastAPI:
    """Return the application for the workspace in `folder`, one of so many workers."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.worker = worker = Worker(folder, workers)
        try:
            yield
        finally:
            worker.close()

    # FastAPI's own pages of documentation load scripts of others.
    app = FastAPI(title=TITLE, version="1", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.metrics = metrics = Metrics()
    app.add_middleware(Guarded)
    app.add_middleware(Observed, metrics=metrics)
    add_problems(app)
    for router in ROUTERS:
        app.include_router(router)
    app.openapi = lambda: document_of(app)  # type: ignore[method-assign]  # as FastAPI says
    return app
