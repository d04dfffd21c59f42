"""Requests that are joined are each told of their own rows, and of nobody else's trouble."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import Response

from hrreco.service.joining import Joined
from hrreco.service.problems import Problem
from hrreco.workspace.handed import Form, Handed


class Slow:
    """Stands in for the process beside: answers with the bodies, when it is let go on."""

    def __init__(self) -> None:
        self.passes: list[list[bytes]] = []
        self.may_end = asyncio.Event()
        self.fails = False

    async def run(self, _: Callable[..., Any], handed: list[Handed]) -> list[Response]:
        self.passes.append([one.body for one in handed])
        await self.may_end.wait()
        if self.fails:
            raise Problem(503, "this was interrupted; try again")
        return [Response(one.body) for one in handed]


def take(joined: Joined, body: bytes) -> asyncio.Task[Response]:
    return asyncio.create_task(joined.take(Handed(body, Form.ROWS)))


def joined_to(slow: Slow) -> Joined:
    return Joined(slow)  # type: ignore[arg-type]


def test_what_comes_while_a_pass_is_under_way_goes_in_the_next_together() -> None:
    async def ask() -> None:
        slow = Slow()
        joined = joined_to(slow)
        first = take(joined, b"0")
        await asyncio.sleep(0.01)
        others = [take(joined, b"%d" % n) for n in range(1, 6)]
        await asyncio.sleep(0)
        slow.may_end.set()
        answers = await asyncio.gather(first, *others)
        assert [one.body for one in answers] == [b"%d" % n for n in range(6)]
        assert slow.passes == [[b"0"], [b"1", b"2", b"3", b"4", b"5"]]
        await take(joined, b"later")
        assert slow.passes[-1] == [b"later"]

    asyncio.run(ask())


def test_a_large_request_goes_alone() -> None:
    async def ask() -> None:
        slow = Slow()
        joined = joined_to(slow)
        slow.may_end.set()
        large = b" " * 300_000
        await asyncio.gather(*(take(joined, one) for one in (b"1", large, b"2", b"3")))
        assert slow.passes == [[b"1"], [large], [b"2", b"3"]]

    asyncio.run(ask())


def test_all_are_told_of_a_pass_that_failed_and_the_next_goes_on() -> None:
    async def ask() -> None:
        slow = Slow()
        joined = joined_to(slow)
        slow.fails = True
        slow.may_end.set()
        told = await asyncio.gather(
            *(take(joined, b"1") for _ in range(3)), return_exceptions=True
        )
        assert [isinstance(one, Problem) and one.status_code for one in told] == [503] * 3
        slow.fails = False
        assert (await take(joined, b"2")).body == b"2"

    asyncio.run(ask())


@pytest.mark.parametrize("fails", [False, True])
def test_a_caller_that_has_gone_takes_nobody_along(fails: bool) -> None:
    async def ask() -> None:
        slow = Slow()
        joined = joined_to(slow)
        slow.fails = fails
        gone, stays = take(joined, b"1"), take(joined, b"2")
        await asyncio.sleep(0.01)
        gone.cancel()
        await asyncio.sleep(0)
        slow.may_end.set()
        told = await asyncio.gather(stays, return_exceptions=True)
        assert isinstance(told[0], Problem if fails else Response)
        assert slow.passes == [[b"1", b"2"]]

    asyncio.run(ask())
