"""What one worker of the service holds open."""

from __future__ import annotations

from pathlib import Path

from fastapi import Request

from hrreco.advisor import Advisor
from hrreco.service.auth import authenticator_of
from hrreco.service.background import Background
from hrreco.service.beside import kept
from hrreco.service.budgets import Budgets
from hrreco.service.joining import Joined
from hrreco.settings import AsOf, Moment
from hrreco.workspace import LiveAdvisor, Workspace


class Worker:
    """One workspace, ready to be asked over HTTP.

    Attributes
    ----------
    live
        What serves.
    background
        Does in a process of its own what takes longer.
    writing
        The process that writes events and answers.
    events
        Takes in events, those of many requests at once.
    answers
        Keeps what was answered; None where the workspace may be read only.
    as_of
        The day for which it answers; None for now.

    Parameters
    ----------
    workers
        How many serve this workspace together.
    """

    def __init__(self, folder: Path, workers: int = 1, as_of: AsOf = None) -> None:
        self.as_of = as_of
        self.workspace = Workspace.open(folder)
        self.background = Background(self.workspace.path)
        # Of its own: no event waits for somebody's path.
        self.writing = writing = Background(self.workspace.path)
        self.events = Joined(self.writing)
        self.answers = self.workspace.answers_kept_by(
            lambda entries, made_with: writing.wait_for(kept, entries, made_with),
            patience=0,  # while it waited, nobody at all would be answered
        )
        self.live = LiveAdvisor(self.workspace, self.answers)
        self.authenticator = authenticator_of(self.workspace)
        self.limits = self.workspace.settings.limits
        self.budgets = Budgets(self.limits, workers)

    @property
    def advisor(self) -> Advisor:
        """Answers at once what takes a few milliseconds."""
        return self.live.current()

    def now(self) -> Moment:
        """Return the moment for which it answers."""
        return Moment.of(self.as_of, self.workspace.settings.timezone)

    def flush(self) -> None:
        """Have on disk what was answered so far."""
        if self.answers is not None:
            self.answers.flush()

    def close(self) -> None:
        """Have on disk what was answered, and let go of everything."""
        try:
            self.flush()
        finally:
            self.background.close()
            self.writing.close()
            self.workspace.store.close()


async def worker_of(request: Request) -> Worker:
    """Return the worker that a request came to."""
    # Were it a plain function, FastAPI would have a thread call it at every request.
    worker: Worker = request.app.state.worker
    return worker
