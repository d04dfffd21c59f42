"""Repeating what a certificate of erasure claims."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from hrreco.errors import AuditError
from hrreco.privacy import OptOutList
from hrreco.privacy.audit import Kind, verify
from hrreco.privacy.certificate import Certificate
from hrreco.privacy.stored_people import Held
from hrreco.settings import Progress, silent
from hrreco.store.chain import checkpoint, line_at, of_kind, payload_at
from hrreco.store.provenance import kept_as_of_fit
from hrreco.store.seals import sealed
from hrreco.store.tombstones import has_tombstone
from hrreco.training import TrainedModel, compare_with_refit, settings_fingerprint

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace

_NO_TRACES = "none were found"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What holds of a certificate, one line each; all of it was looked at a moment ago.

    Attributes
    ----------
    model
        ``to the bit`` or ``within tolerance``: what serves now is what a fit that never had the
        person's rows ends in; else why that cannot be told any more.
    furthest
        The largest difference of any two numbers of the two models; None where none were fitted.
    """

    certificate: str
    audit_log: str
    tombstone: str
    bundles: str
    model: str
    furthest: float | None
    traces: str

    @property
    def clean(self) -> bool:
        """Whether no trace was found after the erasure."""
        return self.traces == _NO_TRACES

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return asdict(self)


def verify_certificate(
    workspace: Workspace,
    file: Path,
    *,
    progress: Progress = silent,
) -> Confirmed:
    """Check a certificate against the workspace, and repeat what it claims.

    Raises
    ------
    AuditError
        When the certificate was changed, or does not hold.
    """
    certificate = Certificate.read(file)
    log = workspace.audit_log
    with log.store.reading() as connection:
        certificate.check(log.signer.trusted(connection), str(file))
    checked = verify(log)
    pseudonym = str(certificate.erased["pseudonym"])
    with log.store.reading() as connection:
        _check_line(connection, certificate, file)
        if not has_tombstone(connection, bytes.fromhex(pseudonym)):
            raise AuditError(f"{file}: no tombstone keeps this person from coming back")
        locked = sealed(connection)
    _check_bundles(workspace, certificate, locked, file)
    progress("fit anew, without them", 0, 1)
    model, furthest = _compared(workspace, certificate.audit_line["seq"])
    found = certificate.searched["found"]
    return Confirmed(
        certificate="signed by this workspace, unchanged",
        audit_log=f"{checked.last:,} lines, unbroken; line {certificate.audit_line['seq']} is it",
        tombstone="keeps them from coming back with an older feed",
        bundles=f"{len(certificate.erased['sealed'])} that counted them may not serve again",
        model=model,
        furthest=furthest,
        traces=f"found in {', '.join(found)}" if found else _NO_TRACES,
    )


def _check_line(connection: Connection, certificate: Certificate, file: Path) -> None:
    """Compare with the audit log, as far as it still reaches back."""
    seq, digest = certificate.audit_line["seq"], certificate.audit_line["hash"]
    start = checkpoint(connection)
    if start is not None and seq <= start.seq:
        return
    line, payload = line_at(connection, seq), payload_at(connection, seq)
    told = json.loads(payload.payload) if payload else None
    if line is None or line.hash.hex() != digest or told != certificate.erased:
        raise AuditError(f"{file}: line {seq} of the audit log does not tell of this erasure")


def _check_bundles(
    workspace: Workspace, certificate: Certificate, locked: frozenset[str], file: Path
) -> None:
    if not locked.issuperset(certificate.erased["sealed"]):
        raise AuditError(f"{file}: a model that counts this person may serve again")
    if workspace.champion_id() in locked:
        raise AuditError(f"{file}: the model that serves counts this person")


def _compared(workspace: Workspace, since: int) -> tuple[str, float | None]:
    """Compare what serves now with a fit on the rows there are, none of which is the person's."""
    bundle_id = workspace.champion_id()
    if bundle_id is None:
        return "no model serves; the rules answer from the rows there are", None
    model = TrainedModel.load(workspace.bundles / bundle_id, bundle_id)
    held = workspace.people.held(up_to=model.origin.ingest_seq)
    proof = compare_with_refit(model, held.data, OptOutList(workspace.store.left_out(bundle_id)))
    if proof.likeness != "different":
        return proof.likeness, proof.furthest
    if model.origin.fingerprints["settings"] != settings_fingerprint(workspace.settings):
        return "cannot be told: the settings were changed since it was fitted; train again", None
    if _rows_were_changed(workspace, bundle_id, model.origin.ingest_seq or 0, held, since):
        return "cannot be told: other rows were changed since it was fitted; train again", None
    raise AuditError(
        f"the model that serves, {bundle_id[:12]}…, is not what a fit without this person ends "
        f"in: numbers differ by up to {proof.furthest:.3g}"
    )


def _rows_were_changed(
    workspace: Workspace, bundle_id: str, ingest_seq: int, held: Held, since: int
) -> bool:
    """Return whether rows of that ingest were changed by a later one, or deleted after a line."""
    changed = workspace.store.changed_since(ingest_seq)
    with workspace.store.reading() as connection:
        deletions = [of_kind(connection, kind) for kind in (Kind.ERASURE, Kind.PURGE)]
        deleted = any(line.seq > since for told in deletions for line, _ in told)
        then = kept_as_of_fit(connection, bundle_id)
    expired = not held.as_kept_on(then)
    return bool(changed.employees or changed.courses or deleted or expired)
