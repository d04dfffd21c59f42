"""Serving with uvicorn: one supervisor, and workers that it starts anew when they end."""

from __future__ import annotations

from functools import partial
from ipaddress import ip_address

import uvicorn
from uvicorn.supervisors import Multiprocess

from hrreco.errors import SettingsError
from hrreco.service.app import create_app
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
    config = uvicorn.Config(
        partial(create_app, workspace.path, as_of),
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=30,
    )
    Multiprocess(config, [config.bind_socket()]).run()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
