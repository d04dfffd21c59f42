"""What protects the data of a workspace, as it is at this moment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection, make_url

from hrreco.errors import AuditError, WorkspaceError
from hrreco.privacy.audit import verify
from hrreco.privacy.audit.head import is_noted, noted_in
from hrreco.workspace.ingest import OF_AN_INGEST
from hrreco.workspace.tokens import token_keyring

if TYPE_CHECKING:
    from hrreco.store.keyring import Keyring
    from hrreco.workspace import Workspace

_ENCRYPTED = {"require", "verify-ca", "verify-full"}


@dataclass(frozen=True, slots=True)
class Storage:
    """Where the rows lie.

    Attributes
    ----------
    where
        The file, or ``host/database`` of a server.
    encrypted_on_the_way
        Whether the connection to a server must be; None where there is none.
    open_to_others
        Whether other accounts of the machine may read the folder's database, or what an ingest
        has left beside it; None where that cannot be told.
    """

    database: Literal["SQLite", "PostgreSQL"]
    where: str
    encrypted_on_the_way: bool | None
    open_to_others: bool | None


@dataclass(frozen=True, slots=True)
class Key:
    """Where a secret key comes from; never the key.

    Attributes
    ----------
    in_use
        How many there have been: more than one after a rotation.
    closed
        Whether nobody but the owner may read its file; None where it is in no file.
    """

    name: str
    source: Literal["environment", "file", "none yet"]
    in_use: int
    closed: bool | None


@dataclass(frozen=True, slots=True)
class Audit:
    """What checking every line of the audit log has shown.

    Attributes
    ----------
    last
        The number of the latest line; 0 where there is none.
    head
        The number and the hash of the latest line that is noted beside the database, as
        ``hrreco audit verify --head`` takes them; None where nothing was logged.
    problem
        Why the log does not hold; None where it does.
    """

    last: int
    head: str | None
    problem: str | None


def storage_of(workspace: Workspace) -> Storage:
    """Return where the rows of a workspace lie; no password and no account is told."""
    address = workspace.settings.database
    if address is None:
        file = workspace.path / "hrreco.db"
        beside = (workspace.path / name for name in OF_AN_INGEST)
        is_open = any(map(_is_open, (file, *beside))) if os.name == "posix" else None
        return Storage("SQLite", f"{workspace.path.name}/{file.name}", None, is_open)
    url = make_url(address)
    host = url.host or str(url.query.get("host", "localhost"))
    encrypted = url.query.get("sslmode") in _ENCRYPTED
    return Storage("PostgreSQL", f"{host}/{url.database or ''}", encrypted, None)


def keys_of(workspace: Workspace) -> tuple[Key, ...]:
    """Return where the keys of a workspace come from."""
    rings = {
        "pseudonym": workspace.store.pseudonyms.keyring,
        "audit": workspace.audit_log.signer.keyring,
        "token": token_keyring(workspace),
    }
    with workspace.store.reading() as connection:
        return tuple(_key(name, ring, connection) for name, ring in rings.items())


def _key(name: str, ring: Keyring, connection: Connection) -> Key:
    in_use = len(ring.marks(connection))
    file = Path(ring.source)
    if file.is_absolute():
        return Key(name, "file" if file.exists() else "none yet", in_use, _is_closed(file))
    return Key(name, "environment", in_use, None)


def _is_closed(file: Path) -> bool | None:
    if os.name != "posix" or not file.exists():
        return None
    return not file.stat().st_mode & 0o077


def _is_open(file: Path) -> bool:
    """Return whether others than the owner may read a file through its folder."""
    if not file.exists():
        return False
    modes = file.stat().st_mode, file.parent.stat().st_mode
    return bool(modes[0] & 0o044 and modes[1] & 0o011)


def audit_of(workspace: Workspace) -> Audit:
    """Check the audit log, and return what was found."""
    log = workspace.audit_log
    try:
        checked = verify(log)
        noted = noted_in(log.folder) if is_noted(log.folder) else None
    except (AuditError, WorkspaceError) as error:
        said = str(error).replace(f"{workspace.path}/", "").replace(str(workspace.path), ".")
        return Audit(0, None, said)
    return Audit(checked.last, noted and f"{noted.seq}:{noted.hash.hex()}", None)
