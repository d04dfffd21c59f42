"""The application: routes over one workspace."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI

from hrreco.service.problems import add_problems
from hrreco.service.routes import ROUTERS
from hrreco.service.state import Worker


def create_app(folder: Path) -> FastAPI:
    """Return the application for the workspace in `folder`."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.worker = worker = Worker(folder)
        try:
            yield
        finally:
            worker.close()

    app = FastAPI(title="hrreco", version="1", lifespan=lifespan)
    add_problems(app)
    for router in ROUTERS:
        app.include_router(router)
    return app
