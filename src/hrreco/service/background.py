"""A process beside the worker, for what takes longer than an answer may wait."""

from __future__ import annotations

import asyncio
import logging.config
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from hrreco.service.logs import LOG_CONFIG
from hrreco.service.problems import Problem

if TYPE_CHECKING:
    from hrreco.workspace import Workspace

P = ParamSpec("P")
T = TypeVar("T")

_LESS_URGENT = 10
"""By how much it gives way to the worker, which somebody waits for at every page."""

_here: dict[str, Any] = {}
"""The workspace that this process has open, if it is such a process."""


class Background:
    """Runs functions on the workspace, one after the other, in a process of its own.

    The worker goes on answering meanwhile. The process begins with the first call, or with
    `begin`, and ends with the worker, however that ends.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pool: ProcessPoolExecutor | None = None
        self._changing = threading.Lock()

    async def run(
        self,
        function: Callable[Concatenate[Workspace, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Return what a function of a module says of the workspace.

        Raises
        ------
        Problem
            503, when the process ended before it was done.
        """
        pool = self._begun()
        try:
            return await asyncio.wrap_future(pool.submit(_call, function, args, kwargs))
        except BrokenProcessPool:
            self._ended(pool)
            raise Problem(503, "this was interrupted; try again") from None

    def wait_for(
        self,
        function: Callable[Concatenate[Workspace, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Return the same, to a thread that may wait.

        Where the process ends before it is done, a new one is asked, once: the function must be
        one that may be called twice.
        """
        pool = self._begun()
        try:
            return pool.submit(_call, function, args, kwargs).result()
        except BrokenProcessPool:
            self._ended(pool)
        return self._begun().submit(_call, function, args, kwargs).result()

    def begin(self) -> None:
        """Have the process there before the first call, which then need not wait for it."""
        self._begun().submit(_ready)

    def _begun(self) -> ProcessPoolExecutor:
        with self._changing:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(
                    1, multiprocessing.get_context("spawn"), _begin, (self._folder,)
                )
            return self._pool

    def _ended(self, pool: ProcessPoolExecutor) -> None:
        """Have the next call begin a new process, unless another call has."""
        with self._changing:
            if self._pool is pool:
                self._pool = None

    def close(self) -> None:
        """Finish what was begun."""
        if self._pool is not None:
            self._pool.shutdown()


def _begin(folder: Path) -> None:
    from hrreco.workspace import Workspace

    # What stops the service is often told to all its processes: the worker ends this one, once
    # nothing is left to do.
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)
    logging.config.dictConfig(LOG_CONFIG)
    when_parent_ends(lambda: os._exit(1))
    os.nice(_LESS_URGENT)
    _here["workspace"] = Workspace.open(folder)


def _ready() -> None:
    """Do nothing, in a process that has made itself ready."""


def when_parent_ends(do: Callable[[], None]) -> None:
    """Do something, in a thread, once the process that began this one has ended, however."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_do_after, args=(parent.sentinel, do), daemon=True).start()


def _do_after(sentinel: int, do: Callable[[], None]) -> None:
    wait([sentinel])
    do()


def _call(function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
    return function(_here["workspace"], *args, **kwargs)
