"""A PostgreSQL server of the tests' own, in a temporary folder, reached through a socket.

`.ci/run` installs PostgreSQL and says that it is needed; elsewhere the tests that want a server
are skipped, with the reason, where there is none.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import psycopg
import pytest

NEEDED = "TESTS_NEED_POSTGRES"
_SYSTEM_USER = "postgres"
_ACCESS = "local all locked_out scram-sha-256\nlocal all all trust\n"


class Server:
    """A cluster: texts are ordered as in Finland, and `hrreco` is a user without privileges."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._binaries = binaries
        self._numbers = count()
        self._process: subprocess.Popen[bytes] | None = None

    def initialise(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self.folder, _SYSTEM_USER)
        options = ["--no-sync", "--username=postgres", "--encoding=UTF8", "--no-locale"]
        finnish = ["--locale-provider=icu", "--icu-locale=fi"]
        made = subprocess.run(
            self._command("initdb", "--pgdata", self.data, *options, *finnish, "--auth=trust"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr
        (self.data / "pg_hba.conf").write_text(_ACCESS)

    def start(self) -> None:
        """Start it, as a child that dies with this process."""
        quick = ["-c", "fsync=off", "-c", "max_connections=60", "-c", "log_min_messages=warning"]
        where = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={self.folder}"]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command("postgres", "-D", self.data, *where, *quick), stdout=log, stderr=log
            )
        until = time.monotonic() + 60
        while True:
            try:
                return self.execute("SELECT 1")
            except psycopg.OperationalError:
                assert time.monotonic() < until, (self.folder / "log").read_text()
                time.sleep(0.02)

    def stop(self) -> None:
        """Stop it at once, as a crash would."""
        if self._process is not None:
            self._process.send_signal(3)  # an immediate shutdown: see the manual of postgres
            self._process.wait()
            self._process = None

    def kill(self) -> None:
        """Kill the server and all its processes, with no chance to tidy up."""
        assert self._process is not None
        parent = self._process.pid
        children = subprocess.run(
            ["pgrep", "-P", str(parent)], capture_output=True, text=True, check=False
        )
        for pid in (parent, *map(int, children.stdout.split())):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def _command(self, program: str, *args: object) -> list[str]:
        if os.geteuid() == 0:  # which PostgreSQL refuses
            ids = [f"--reuid={_SYSTEM_USER}", f"--regid={_SYSTEM_USER}", "--init-groups"]
            prefix = ["setpriv", *ids, "--pdeathsig=QUIT"]
        else:
            prefix = ["setpriv", "--pdeathsig=QUIT"] if shutil.which("setpriv") else []
        return [*prefix, str(self._binaries / program), *map(str, args)]

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Execute a statement as the superuser."""
        asked = f"host={self.folder} user=postgres dbname={database}"
        with psycopg.connect(asked, autocommit=True) as connection:
            connection.execute(statement.encode())

    def address(self, name: str, user: str = "hrreco") -> str:
        """Return the address of a database, there or not."""
        return f"postgresql://{user}@/{name}?host={self.folder}"

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """Give the address of a new database, dropped at the end."""
        name = f"db{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} OWNER hrreco")
        yield self.address(name)
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL on this machine."""
    on_path = shutil.which("initdb")
    if on_path is not None:
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    return found[-1].parent if found else None


@contextmanager
def running() -> Iterator[Server]:
    """Give a server that runs, with the user `hrreco`; skip, or fail where one is needed."""
    folder = binaries()
    if folder is None:
        message = "no PostgreSQL here; install it with: apt-get install postgresql"
        pytest.fail(message) if os.environ.get(NEEDED) else pytest.skip(message)
    # Not below pytest's own folder, which the server's user may not enter.
    with tempfile.TemporaryDirectory(prefix="hrreco-pg-") as made:
        server = Server(Path(made), folder)
        server.initialise()
        try:
            server.start()
            server.execute("CREATE ROLE hrreco LOGIN")
            yield server
        finally:
            server.stop()
