"""A load over HTTP/1.1 that waits for nobody: requests go out when they are due.

In an open loop a request is timed from when it was due, not from when a connection was free for
it, so that a slow answer counts for all that had to wait behind it. (Tene, "How NOT to Measure
Latency", 2013: coordinated omission.)
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import NamedTuple, cast

import numpy as np

_CONNECTIONS = 32


class Request(NamedTuple):
    """The bytes of a request, and when it is due: seconds from the beginning."""

    due: float
    content: bytes


@dataclass
class Outcome:
    """What came of a load.

    Attributes
    ----------
    seconds
        From when each request was due until its answer was there.
    statuses
        How many answers had which status; 0 where the connection was lost.
    lasted
        Seconds from the first request to the last answer.
    """

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    lasted: float = 0.0

    def quantiles(self, *shares: float) -> list[float]:
        """Return quantiles of the seconds."""
        return [float(one) for one in np.quantile(self.seconds, shares)]

    @property
    def per_second(self) -> float:
        """How many answers came in a second."""
        return len(self.seconds) / self.lasted

    @property
    def errors(self) -> int:
        """How many answers were none of the statuses that say all is well."""
        return sum(n for status, n in self.statuses.items() if not 200 <= status < 300)


class _Asked(asyncio.Protocol):
    """One connection, which has one request under way at most."""

    def __init__(self, load: _Load) -> None:
        self._load = load
        self._got = bytearray()
        self._due = 0.0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def ask(self, due: float | None, content: bytes) -> None:
        assert self._transport is not None
        self._due = perf_counter() if due is None else due
        self._transport.write(content)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, there, body = bytes(self._got).partition(b"\r\n\r\n")
        if there and len(body) >= _length(head):
            self._got.clear()
            self._load.answered(self, self._due, int(head[9:12]))

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._load.lost(self, self._due)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


class _Load:
    def __init__(self, port: int, n: int) -> None:
        self._port, self._left = port, n
        self._free: deque[_Asked] = deque()
        self._waiting: deque[tuple[float | None, bytes]] = deque()
        self.outcome = Outcome()
        self.done = asyncio.Event()

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """Keep connections open meanwhile."""
        loop = asyncio.get_running_loop()
        made = [
            await loop.create_connection(lambda: _Asked(self), "127.0.0.1", self._port)
            for _ in range(_CONNECTIONS)
        ]
        self._free.extend(asked for _, asked in made)
        try:
            yield
        finally:
            for _, asked in made:
                asked.close()

    def ask(self, due: float | None, content: bytes) -> None:
        if self._free:
            self._free.popleft().ask(due, content)
        else:
            self._waiting.append((due, content))

    def answered(self, asked: _Asked, due: float, status: int) -> None:
        self.outcome.seconds.append(perf_counter() - due)
        self._count(status)
        if self._waiting:
            asked.ask(*self._waiting.popleft())
        else:
            self._free.append(asked)

    def lost(self, asked: _Asked, due: float) -> None:
        if asked in self._free:
            self._free.remove(asked)
        elif not self.done.is_set():
            self.outcome.seconds.append(perf_counter() - due)
            self._count(0)

    def _count(self, status: int) -> None:
        self.outcome.statuses[status] += 1
        self._left -= 1
        if not self._left:
            self.done.set()


async def open_loop(port: int, requests: Iterator[Request], n: int) -> Outcome:
    """Send each request when it is due, whatever became of those before."""
    load = _Load(port, n)
    async with load.connected():
        begun = perf_counter()
        for request in requests:
            due = begun + request.due
            wait = due - perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            load.ask(due, request.content)
        await load.done.wait()
        load.outcome.lasted = perf_counter() - begun
    return load.outcome


async def saturated(port: int, contents: list[bytes]) -> Outcome:
    """Send all requests as fast as they are answered, each timed from when it was sent."""
    load = _Load(port, len(contents))
    async with load.connected():
        begun = perf_counter()
        for content in contents:
            load.ask(None, content)
        await load.done.wait()
        load.outcome.lasted = perf_counter() - begun
    return load.outcome


def poisson(contents: list[bytes], per_second: float, seed: int) -> Iterator[Request]:
    """Yield requests that come at random, so many a second on average."""
    gaps = np.random.default_rng(seed).exponential(1 / per_second, len(contents))
    for due, content in zip(np.cumsum(gaps), contents, strict=True):
        yield Request(float(due), content)
