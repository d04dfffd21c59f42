"""Writing in groups: callers go on at once, and one thread has a disk's work done for many."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from hrreco.errors import WorkspaceError

T = TypeVar("T")

_AT_ONCE = 500
_MOST_WAITING = 2_000
"""When so many wait to be written, callers wait, too."""

_SECONDS = 0.2
"""What the first of a group waits for others."""

_LOG = logging.getLogger("hrreco")


class GroupWriter(Generic[T]):
    """Hands what is put to `write`, in its order, from a thread of its own.

    What cannot be written stays, and is tried again at the next call; that call fails where it
    fails again.

    Parameters
    ----------
    write
        Writes a group whole, or nothing of it.
    patience
        For how many seconds `put` may wait, where it must; as long as it takes when None.
    """

    def __init__(
        self, write: Callable[[Sequence[T]], None], patience: float | None = None
    ) -> None:
        self._write = write
        self._patience = patience
        self._changed = threading.Condition()
        self._waiting: list[T] = []
        self._put = self._written = self._wanted = 0
        self._failed: BaseException | None = None
        self._told: BaseException | None = None
        self._closing = False
        self._thread: threading.Thread | None = None

    def put(self, one: T) -> None:
        """Take something that is to be written.

        Raises
        ------
        WorkspaceError
            When what was put before could not be written, and still cannot be.
        """
        with self._changed:
            if self._failed is not None or len(self._waiting) >= _MOST_WAITING:
                self._have_written(self._patience)
            self._waiting.append(one)
            self._put += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="hrreco", daemon=True)
                self._thread.start()
            if len(self._waiting) in (1, _AT_ONCE):  # to be woken for each would cost more
                self._changed.notify_all()

    def flush(self) -> None:
        """Wait until all that was put is written.

        Raises
        ------
        WorkspaceError
            When it cannot be.
        """
        with self._changed:
            self._have_written(None)

    def close(self) -> None:
        """Write what waits, and end.

        That it could not be written is told in the log of ``hrreco``, unless a caller knows.
        """
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()
        if self._waiting and self._failed is not self._told:
            _LOG.error("%d answers could not be recorded: %s", len(self._waiting), self._failed)

    def _have_written(self, patience: float | None) -> None:
        failed, self._failed = self._failed, None
        self._wanted = wanted = self._put
        self._changed.notify_all()
        self._changed.wait_for(
            lambda: self._written >= wanted or self._failed is not None, patience
        )
        if self._written < wanted:
            self._told = why = self._failed or failed
            raise not_recorded(why or "others wait") from why

    def _run(self) -> None:
        while group := self._next():
            try:
                self._write(group)
            except BaseException as error:  # a thread that ended would have all wait for ever
                self._fail(error)
            else:
                with self._changed:
                    del self._waiting[: len(group)]
                    self._written += len(group)
                    self._changed.notify_all()

    def _next(self) -> list[T]:
        """Return what is to be written now; nothing when it is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closing)
            self._changed.wait_for(self._is_time, timeout=_SECONDS)
            return [] if self._closing and self._failed else self._waiting[:_AT_ONCE]

    def _is_time(self) -> bool:
        return self._closing or self._wanted > self._written or len(self._waiting) >= _AT_ONCE

    def _fail(self, error: BaseException) -> None:
        """Let callers know, and wait until one of them asks to try again."""
        with self._changed:
            self._failed = error
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._closing or self._failed is None)


def not_recorded(why: object) -> WorkspaceError:
    """Return what a caller is told in the place of an answer."""
    return WorkspaceError(f"answers cannot be recorded, and so none is given: {why}")
