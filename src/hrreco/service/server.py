"""Serving with uvicorn: one supervisor, and workers that it starts anew when they end."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from hrreco.errors import SettingsError
from hrreco.service.app import create_app
from hrreco.service.auth import authenticator_of
from hrreco.service.background import when_parent_ends
from hrreco.service.logs import LOG_CONFIG
from hrreco.service.metrics import FOLDER
from hrreco.service.protocol import BoundedProtocol
from hrreco.settings import AsOf
from hrreco.workspace import Workspace

_SWITCH_SECONDS = 0.0005
"""An answer waits no longer for the thread that records those before it: a tenth of the usual."""

_WORKER_ANSWERS_WITHIN = 30
"""Seconds. A new worker answers once all is imported: where the machine is slow or busy, uvicorn's
five are over by then, and it would be ended and begun anew for ever."""


def serve(workspace: Workspace, *, host: str, port: int, workers: int, as_of: AsOf = None) -> None:
    """Serve a workspace until told to stop; as of a day, when one is named.

    Raises
    ------
    SettingsError
        When the workspace is in the mode for trying things out, and `host` is not this machine.
    """
    if workspace.settings.auth.mode == "local" and not _is_loopback(host):
        raise SettingsError(
            f'{host}: auth.mode is "local", which serves this machine alone; serve on 127.0.0.1, '
            'or set mode = "oidc" under [auth] in hrreco.toml'
        )
    authenticator_of(workspace)  # what is wrong is better said here than by every worker
    config = uvicorn.Config(
        partial(_app_of_worker, workspace.path, workers, as_of),
        factory=True,
        host=host,
        port=port,
        workers=workers,
        http=BoundedProtocol,
        ws="none",
        log_config=LOG_CONFIG,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=30,
        timeout_worker_healthcheck=_WORKER_ANSWERS_WITHIN,
    )
    with TemporaryDirectory(prefix="hrreco-metrics-") as together:
        os.environ[FOLDER] = together  # where the workers look for it
        Multiprocess(config, [config.bind_socket()]).run()


def _app_of_worker(folder: Path, workers: int, as_of: AsOf) -> FastAPI:
    """Return the application in a process that has nothing else to do."""
    # Ctrl-C reaches the supervisor, too, which stops its workers; they end with it in any case.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    when_parent_ends(lambda: os.kill(os.getpid(), signal.SIGTERM))
    sys.setswitchinterval(_SWITCH_SECONDS)
    app = create_app(folder, workers, as_of)
    opened = app.router.lifespan_context

    @asynccontextmanager
    async def settled(app: FastAPI) -> AsyncIterator[None]:
        async with opened(app):
            app.state.worker.writing.begin()
            # What is there now stays: to look through it for garbage would stall answers.
            gc.collect()
            gc.freeze()
            yield

    app.router.lifespan_context = settled
    return app


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
