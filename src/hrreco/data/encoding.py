"""Finding out how a text file is encoded: Unicode, or else Windows-1252."""

from __future__ import annotations

import codecs
import re

from hrreco.errors import DataError

CHUNK = 1 << 20

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark is its beginning
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1f]")
"""Bytes that stand in no text; a text may hold a stray zero byte, and only its row is bad."""

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_CHARACTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
"""A character beyond ASCII in UTF-8; in Windows-1252 it would read like ``Ã¤``."""

_QUOTED = re.compile(rb'"[^"]*(?:"|\Z)')


def as_utf8(name: str, data: bytes) -> tuple[bytes, str]:
    """Return the bytes of a text file in UTF-8, and what there is to note of its encoding.

    Raises
    ------
    DataError
        When they are no text, or UTF-8 but for some bytes; names the row of the first one.
    """
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _decoded(name, data, encoding).encode(), ""
    if _is_binary(data):
        raise DataError(
            f"{name} is not a CSV file: it holds binary data, or text in an unmarked encoding; "
            "save it as UTF-8"
        )
    wrong = _first_wrong(data)
    if wrong is None:
        return data, ""
    if _is_mostly_utf8(data):
        raise _one_wrong(name, data, wrong)
    note = f"{name}: read as Windows-1252, as it is no UTF-8; if names look odd, save it as UTF-8"
    return _decoded(name, data, "cp1252").encode(), note


def _is_binary(data: bytes) -> bool:
    header = re.split(rb"[\r\n]", data[:CHUNK].lstrip(b"\r\n"), maxsplit=1)[0]
    start = data[:4096]
    return b"\0" in header or (b"\0" in start and _CONTROL.search(start) is not None)


def _decoded(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig":
            raise _one_wrong(name, data, len(codecs.BOM_UTF8) + error.start) from None
        raise DataError(
            f"{name}: its text is neither UTF-8, UTF-16, UTF-32 nor Windows-1252; save it as UTF-8"
        ) from None


def _first_wrong(data: bytes) -> int | None:
    """Return where UTF-8 ends to be valid, if it does.

    It is checked piece by piece: a decoded copy of a large file would take four times its size.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    end = 0
    try:
        for start in range(0, len(data), CHUNK):
            end = min(start + CHUNK, len(data))
            decoder.decode(view[start:end])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:  # its object begins with what was left of the last piece
        return end - len(error.object) + error.start
    return None


def _is_mostly_utf8(data: bytes) -> bool:
    """Return whether more characters are valid UTF-8 than bytes are astray.

    In a text in Windows-1252, next to no letter is followed by what would make it one.
    """
    characters = sum(1 for _ in _CHARACTER.finditer(data))
    astray = sum(1 for _ in _BEYOND_ASCII.finditer(_CHARACTER.sub(b"", data)))
    return characters > astray


def _one_wrong(name: str, data: bytes, at: int) -> DataError:
    end = b"\n" if b"\n" in data else b"\r"
    row = _QUOTED.sub(b"", data[:at]).count(end) + 1
    return DataError(
        f"{name}: row {row} holds a byte that is no UTF-8 (0x{data[at]:02X}, byte {at + 1:,} of "
        "the file), though the file is; mend that cell, or save all of it as UTF-8"
    )
