"""What an employee asks for: to see what is held, and to have it put right."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from hrreco.errors import checked_id
from hrreco.privacy.correction import Corrected, Which, correct
from hrreco.privacy.rights import PersonalData, personal_data
from hrreco.settings import AsOf, write_whole
from hrreco.workspace.ingest import QUARANTINE

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace


@dataclass(frozen=True)
class Exported:
    """All that a workspace holds about one person.

    Attributes
    ----------
    quarantine
        Lines of the latest ingest's quarantine that name them.
    """

    held: PersonalData
    quarantine: list[dict[str, Any]]

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {**self.held.to_json(), "quarantine": self.quarantine}

    def write(self, file: Path) -> None:
        """Write it as JSON, whole or not at all."""
        text = json.dumps(self.to_json(), ensure_ascii=False, indent=1) + "\n"
        write_whole(file, text, private=True)


def export_person(workspace: Workspace, employee_id: str) -> Exported:
    """Return every row about a person, in every store of the workspace.

    Raises
    ------
    UnknownIdError
        When nothing is held about somebody of that id; names the close match.
    """
    checked_id(employee_id, "employee")
    held = personal_data(workspace.audit_log, employee_id)
    return Exported(held, _quarantined(workspace.path / QUARANTINE, employee_id))


def correct_person(
    workspace: Workspace,
    employee_id: str,
    column: str,
    value: str | None,
    *,
    which: Which,
    as_of: AsOf = None,
) -> Corrected:
    """Put one value right; the next answer follows, and exports do not bring the old one back.

    Raises
    ------
    UnknownIdError, DataError
        As for `privacy.correction.correct`.
    """
    checked_id(employee_id, "employee")
    with workspace.lock("ingest"):
        return correct(
            workspace.audit_log,
            workspace.settings,
            employee_id,
            column,
            value,
            which=which,
            as_of=as_of,
        )


def _quarantined(file: Path, employee_id: str) -> list[dict[str, Any]]:
    if not file.exists():
        return []
    lines = pl.read_parquet(file)
    texts = pl.concat_str("value", "message", separator="\n", ignore_nulls=True)
    return lines.filter(texts.str.contains(employee_id, literal=True)).to_dicts()
