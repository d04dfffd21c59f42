"""What one worker of the service holds open."""

from __future__ import annotations

from pathlib import Path

from fastapi import Request

from hrreco.advisor import Advisor
from hrreco.service.auth import Authenticator
from hrreco.service.auth.local import LocalVerifier
from hrreco.service.background import Background
from hrreco.settings import AsOf
from hrreco.workspace import LiveAdvisor, Workspace
from hrreco.workspace.tokens import LocalTokens


class Worker:
    """One workspace, ready to be asked over HTTP.

    Attributes
    ----------
    live
        What serves.
    background
        Does in a process of its own what takes longer.
    as_of
        The day for which it answers; None for now.
    """

    def __init__(self, folder: Path, as_of: AsOf = None) -> None:
        self.as_of = as_of
        self.workspace = Workspace.open(folder)
        self.live = LiveAdvisor(self.workspace)
        self.background = Background(self.workspace.path)
        self.authenticator = _authenticator(self.workspace)

    @property
    def advisor(self) -> Advisor:
        """Answers at once what takes a few milliseconds."""
        return self.live.current()

    def close(self) -> None:
        """Have on disk what was answered, and let go of everything."""
        self.background.close()
        self.workspace.flush()
        self.workspace.store.close()


def worker_of(request: Request) -> Worker:
    """Return the worker that a request came to."""
    worker: Worker = request.app.state.worker
    return worker


def _authenticator(workspace: Workspace) -> Authenticator:
    if workspace.settings.auth.mode == "local":
        return Authenticator(LocalVerifier(LocalTokens(workspace)))
    return Authenticator()
