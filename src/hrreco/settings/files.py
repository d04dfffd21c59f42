"""Files that are whole or absent, whenever the process is killed."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def draft_of(path: Path) -> Iterator[Path]:
    """Give the path of a draft, which takes the place of `path` once it is whole and on disk.

    The draft lies in the same folder under a hidden name of this thread's own. If the block
    raises, the draft is removed and `path` stays as it was.

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
    draft.unlink(missing_ok=True)  # left by a process that was killed and had the same number
    try:
        yield draft
        sync(draft)
        draft.replace(path)
        sync(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write `content` to `path`, texts as UTF-8; a reader sees the old file or the new one."""
    with draft_of(path) as draft:
        draft.write_bytes(content.encode() if isinstance(content, str) else content)


def sync(path: Path) -> None:
    """Have a file's contents, or the names in a folder, on disk before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
