"""A library as the benchmark holds it: a process to ask, with a limit of time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from select import select
from time import monotonic
from typing import IO, Any

EXPERIMENTS = Path(__file__).parents[1]
TITLES = {
    "hrreco": "hrreco",
    "implicit": "bare implicit, scipy",
    "rectools": "RecTools",
    "lenskit": "LensKit",
}
OURS = "hrreco"
RIVALS = ("rectools", "lenskit")

Answer = dict[str, Any]


class Library:
    """Asks a worker; one that takes too long, or dies, is replaced when it is next asked.

    Parameters
    ----------
    name
        One of `TITLES`.
    environments
        The folder of the peers' environments; hrreco runs in that of this process.
    until
        When, on the monotonic clock, nothing more is asked.
    log
        Where what the worker prints goes.

    Attributes
    ----------
    unfit
        Models that it failed to fit for this company.
    """

    def __init__(self, name: str, environments: Path, until: float, log: IO[str]) -> None:
        self.name = name
        # Not resolved, as the interpreter of an environment is a link to that of the system.
        own = Path.cwd() / environments / name / "bin" / "python"
        self.python = sys.executable if name == OURS else str(own)
        self.unfit: set[str] = set()
        self._until = until
        self._log = log
        self._process: subprocess.Popen[str] | None = None
        self._folder: Path | None = None
        self._loaded: Path | None = None

    @property
    def installed(self) -> bool:
        """Whether there is an environment to run it in."""
        return Path(self.python).exists()

    def use(self, folder: Path) -> None:
        """Ask about the company of this folder from now on."""
        self._folder = folder
        self.unfit.clear()

    def about(self) -> Answer:
        """Return its versions, and the code that starts it; or what failed."""
        return self.ask(60.0, do="about") if self.installed else {"failed": "not installed"}

    def ask(self, limit: float, **question: Any) -> Answer:
        """Return the worker's answer, or what failed, after `limit` seconds at the latest."""
        limit = min(limit, self._until - monotonic())
        if limit <= 0:
            return {"failed": "no time left"}
        if question["do"] == "start":
            return self._fresh(question["code"], limit)
        if self._folder is not None and self._loaded != self._folder:
            self._loaded = self._folder
            loaded = self._tell(600.0, {"do": "load", "folder": str(self._folder)})
            if "failed" in loaded:
                self._loaded = None
                return loaded
        return self._tell(limit, question)

    def close(self) -> None:
        """End the worker, and what it started."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.communicate()
        self._process = self._loaded = None

    def _fresh(self, code: str, limit: float) -> Answer:
        """Return how long a fresh interpreter takes for `code`, as measured within it."""
        timing = "import time; start = time.perf_counter()\n"
        timing += f"{code}\nimport sys; print(time.perf_counter() - start, file=sys.__stdout__)"
        try:
            done = subprocess.run(
                [self.python, "-c", timing],
                capture_output=True,
                text=True,
                check=True,
                timeout=limit,
                env=surroundings(),
            )
        except subprocess.TimeoutExpired:
            return {"failed": f"over {limit:.0f} s"}
        except subprocess.CalledProcessError as error:
            return {"failed": error.stderr.strip().splitlines()[-1][:200]}
        return {"seconds": float(done.stdout.split()[-1])}

    def _tell(self, limit: float, question: dict[str, Any]) -> Answer:
        process = self._process = self._process or self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            print(json.dumps(question), file=process.stdin, flush=True)
        except BrokenPipeError:
            return self._died()
        until = monotonic() + limit
        if not select([process.stdout], [], [], max(0.0, until - monotonic()))[0]:
            self.close()
            return {"failed": f"over {limit:.0f} s"}
        line = process.stdout.readline()
        return json.loads(line) if line else self._died()

    def _died(self) -> Answer:
        assert self._process is not None
        code = self._process.wait()
        self.close()
        return {"failed": "ran out of memory, or was ended" if code < 0 else f"exited with {code}"}

    def _started(self) -> subprocess.Popen[str]:
        own = surroundings()
        path = os.pathsep.join([str(EXPERIMENTS), *filter(None, [own.get("PYTHONPATH")])])
        return subprocess.Popen(
            [self.python, "-m", "peers.worker", self.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            env={**own, "PYTHONPATH": path},
            start_new_session=True,  # so that its own children can be ended with it
        )


def surroundings() -> dict[str, str]:
    """Return the environment of all processes, in which Python keeps the bytecode it makes.

    An installed library has its bytecode beside it; hrreco runs from its sources, and the worker,
    which fits the first model before it is asked anything, leaves that of all it imports.
    """
    return {name: said for name, said in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
