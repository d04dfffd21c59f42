"""What a workspace holds at this moment, for an advisor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from hrreco.data import Catalogue, EmployeeRecord
from hrreco.settings import Settings

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace


class LiveData:
    """The company as the database holds it: read anew whenever an ingest has changed it."""

    def __init__(self, workspace: Workspace) -> None:
        self._store = workspace.store
        self.settings: Settings = workspace.settings
        self._ingest = -1

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue as of the latest ingest."""
        self._refresh()
        return self._catalogue

    @property
    def role_skills(self) -> pl.DataFrame:
        """The skills that roles need, as of the latest ingest."""
        self._refresh()
        return self._role_skills

    def employee(self, employee_id: str) -> EmployeeRecord:
        """Return the rows of `employee_id` as they are now."""
        return self._store.employee(employee_id)

    def _refresh(self) -> None:
        latest = self._store.last_ingest()
        if latest != self._ingest:
            self._catalogue = Catalogue.of(self._store.courses())
            self._role_skills = self._store.role_skills()
            self._ingest = latest
