"""What an answer is looked up in besides the person, kept once for all answers that it gave."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from hashlib import sha256
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from hrreco.advisor import Prepared
from hrreco.data import Catalogue, EmployeeRecord, LearningData
from hrreco.errors import AuditError, WorkspaceError
from hrreco.settings import Settings
from hrreco.store.snapshots import columns_of, frame_of

_SETTINGS = {"timezone", "language", "eligibility", "paths", "events", "necessity"}
"""Those that an answer may hang on."""


class Snapshot(NamedTuple):
    """Catalogue, sessions, needs of roles and settings, compressed; named by their SHA-256."""

    digest: bytes
    content: bytes


def snapshot_of(prepared: Prepared) -> Snapshot:
    """Return what answers are looked up in."""
    values = {
        "settings": prepared.settings.model_dump(mode="json", include=_SETTINGS),
        "courses": columns_of(prepared.catalogue.table),
        "role_skills": columns_of(prepared.role_skills),
        "sessions": columns_of(prepared.sessions),
    }
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return Snapshot(sha256(text).digest(), zlib.compress(text))


class KeptCompany:
    """A company as a snapshot holds it, with one employee: see `advisor.CompanyData`.

    Raises
    ------
    AuditError
        When the snapshot was changed.
    """

    def __init__(self, snapshot: Snapshot, record: EmployeeRecord) -> None:
        values = _opened(snapshot)
        self.settings = _settings(values["settings"])
        self.catalogue = Catalogue.of(frame_of("courses", values["courses"]))
        self.role_skills = frame_of("role_skills", values["role_skills"])
        self.sessions = frame_of("sessions", values["sessions"])
        self._record = record

    def employee(self, employee_id: str) -> EmployeeRecord:
        """Return the rows that were kept."""
        del employee_id
        return self._record

    def knows(self, employee_id: str) -> bool:
        """Return whether it is the one employee."""
        return employee_id == self._record.employee_id

    def one_state(self) -> AbstractContextManager[None]:
        """Do nothing: what was kept does not change."""
        return nullcontext()

    def in_memory(self) -> LearningData:
        """Refuse: nothing of other people was kept.

        Raises
        ------
        WorkspaceError
            Always.
        """
        raise WorkspaceError("an answer is given again to one employee; nobody else was kept")


def _opened(snapshot: Snapshot) -> dict[str, Any]:
    try:
        text = zlib.decompress(snapshot.content)
    except zlib.error:
        text = b""
    if sha256(text).digest() != snapshot.digest:
        raise AuditError(f"snapshot {snapshot.digest.hex()[:12]}…: was changed since it was kept")
    values: dict[str, Any] = json.loads(text)
    return values


def _settings(values: Mapping[str, Any]) -> Settings:
    """Return the settings of then, whatever the environment says now."""
    kinds: dict[str, Any] = {
        name: field.annotation for name, field in Settings.model_fields.items()
    }
    return Settings.model_construct(
        **{name: TypeAdapter(kinds[name]).validate_python(one) for name, one in values.items()}
    )
