"""The audit log of a workspace: checked, listed, and its end told to be kept elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from hrreco.errors import SettingsError
from hrreco.privacy.audit import Verified, checked_kind, verify
from hrreco.privacy.audit.log import end_of
from hrreco.settings import Moment
from hrreco.store.chain import listed
from hrreco.store.moments import from_stored, to_stored

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace

_HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The end of the log, to be kept where nobody who can write the workspace can change it.

    Attributes
    ----------
    head
        The number and the hash of the last line, as ``--head`` takes them.
    public_key
        Of the key that signs here, in hexadecimal; None where nothing was signed yet.
    """

    head: str
    public_key: str | None

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the log; it names nobody.

    Attributes
    ----------
    readable
        Whether what it is about is still kept.
    """

    line: int
    at: datetime
    kind: str
    readable: bool

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {**asdict(self), "at": self.at.isoformat()}


def check_audit(workspace: Workspace, head: str | None = None) -> Verified:
    """Check every line of the log.

    Parameters
    ----------
    head
        What `audit_head` told earlier.

    Raises
    ------
    AuditError
        When something was changed; names the line.
    SettingsError
        When `head` is none.
    """
    return verify(workspace.audit_log, None if head is None else _parsed(head))


def audit_head(workspace: Workspace) -> AuditHead:
    """Return where the log ends now."""
    log = workspace.audit_log
    with log.store.reading() as connection:
        seq, digest = end_of(connection)
        keys = log.signer.trusted(connection)
    return AuditHead(f"{seq}:{digest.hex()}", keys[-1].hex() if keys else None)


def audit_lines(
    workspace: Workspace, kind: str | None = None, since: str | None = None
) -> Iterator[AuditLine]:
    """Yield the lines of the log in order.

    Parameters
    ----------
    since
        A day in the company's time zone: leave out what was done before it began.

    Raises
    ------
    SettingsError
        When there is no such kind, or no such day.
    """
    asked = None if kind is None else checked_kind(kind)
    start = None if since is None else to_stored(_begin(since, workspace.settings.timezone))
    with workspace.store.reading() as connection:
        for line, readable in listed(connection, asked, start):
            yield AuditLine(line.seq, from_stored(line.at), line.kind, readable)


def _parsed(head: str) -> tuple[int, str]:
    match = _HEAD.fullmatch(head.strip().lower())
    if match is None:
        raise SettingsError(
            f"{head!r} is no head of an audit log; give what hrreco audit head printed, "
            "such as 12:9f86…"
        )
    return int(match[1]), match[2]


def _begin(day: str, timezone: str) -> datetime:
    return datetime.combine(Moment.of(day, timezone).today, time(), ZoneInfo(timezone))
