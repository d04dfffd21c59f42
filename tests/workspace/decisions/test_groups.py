"""What is put is written once, in its order, or somebody is told that it is not."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from hrreco.errors import WorkspaceError
from hrreco.workspace.decisions.groups import GroupWriter


class Disk:
    """Takes groups, unless it is full; `gate` holds it up."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.full = False
        self.gate = threading.Event()
        self.gate.set()

    def write(self, group: Sequence[int]) -> None:
        self.gate.wait()
        if self.full:
            raise OSError("no room")
        self.groups.append(list(group))

    @property
    def written(self) -> list[int]:
        return [one for group in self.groups for one in group]


@pytest.fixture
def disk() -> Disk:
    return Disk()


def test_all_is_written_in_order_and_in_few_groups(disk: Disk) -> None:
    writer = GroupWriter(disk.write)
    for number in range(1_200):
        writer.put(number)
    writer.flush()
    assert disk.written == list(range(1_200))
    assert len(disk.groups) < 20
    writer.flush()
    writer.close()
    assert len(disk.written) == 1_200


def test_nothing_waits_for_a_flush_for_ever(disk: Disk) -> None:
    writer = GroupWriter(disk.write)
    writer.put(1)
    for _ in range(1_000):
        if disk.written:
            break
        threading.Event().wait(0.01)
    assert disk.written == [1]
    writer.close()


def test_closing_writes_the_rest_and_an_unused_one_closes_too(disk: Disk) -> None:
    writer = GroupWriter(disk.write)
    writer.put(1)
    writer.close()
    assert disk.written == [1]
    GroupWriter(disk.write).close()


def test_what_could_not_be_written_is_told_once_and_written_later(disk: Disk) -> None:
    writer = GroupWriter(disk.write)
    disk.full = True
    writer.put(1)
    with pytest.raises(WorkspaceError, match="none is given: no room"):
        writer.flush()
    with pytest.raises(WorkspaceError, match="none is given: no room"):
        writer.put(2)
    disk.full = False
    writer.put(3)
    writer.flush()
    assert disk.written == [1, 3]
    writer.close()


def test_a_loss_that_no_caller_knows_of_is_logged(
    disk: Disk, caplog: pytest.LogCaptureFixture
) -> None:
    disk.full = True
    writer = GroupWriter(disk.write)
    writer.put(1)
    with caplog.at_level(logging.ERROR, "hrreco"):
        writer.close()
    assert caplog.messages == ["1 answers could not be recorded: no room"]


def test_a_loss_that_a_caller_knows_of_is_not_told_twice(
    disk: Disk, caplog: pytest.LogCaptureFixture
) -> None:
    disk.full = True
    writer = GroupWriter(disk.write)
    writer.put(1)
    with pytest.raises(WorkspaceError):
        writer.flush()
    writer.close()
    assert caplog.messages == []


def test_callers_wait_when_too_many_wait_to_be_written(disk: Disk) -> None:
    writer = GroupWriter(disk.write)
    disk.gate.clear()
    with ThreadPoolExecutor(1) as pool:
        putting = pool.submit(lambda: [writer.put(number) for number in range(2_001)])
        threading.Event().wait(0.3)
        assert not putting.done()
        disk.gate.set()
        putting.result()
    writer.flush()
    assert disk.written == list(range(2_001))
    writer.close()


def test_many_threads_lose_nothing(disk: Disk) -> None:
    writer = GroupWriter(disk.write)

    def put_some(first: int) -> None:
        for number in range(first, first + 200):
            writer.put(number)
        writer.flush()
        assert set(range(first, first + 200)) <= set(disk.written)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put_some, range(0, 1_600, 200)))
    assert sorted(disk.written) == list(range(1_600))
    writer.close()


def test_an_interruption_while_it_writes_is_told_and_ends_nothing(disk: Disk) -> None:
    interruptions = [KeyboardInterrupt()]

    def write(group: Sequence[int]) -> None:
        if interruptions:
            raise interruptions.pop()
        disk.write(group)

    writer = GroupWriter(write)
    writer.put(1)
    with pytest.raises(WorkspaceError, match="none is given"):
        writer.flush()
    writer.flush()
    assert disk.written == [1]
    writer.close()


def test_who_has_no_patience_is_told_at_once(disk: Disk) -> None:
    writer = GroupWriter(disk.write, patience=0)
    disk.gate.clear()
    for number in range(2_000):
        writer.put(number)
    with pytest.raises(WorkspaceError, match="others wait"):
        writer.put(2_000)
    disk.gate.set()
    writer.flush()
    disk.full = True
    writer.put(2_001)
    with pytest.raises(WorkspaceError, match="no room"):
        writer.flush()
    with pytest.raises(WorkspaceError, match="no room"):
        writer.put(2_002)
    disk.full = False
    writer.flush()
    assert disk.written == [*range(2_000), 2_001]
    writer.close()
