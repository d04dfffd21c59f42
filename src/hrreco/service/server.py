"""Serving with uvicorn: one supervisor, and workers that it starts anew when they end."""

from __future__ import annotations

import os
from functools import partial
from ipaddress import ip_address
from tempfile import TemporaryDirectory

import uvicorn
from uvicorn.supervisors import Multiprocess

from hrreco.errors import SettingsError
from hrreco.service.app import create_app
from hrreco.service.auth import authenticator_of
from hrreco.service.logs import LOG_CONFIG
from hrreco.service.metrics import FOLDER
from hrreco.service.protocol import BoundedProtocol
from hrreco.settings import AsOf
from hrreco.workspace import Workspace


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
        partial(create_app, workspace.path, workers, as_of),
        factory=True,
        host=host,
        port=port,
        workers=workers,
        http=BoundedProtocol,
        ws="none",
        log_config=LOG_CONFIG,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=30,
    )
    with TemporaryDirectory(prefix="hrreco-metrics-") as together:
        os.environ[FOLDER] = together  # where the workers look for it
        Multiprocess(config, [config.bind_socket()]).run()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
