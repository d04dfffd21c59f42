"""Events of many requests, taken in together: a pass over ten costs hardly more than one."""

from __future__ import annotations

import asyncio
from collections import deque
from time import monotonic

from fastapi import Response

from hrreco.service.background import Background
from hrreco.service.intake import answers_to_events
from hrreco.workspace.handed import Handed

_REST = 2.0
"""For how many times as long as a pass took the next one waits, so that answers stay quick."""

_LONGEST_REST = 0.5

_MOST_BYTES = 256 * 1024
"""In one pass, unless one request has more."""

Waiting = tuple[Handed, "asyncio.Future[Response]"]


class Joined:
    """Takes in what has come while the pass before was under way, in one pass.

    A request is answered when its own rows are on disk, and told of its own rows alone.
    """

    def __init__(self, background: Background) -> None:
        self._background = background
        self._waiting: deque[Waiting] = deque()
        self._passes: asyncio.Task[None] | None = None
        self._rested_at = 0.0

    async def take(self, handed: Handed) -> Response:
        """Return the answer to a request that hands in events."""
        answer: asyncio.Future[Response] = asyncio.get_running_loop().create_future()
        self._waiting.append((handed, answer))
        if self._passes is None:
            self._passes = asyncio.create_task(self._pass_on())
        return await answer

    async def _pass_on(self) -> None:
        """Make passes for as long as anything waits."""
        while self._waiting:
            await asyncio.sleep(max(self._rested_at - monotonic(), 0))
            began = monotonic()
            await self._pass(self._next())
            took = monotonic() - began
            self._rested_at = began + took + min(_REST * took, _LONGEST_REST)
        self._passes = None

    def _next(self) -> list[Waiting]:
        size = 0
        some: list[Waiting] = []
        while self._waiting and (not some or size + len(self._waiting[0][0].body) <= _MOST_BYTES):
            some.append(self._waiting.popleft())
            size += len(some[-1][0].body)
        return some

    async def _pass(self, some: list[Waiting]) -> None:
        try:
            handed = [one for one, _ in some]
            answers = await self._background.run(answers_to_events, handed)
        except Exception as error:  # which each of them is to be told
            for _, waiting in some:
                if not waiting.done():  # whose caller has gone
                    waiting.set_exception(error)
            return
        for (_, waiting), answer in zip(some, answers, strict=True):
            if not waiting.done():
                waiting.set_result(answer)
