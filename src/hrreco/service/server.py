"""Serving with uvicorn: one supervisor, and workers that it starts anew when they end."""

from __future__ import annotations

import os
from ipaddress import ip_address
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from hrreco.errors import SettingsError
from hrreco.service.app import create_app
from hrreco.workspace import Workspace

_FOLDER = "HRRECO_WORKSPACE"


def serve(workspace: Workspace, *, host: str, port: int, workers: int) -> None:
    """Serve a workspace until told to stop.

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
    os.environ[_FOLDER] = str(workspace.path)  # which the workers read
    config = uvicorn.Config(
        f"{__name__}:app_of_worker",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=30,
    )
    Multiprocess(config, [config.bind_socket()]).run()


def app_of_worker() -> FastAPI:
    """Return the application of one worker."""
    return create_app(Path(os.environ[_FOLDER]))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
