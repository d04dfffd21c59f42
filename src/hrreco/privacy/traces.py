"""Looking for a text in the raw bytes of every file of a folder."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_SHORT = 4
_SHORT_NUMBER = 6
"""Bytes: any database holds shorter texts by chance, so these only count as words of their own."""

_CHUNK = 1 << 22
_OVERLAP = 1 << 12
"""Bytes: no text that is looked for is longer."""


@dataclass(frozen=True, slots=True)
class Search:
    """What was searched, and where something was found.

    Attributes
    ----------
    found
        Files, relative to the folder, sorted.
    """

    files: int
    bytes: int
    found: tuple[str, ...]


def search(folder: Path, texts: Collection[str], allowed: Iterable[str] = ()) -> Search:
    """Look for texts in all files below `folder`, journals and hidden files included.

    They are looked for in UTF-8, in UTF-16 and as JSON escapes them. Databases write one value
    right after the other, so a text counts whatever stands before and after it; where it is so
    short that it would be found by chance, only as a word of its own.

    Parameters
    ----------
    allowed
        Texts that are no trace, such as longer ids of other people.
    """
    longer = [one for one in allowed if any(text in one and text != one for text in texts)]
    looking = _Pattern(texts, longer)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    looked = [(path, *_look(path, looking)) for path in files]
    return Search(
        len(files),
        bytes=sum(size for _, size, _ in looked),
        found=tuple(path.relative_to(folder).as_posix() for path, _, hit in looked if hit),
    )


class _Pattern:
    """What is looked for, with the longer texts that are passed over first."""

    def __init__(self, texts: Iterable[str], longer: Iterable[str]) -> None:
        passed = sorted({form for text in longer for form in _forms(text)}, key=len, reverse=True)
        wanted = [_matching(text, form) for text in sorted(texts) for form in _forms(text)]
        either = [*map(re.escape, passed), b"(?P<hit>" + b"|".join(wanted) + b")"]
        self._pattern = re.compile(b"|".join(either)) if wanted else None

    def is_in(self, content: bytes) -> bool:
        found = self._pattern.finditer(content) if self._pattern else ()
        return any(match.lastgroup == "hit" for match in found)


def _matching(text: str, form: bytes) -> bytes:
    short = _SHORT_NUMBER if text.isdigit() else _SHORT
    if len(text.encode()) >= short:
        return re.escape(form)
    return b"(?<![0-9A-Za-z])" + re.escape(form) + b"(?![0-9A-Za-z])"


def _forms(text: str) -> Iterator[bytes]:
    yield text.encode()
    yield json.dumps(text)[1:-1].encode()
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")


def _look(path: Path, looking: _Pattern) -> tuple[int, bool]:
    """Return the size of a file, and whether it holds what is looked for."""
    size, hit, tail = 0, False, b""
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                hit = hit or looking.is_in(tail + chunk)
                tail = chunk[-_OVERLAP:]
    except FileNotFoundError:  # a journal that was closed meanwhile
        pass
    return size, hit
