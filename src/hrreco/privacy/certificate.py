"""Certificates of erasure: signed, and naming the person by a keyed pseudonym only."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from hrreco.errors import AuditError
from hrreco.privacy.audit.signing import Signer, is_signed
from hrreco.settings import write_whole

_FORMAT = "hrreco certificate of erasure 1"
_KEYS = {"erased", "audit_line", "searched", "public_key", "signature"}


@dataclass(frozen=True)
class Certificate:
    """What was removed where, and what proves it.

    Attributes
    ----------
    erased
        What the audit log tells of the erasure: see `Erasure.details`.
    audit_line
        The number, the hash and the moment of that line.
    searched
        What was looked through for traces afterwards, and where any were found.
    public_key, signature
        Hexadecimal.
    """

    erased: Mapping[str, Any]
    audit_line: Mapping[str, Any]
    searched: Mapping[str, Any]
    public_key: str
    signature: str

    @classmethod
    def signed(
        cls,
        signer: Signer,
        connection: Connection,
        *,
        erased: Mapping[str, Any],
        audit_line: Mapping[str, Any],
        searched: Mapping[str, Any],
    ) -> Certificate:
        """Sign a certificate with the newest audit key."""
        signer.keyring.newest(connection)
        key = signer.trusted(connection)[-1].hex()
        unsigned = cls(erased, audit_line, searched, key, "")
        signature = signer.sign(connection, unsigned._message()).hex()
        return cls(erased, audit_line, searched, key, signature)

    @classmethod
    def read(cls, file: Path) -> Certificate:
        """Read a certificate; whether it holds is another question.

        Raises
        ------
        AuditError
            When the file is none, or was changed in any byte that makes it another text.
        """
        content = file.read_bytes()
        try:
            found = cls._parsed(json.loads(content))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise AuditError(f"{file}: is no certificate of erasure, or is damaged") from None
        if found.to_text().encode() != content:
            raise AuditError(f"{file}: was changed since it was written")
        return found

    @classmethod
    def _parsed(cls, given: dict[str, Any]) -> Certificate:
        found = cls(**{key: given[key] for key in _KEYS})
        if given.keys() != {"format", *_KEYS} or given["format"] != _FORMAT:
            raise ValueError
        bytes.fromhex(found.signature + found.public_key)
        return found

    def write(self, file: Path) -> None:
        """Write the certificate, whole or not at all."""
        write_whole(file, self.to_text())

    def to_text(self) -> str:
        """Return the one way to write it."""
        return json.dumps(self.to_json(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "format": _FORMAT,
            "erased": dict(self.erased),
            "audit_line": dict(self.audit_line),
            "searched": dict(self.searched),
            "public_key": self.public_key,
            "signature": self.signature,
        }

    def check(self, trusted: Sequence[bytes], named: str) -> None:
        """Refuse a certificate that none of these keys has signed.

        Parameters
        ----------
        named
            What to call it.

        Raises
        ------
        AuditError
            When none of them has.
        """
        key = bytes.fromhex(self.public_key)
        if key not in trusted:
            raise AuditError(f"{named}: is signed with a key that is not one of this workspace")
        if not is_signed(self._message(), bytes.fromhex(self.signature), [key]):
            raise AuditError(f"{named}: was changed since it was signed")

    def _message(self) -> bytes:
        content = {key: value for key, value in self.to_json().items() if key != "signature"}
        return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
