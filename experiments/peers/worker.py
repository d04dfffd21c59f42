"""One library in a process of its own, asked line by line: ``python -m peers.worker SIDE``.

A question is a line of JSON, ``{"do": …}``, and so is its answer: ``{"seconds": …}`` and more, or
``{"failed": …}``. Only what a question names is timed; models are fitted, and data are loaded,
before the clock starts where an earlier question did not.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any

_Answer = dict[str, Any]


class Worker:
    """Answers questions about one library."""

    def __init__(self, side: str) -> None:
        self._module = import_module(f"peers.side_{side}")
        exec(self._module.FIRST_MODEL, {})  # so that no fit pays for what is imported lazily
        self._side = self._module.Side()
        self._fitted: dict[str, Any] = {}
        self._ready: dict[str, Any] = {}

    def answer(self, question: dict[str, Any]) -> _Answer:
        """Do what is asked for, and say how long it took."""
        asked = dict(question)
        do: Callable[..., _Answer] = getattr(self, f"do_{asked.pop('do')}")
        return do(**asked)

    def do_about(self) -> _Answer:
        """Return versions, and the code that the measurements of starting run."""
        module = self._module
        found = {name: version(name) for name in module.DISTRIBUTIONS}
        return {"versions": found, "import": module.IMPORTS, "first_model": module.FIRST_MODEL}

    def do_load(self, folder: str) -> _Answer:
        """Load a company, forgetting the one before."""
        self._folder = Path(folder)
        return self.do_reload()

    def do_reload(self) -> _Answer:
        """Load the same company again."""
        self.do_drop()
        return timed(lambda: self._side.load(self._folder))[0]

    def do_drop(self) -> _Answer:
        """Let go of all models."""
        self._fitted.clear()
        self._ready.clear()
        return {}

    def do_fit(self, model: str, **how: Any) -> _Answer:
        """Fit a model, and keep it."""
        self.do_drop()
        found, self._fitted[model] = timed(lambda: self._side.fit(model, **how))
        return found

    def do_train(self) -> _Answer:
        """Train as the library's users do."""
        self.do_drop()
        found, told = timed(self._side.train)
        return {**found, **told}

    def do_one(self, model: str, employees: list[int], **how: Any) -> _Answer:
        """Answer employees one at a time; the seconds are the median of theirs."""
        ready = self._answering(model, how)
        self._side.one(ready, employees[0])
        found = [timed(lambda who=who: self._side.one(ready, who)) for who in employees]
        return {
            "seconds": median(one["seconds"] for one, _ in found),
            "courses": sum(courses for _, courses in found),
        }

    def do_everyone(self, model: str, employees: int, **how: Any) -> _Answer:
        """Answer the first employees, all at once."""
        ready = self._answering(model, how)
        found, courses = timed(lambda: self._side.everyone(ready, range(employees)))
        return {**found, "courses": courses, "asked": employees}

    def do_forget(self, model: str, employees: list[int]) -> _Answer:
        """Forget employees one by one; the seconds are the median of theirs."""
        if model not in self._fitted:
            self.do_fit(model)
        found = list(self._side.forget(self._fitted[model], employees))
        self.do_drop()  # what is left is no longer the fit on all
        return {"seconds": median(found)}

    def _answering(self, model: str, how: dict[str, Any]) -> Any:
        if model not in self._ready:
            if model not in self._fitted:
                self.do_fit(model, **how)
            self._ready[model] = self._side.ready(self._fitted[model])
        return self._ready[model]


def timed(work: Callable[[], Any]) -> tuple[_Answer, Any]:
    """Return the seconds that `work` took and the most memory meanwhile, and what it gave."""
    _forget_peak()
    start = time.perf_counter()
    made = work()
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "peak_mib": _peak_mib()}, made


def _forget_peak() -> None:
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak_mib() -> float | None:
    """Return the largest resident memory since it was last forgotten; None where none is told."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return None


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]


def _end_with(parent: int) -> None:
    """End this process, and its children, when the one that asks is gone."""
    while os.getppid() == parent:
        time.sleep(1)
    os.killpg(0, signal.SIGKILL)


def main() -> None:
    """Answer each line of the standard input."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print goes with the errors
    with suppress(OSError):  # where memory runs out, this process ends and not the one that asks
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    Thread(target=_end_with, args=[os.getppid()], daemon=True).start()
    worker = None
    for line in sys.stdin:
        try:
            worker = worker or Worker(sys.argv[1])
            said = worker.answer(json.loads(line))
        except Exception as error:
            said = {"failed": _said(error)}
        print(json.dumps(said), file=out, flush=True)


if __name__ == "__main__":
    main()
