"""The secret keys of a workspace: shown by their public marks, and rotated."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from hrreco.errors import SettingsError, close_match
from hrreco.privacy.audit import Kind
from hrreco.store.keyring import Keyring
from hrreco.workspace.tokens import token_keyring

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from hrreco.workspace.workspace import Workspace

KeyName = Literal["pseudonym", "audit", "token"]
KEYS: tuple[KeyName, ...] = get_args(KeyName)


@dataclass(frozen=True, slots=True)
class ShownKeys:
    """What may be known of the keys of one purpose.

    Attributes
    ----------
    source
        The file or the environment variable that they come from.
    marks
        In hexadecimal, the newest last: the public keys of the audit key, and SHA-256 of others.
    """

    name: KeyName
    source: str
    marks: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {**asdict(self), "marks": list(self.marks)}


def show_keys(workspace: Workspace) -> list[ShownKeys]:
    """Return what may be known of all keys.

    Raises
    ------
    WorkspaceError
        When one of them is not there, or others may read its file.
    """
    with workspace.store.reading() as connection:
        return [_shown(workspace, name, connection) for name in KEYS]


def rotate_key(workspace: Workspace, name: str) -> ShownKeys:
    """Use a new key from now on; older ones stay, to recognise what was made with them.

    Tokens are believed no longer that an older key has signed.

    Raises
    ------
    SettingsError
        When there is no such key; names the close match.
    WorkspaceError
        When the keys come from the environment, where hrreco cannot add one.
    """
    for known in KEYS:
        if name == known:
            with workspace.audit_log.writing() as transaction:
                connection = transaction.connection
                _keyring(workspace, known).rotate(connection)
                shown = _shown(workspace, known, connection)
                transaction.append(Kind.KEY_ROTATION, {"key": known, "mark": shown.marks[-1]})
            return shown
    hint = close_match(name, KEYS)
    raise SettingsError(f"unknown key {name!r}; there are {', '.join(KEYS)}{hint}")


def _keyring(workspace: Workspace, name: KeyName) -> Keyring:
    if name == "audit":
        return workspace.audit_log.signer.keyring
    if name == "token":
        return token_keyring(workspace)
    return workspace.store.pseudonyms.keyring


def _shown(workspace: Workspace, name: KeyName, connection: Connection) -> ShownKeys:
    keyring = _keyring(workspace, name)
    keyring.known(connection)  # which refuses keys that are not there
    return ShownKeys(name, keyring.source, tuple(m.hex() for m in keyring.marks(connection)))
