"""The latest line of the chain, noted outside the database: without it, a cut tail is not seen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from hrreco.errors import AuditError
from hrreco.settings import write_whole

_FILE = "audit-head.json"


class Head(NamedTuple):
    """A line of the chain, signed with the audit key.

    Attributes
    ----------
    seq
        Its number; 0 before the first line.
    """

    seq: int
    hash: bytes
    signature: bytes

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "seq": self.seq,
            "hash": self.hash.hex(),
            "signature": self.signature.hex(),
        }


def head_message(seq: int, digest: bytes) -> bytes:
    """Return what is signed of a head."""
    return b"hrreco audit head 1\n" + f"{seq}\n{digest.hex()}\n".encode()


def note(folder: Path, head: Head) -> None:
    """Write the head, unless a later one is there.

    Two processes may do so at once; then the earlier one may be left, which proves a little less.
    """
    noted = noted_in(folder) if is_noted(folder) else None
    if noted is None or noted.seq < head.seq:
        write_whole(folder / _FILE, _text(head))


def is_noted(folder: Path) -> bool:
    """Return whether there is a head."""
    return (folder / _FILE).exists()


def noted_in(folder: Path) -> Head:
    """Return the head that was noted last.

    Raises
    ------
    AuditError
        When it is not there, or is damaged.
    """
    file = folder / _FILE
    try:
        return _parsed(file.read_text(encoding="ascii"))
    except FileNotFoundError:
        raise AuditError(
            f"{file}: is not there; without it nobody can tell whether the end of the audit log "
            "was cut off"
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise AuditError(f"{file}: is damaged; it is no head of an audit log") from None


def _text(head: Head) -> str:
    return json.dumps(head.to_json()) + "\n"


def _parsed(text: str) -> Head:
    given = json.loads(text)
    head = Head(given["seq"], bytes.fromhex(given["hash"]), bytes.fromhex(given["signature"]))
    if type(head.seq) is not int or _text(head) != text:
        raise ValueError
    return head
