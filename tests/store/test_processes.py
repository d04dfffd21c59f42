from __future__ import annotations

from collections.abc import Callable
from multiprocessing.context import ForkServerContext

import pytest

from tests.store import workers
from tests.store.build import opt_outs_of
from tests.store.places import Place, Places


def run(processes: ForkServerContext, n: int, work: Callable[..., None], *args: object) -> None:
    """Let n processes start the same work at the same moment; all must end well."""
    place, *rest = args
    together = processes.Barrier(n)
    running = [
        processes.Process(target=work, args=(place, number, together, *rest))
        for number in range(n)
    ]
    for process in running:
        process.start()
    for process in running:
        process.join()
    assert [process.exitcode for process in running] == [0] * n


def check_opening(places: Places, processes: ForkServerContext, rounds: int) -> None:
    everybody = {"E0", "E1", "E2", "E3"}
    for _ in range(rounds):
        with places.new() as place:
            run(processes, 4, workers.open_new, place)
            with place.open() as store:
                assert opt_outs_of(store, place.folder).opted_out("training") == everybody


def test_four_processes_open_a_new_store_at_once(
    places: Places, processes: ForkServerContext
) -> None:
    check_opening(places, processes, rounds=2)


def test_an_opt_out_holds_in_other_processes_at_their_next_call(
    place: Place, processes: ForkServerContext
) -> None:
    with place.open() as store:
        assert not opt_outs_of(store, place.folder).is_out("E1", "training")
        process = processes.Process(target=workers.opt_out, args=(place, "E1"))
        process.start()
        process.join()
        assert opt_outs_of(store, place.folder).is_out("E1", "training")
        assert not opt_outs_of(store, place.folder).is_out("E1", "profiling")


@pytest.mark.torture
def test_many_openings(places: Places, processes: ForkServerContext) -> None:
    check_opening(places, processes, rounds=40)
