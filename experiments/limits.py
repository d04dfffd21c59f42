"""Show where the time of the speed goals goes, and how far the machine's own limits are.

    python experiments/limits.py --out section.json

A signal asks, every millisecond, which function of hrreco is at work; what it calls in numpy,
scipy, polars or implicit counts as its own. Beside it stand bare operations that no library can do
without: they say what is left to gain.
"""

from __future__ import annotations

import argparse
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

import numpy as np
from scipy import sparse
from scipy.linalg import lapack

from hrreco import Advisor
from peers.company import Size, write_company
from peers.side_hrreco import Side
from sections import Section, Table
from start import starting

SMALL = Size(10_000, 2_000, 300_000)
LARGE = Size(100_000, 5_000, 3_000_000)
_TOLD = 8
"""Functions in each table, those that take longest."""

_ASKED = 1_000
_TEXT = [
    "Where the time of the speed goals goes: how long which function of hrreco was at work, as "
    "seen every millisecond, with all that it calls in other libraries. Functions below one part "
    "in a hundred are left out.",
    "Under it, what the machine itself takes for operations that the goals cannot do without.",
]


def main() -> None:
    """Write the section."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--small", type=Size.parse, default=SMALL)
    parser.add_argument("--large", type=Size.parse, default=LARGE)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        tables = [starting()]
        tables += [*answers(asked.small, Path(folder)), *fits(asked.large, Path(folder))]
    tables.append(bare(asked.large))
    Section("Limits", "python experiments/limits.py --out section.json", _TEXT, tables).write(
        asked.out
    )


def answers(size: Size, folder: Path) -> Iterator[Table]:
    """Yield where the time of one employee's answer goes, with the blend that `train` finds."""
    side = _loaded(size, folder)
    advisor = side.ready(side.fit("blend", side.train()["recipe"]))
    side.one(advisor, 0)
    asked = min(_ASKED, size.employees)
    with sampled() as found:
        seconds = _seconds(lambda: _one_by_one(side, advisor, asked))
    title = f"One employee's answer, blend, {size.courses:,} courses"
    yield _table(title, found, f"{1e6 * seconds / asked:,.0f} µs", seconds)


def fits(size: Size, folder: Path) -> Iterator[Table]:
    """Yield where the time of fits, and of answers for everyone, goes."""
    side = _loaded(size, folder)
    for model, title in (("als", "ALS"), ("ease", "EASE"), ("itemknn", "item-kNN")):
        side.fit(model)  # what is computed once for the tables is there from now on
        with sampled() as found:
            seconds = _seconds(lambda model=model: side.fit(model))
        what = f"{title}: fit, {size.employees:,} x {size.courses:,}"
        yield _table(what, found, f"{seconds:.2f} s", seconds)
    advisor = side.ready(side.fit("als"))
    with sampled() as found:
        seconds = _seconds(lambda: side.everyone(advisor, range(size.employees)))
    title = f"ALS: top 10 of everyone, {size.employees:,} x {size.courses:,}"
    yield _table(title, found, f"{size.employees / seconds:,.0f} employees/s", seconds)


def bare(size: Size) -> Table:
    """Return what bare operations of numpy and scipy take."""
    rng = np.random.default_rng(0)
    n = size.courses
    per_employee = size.events // size.employees
    rows = np.repeat(np.arange(size.employees), per_employee)
    columns = rng.integers(n, size=len(rows))
    taken = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), (size.employees, n))
    scores = rng.random((1_000, n), dtype=np.float32)
    gram = np.asfortranarray((taken.T @ taken).toarray() + 500 * np.eye(n))
    factor, _ = lapack.dpotrf(gram)
    table = rng.random((n, n))
    work: dict[str, Callable[[], object]] = {
        "Gram matrix, sparse, one thread": lambda: taken.T @ taken,
        f"Cholesky factor, {n:,} courses": lambda: lapack.dpotrf(gram),
        "the inverse from it": lambda: lapack.dpotri(factor),
        f"copying {table.nbytes / 1e6:,.0f} MB": table.copy,
        f"the best 10 of {n:,} scores, for 1,000 employees": lambda: np.argpartition(
            scores, -10, axis=1
        ),
    }
    rows_told = [
        (what, f"{min(_seconds(do) for _ in range(3)):.3f} s") for what, do in work.items()
    ]
    return Table("Bare operations", ("what", "time"), rows_told)


@contextmanager
def sampled() -> Iterator[dict[str, float]]:
    """Add up, while the block runs, the seconds in which each function of hrreco is at work.

    A thread that looks would be let in mostly where compiled code lets go of Python's lock. The
    signal has to wait for compiled code to end, and then finds who called it: so each look counts
    for all the time since the one before.
    """
    found: dict[str, float] = defaultdict(float)
    last = time.perf_counter()

    def look(_: int, frame: FrameType | None) -> None:
        nonlocal last
        now = time.perf_counter()
        found[_at_work(frame)] += now - last
        last = now

    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
    try:
        yield found
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _at_work(frame: FrameType | None) -> str:
    """Return the innermost function of hrreco on a stack."""
    while frame is not None:
        _, inside, path = frame.f_code.co_filename.rpartition("/src/hrreco/")
        if inside:
            return f"`{path.removesuffix('.py')}`: `{frame.f_code.co_name}`"
        frame = frame.f_back
    return "elsewhere"


def _table(title: str, found: dict[str, float], told: str, seconds: float) -> Table:
    longest = sorted(found.items(), key=lambda one: -one[1])[:_TOLD]
    rows = [
        (where, f"{spent / seconds:.0%}", f"{spent:.3g} s")
        for where, spent in longest
        if spent / seconds >= 0.01
    ]
    return Table(f"{title}: {told}", ("where", "share", "of the run"), rows)


def _loaded(size: Size, folder: Path) -> Side:
    here = folder / size.name
    here.mkdir()
    write_company(size, here)
    side = Side()
    side.load(here)
    return side


def _one_by_one(side: Side, advisor: Advisor, asked: int) -> None:
    for employee in range(asked):
        side.one(advisor, employee)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
