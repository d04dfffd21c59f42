"""Erasing a person from a workspace, and the certificate that proves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrreco.errors import (
    BundleError,
    DataError,
    ModelError,
    SettingsError,
    WorkspaceError,
    checked_id,
)
from hrreco.models import read_origin
from hrreco.privacy.certificate import Certificate
from hrreco.privacy.erasure import Erasure, erase
from hrreco.privacy.traces import Search, search
from hrreco.settings import Progress, silent
from hrreco.store.seals import known_since
from hrreco.tracking import CHAMPION, MlflowStore
from hrreco.workspace.forgetting import forget_alone
from hrreco.workspace.ingest import OF_AN_INGEST

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace

CERTIFICATES = "certificates"


@dataclass(frozen=True, slots=True)
class ErasedHere:
    """What erasing a person came to.

    Attributes
    ----------
    file
        The certificate.
    before
        Whether they had been erased before, and nothing was left to erase.
    """

    certificate: Certificate
    file: Path
    before: bool

    @property
    def clean(self) -> bool:
        """Whether no file of the workspace holds a trace."""
        return not self.certificate.searched["found"]

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {"file": str(self.file), "before": self.before, **self.certificate.to_json()}


def erase_person(
    workspace: Workspace,
    employee_id: str,
    *,
    also_search: Iterable[str] = (),
    progress: Progress = silent,
) -> ErasedHere:
    """Erase a person: from the model, from every table, and from the bytes of the workspace.

    Whoever repeats it after it was interrupted completes it, and gets the same certificate.

    Parameters
    ----------
    also_search
        Other texts, such as name and e-mail address, to look for in the bytes that are left.

    Raises
    ------
    UnknownIdError
        When nothing is known of the person; names the close match.
    SettingsError
        When a text to look for is empty.
    WorkspaceError
        When another process reads the database for a minute on end.
    """
    checked_id(employee_id, "employee")
    texts = {employee_id, *also_search}
    if not all(text.strip() for text in texts):
        raise SettingsError("a text to look for is empty; nothing was erased")
    started_at = datetime.now(UTC)
    with workspace.lock("train"):
        erasure = _erase(workspace, employee_id, progress)
    with workspace.lock("ingest"):
        for leftover in OF_AN_INGEST:
            (workspace.path / leftover).unlink(missing_ok=True)
        workspace.store.compact()
    progress("look for traces", 0, 1)
    found = search(workspace.path, texts, workspace.people.ids())
    return _certified(workspace, erasure, found, before=erasure.at < started_at)


def _erase(workspace: Workspace, employee_id: str, progress: Progress) -> Erasure:
    with workspace.store.reading() as connection:
        since = known_since(connection, employee_id)
    before = workspace.champion_id()
    told: dict[str, Any] = {"before": before}
    if since is not None:
        told |= _forgotten(workspace, employee_id, progress)
    return erase(
        workspace.audit_log,
        employee_id,
        sealed=frozenset(_counting(workspace, employee_id, since)),
        model={**told, "after": workspace.champion_id()},
    )


def _forgotten(workspace: Workspace, employee_id: str, progress: Progress) -> dict[str, Any]:
    """Take a person out of the champion; one that cannot go on without them serves no longer."""
    try:
        done = forget_alone(workspace, frozenset([employee_id]), progress)
    except (BundleError, DataError, ModelError) as error:
        workspace.retire_champion()
        MlflowStore(workspace.path).clear_alias(CHAMPION)
        return {"parts": [], "retired": str(error)}
    return {"parts": [{"model": part.model, "exact": part.exact} for part in done.parts]}


def _counting(workspace: Workspace, employee_id: str, since: int | None) -> Iterator[str]:
    """Yield the bundles that have learned from a person who is known since that ingest."""
    if since is None:
        return
    for folder in sorted(workspace.bundles.glob("*/")):
        try:
            seen = read_origin(folder).ingest_seq
        except BundleError:
            continue  # which cannot serve either
        had_them = seen is None or seen >= since
        if had_them and employee_id not in workspace.store.left_out(folder.name):
            yield folder.name


def _certified(
    workspace: Workspace, erasure: Erasure, found: Search, *, before: bool
) -> ErasedHere:
    line, log = erasure.line, workspace.audit_log
    with log.store.writing() as connection:
        certificate = Certificate.signed(
            log.signer,
            connection,
            erased=erasure.details,
            audit_line={
                "seq": line.seq,
                "hash": line.hash.hex(),
                "at": erasure.at.isoformat(),
            },
            searched={**asdict(found), "found": list(found.found)},
        )
    folder = workspace.path / CERTIFICATES
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise WorkspaceError(f"{folder}: cannot be made: {error.strerror}") from None
    file = folder / f"erasure-{line.seq}.json"
    certificate.write(file)
    return ErasedHere(certificate, file, before)
