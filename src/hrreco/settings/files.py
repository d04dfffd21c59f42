"""Files that are whole or absent, whenever the process is killed."""

from __future__ import annotations

import errno
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hrreco.errors import DiskFullError, WorkspaceError

_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
_ROOM = 1 << 20
"""Bytes: SQLite calls it an I/O error, and not a full disk, where it finds no room for less."""


@contextmanager
def draft_of(path: Path) -> Iterator[Path]:
    """Give the path of a draft, which takes the place of `path` once it is whole and on disk.

    The draft lies in the same folder under a hidden name of this thread's own. If the block
    raises, the draft is removed and `path` stays as it was. Errors name `path`, not the draft.

    Raises
    ------
    DiskFullError
        When there is no room for the draft.
    OSError
        When `path` cannot be written for another reason.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "numbers.txt")
    ...     with draft_of(path) as draft:
    ...         _ = draft.write_text("1 2 3")
    ...     path.read_text()
    '1 2 3'
    """
    draft = path.with_name(f".{path.name}.{threading.get_native_id()}")
    try:
        draft.unlink(missing_ok=True)  # left by a process that was killed and had the same number
        yield draft
        sync(draft)
        draft.replace(path)
        sync(path.parent)
    except OSError as error:
        if error.errno in _DISK_FULL:
            raise DiskFullError(f"{path}: the disk is full; free some space") from error
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def write_whole(path: Path, content: str | bytes, *, private: bool = False) -> None:
    """Write `content` to `path`, texts as UTF-8; a reader sees the old file or the new one.

    Parameters
    ----------
    private
        Only the owner of the file may read it: for secrets, and for what is about people.
    """
    with draft_of(path) as draft:
        if private:
            draft.touch(0o600)
        draft.write_bytes(content.encode() if isinstance(content, str) else content)


def check_target(path: Path, *suffixes: str) -> None:
    """Refuse a file that cannot be written, before anybody works for what it is to hold.

    Raises
    ------
    WorkspaceError
        When its name ends in none of `suffixes`, or its folder takes no file of that name.
    """
    if path.suffix.lower() not in suffixes:
        names = " or ".join(f"{path.stem or 'file'}{suffix}" for suffix in suffixes)
        raise WorkspaceError(f"{path}: cannot be written as that; name it {names}")
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise WorkspaceError(
            f"{path}: cannot be written; name a file in a folder that exists and may be written"
        )


def sync(path: Path) -> None:
    """Have a file's contents, or the names in a folder, on disk before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_disk_full(error: BaseException, folder: Path) -> bool:
    """Return whether an error, or one it came of, means that there is no room left.

    Parameters
    ----------
    folder
        Where a database is, if it was one that failed.
    """
    import sqlite3

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno in _DISK_FULL:
            return True
        if isinstance(cause, sqlite3.Error):
            code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
            no_room = code == sqlite3.SQLITE_IOERR and shutil.disk_usage(folder).free < _ROOM
            if no_room or code == sqlite3.SQLITE_FULL:
                return True
        cause = cause.__cause__ or cause.__context__
    return False
