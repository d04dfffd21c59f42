"""Secret keys: from the environment, or from files that only their owner may read.

They are kept apart from the database: whoever has a copy or a backup of the database alone can
neither tell whom a pseudonym stands for nor sign anything. The database knows what each key in use
looks like from outside, so that a lost or foreign one is an error and never a silent new start.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from hrreco.errors import WorkspaceError
from hrreco.settings import write_whole
from hrreco.store.tables import meta

_BYTES = 32


def _digest(key: bytes) -> bytes:
    return sha256(key).digest()


@dataclass(frozen=True, slots=True)
class Purpose:
    """What keys are for.

    Attributes
    ----------
    variable
        Of the environment: keys in hexadecimal, apart by commas, the newest last.
    mark
        What may be known of a key in the database.
    """

    name: str
    variable: str
    mark: Callable[[bytes], bytes] = _digest

    @property
    def file_name(self) -> str:
        """Of the file that holds the keys where the environment does not: one a line."""
        return f"{self.name}.key"


class Keyring:
    """The keys of one purpose; older ones stay, to recognise what was made with them.

    Parameters
    ----------
    folder
        Of the key file.
    """

    def __init__(self, folder: Path, purpose: Purpose) -> None:
        self._file = folder / purpose.file_name
        self._purpose = purpose

    def known(self, connection: Connection) -> list[bytes]:
        """Return the keys in use, the newest last; none where none was needed yet.

        Raises
        ------
        WorkspaceError
            When one of them is not there, or others may read the file.
        """
        marks = self.marks(connection)
        return self._given(marks) if marks else []

    def newest(self, connection: Connection) -> bytes:
        """Return the key to use now; a new one where there is none yet.

        Takes a writing transaction, so that no two processes make one at once.
        """
        marks = self.marks(connection)
        keys = self._given(marks) or [self._add(())]
        if self._purpose.mark(keys[-1]) not in marks:
            self._record(connection, keys)
        return keys[-1]

    def rotate(self, connection: Connection) -> None:
        """Add a new key, to be used from now on.

        Raises
        ------
        WorkspaceError
            When the keys come from the environment, where hrreco cannot add one.
        """
        variable = self._purpose.variable
        if variable in os.environ:
            raise WorkspaceError(
                f"{variable}: the keys come from the environment; add a new one there, after a "
                "comma, such as: openssl rand -hex 32"
            )
        self.newest(connection)
        keys = self._given(self.marks(connection))
        self._record(connection, [*keys, self._add(keys)])

    def marks(self, connection: Connection) -> list[bytes]:
        """Return what is known of the keys in use, the newest last, without the keys."""
        stored = connection.scalar(select(meta.c.value).where(meta.c.name == self._row))
        try:
            return [bytes.fromhex(mark) for mark in json.loads(stored)] if stored else []
        except (ValueError, TypeError):
            raise WorkspaceError(
                f"{self._file.parent}: what the database knows of the {self._purpose.name} keys "
                "is damaged; put back a copy of it"
            ) from None

    def stamp(self) -> object:
        """Return what changes whenever the keys may have: read in microseconds."""
        if (given := os.environ.get(self._purpose.variable)) is not None:
            return given
        try:
            found = self._file.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_ctime_ns

    @property
    def source(self) -> str:
        """Where the keys come from: the environment variable, or else the file."""
        variable = self._purpose.variable
        return variable if variable in os.environ else str(self._file)

    @property
    def _row(self) -> str:
        return f"{self._purpose.name}_keys"

    def _record(self, connection: Connection, keys: list[bytes]) -> None:
        value = json.dumps([self._purpose.mark(key).hex() for key in keys])
        connection.execute(delete(meta).where(meta.c.name == self._row))
        connection.execute(insert(meta).values(name=self._row, value=value))

    def _given(self, marks: list[bytes]) -> list[bytes]:
        """Return the keys there are, which must be those of `marks` at least."""
        variable = self._purpose.variable
        if variable in os.environ:
            where, text = variable, os.environ[variable].replace(",", "\n")
        else:
            where, text = str(self._file), self._read()
        keys = [_parsed(line, where) for line in text.split()]
        if not {self._purpose.mark(key) for key in keys}.issuperset(marks):
            raise WorkspaceError(
                f"{where}: lacks a key ({self._purpose.name}) that this workspace was used with; "
                "without it the erased would come back, and nothing could be verified. Copy it "
                "from where the database came from"
            )
        return keys

    def _read(self) -> str:
        try:
            if os.name == "posix" and self._file.stat().st_mode & 0o077:
                raise WorkspaceError(
                    f"{self._file}: others may read this key; let nobody but its owner, with: "
                    f"chmod 600 {self._file.name}"
                )
            return self._file.read_text(encoding="ascii")
        except FileNotFoundError:
            return ""
        except UnicodeDecodeError:
            return "damaged"  # which is no key: see `_parsed`

    def _add(self, keys: list[bytes] | tuple[()]) -> bytes:
        """Write a new key to disk, whole or not at all."""
        key = secrets.token_bytes(_BYTES)
        text = "".join(f"{one.hex()}\n" for one in [*keys, key])
        write_whole(self._file, text, private=True)
        return key


def _parsed(text: str, where: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        raise WorkspaceError(
            f"{where}: holds something that is no key; a key is {2 * _BYTES} hexadecimal digits, "
            "such as those of: openssl rand -hex 32"
        )
    return key
