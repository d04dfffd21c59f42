"""All tables of a company, checked, in memory."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from hrreco.data.catalogue import Catalogue
from hrreco.data.known import Known
from hrreco.data.numbered import Groups, numbered_events
from hrreco.data.records import EmployeeRecord, EventRow, SkillRow
from hrreco.data.report import QualityReport
from hrreco.errors import UnknownEmployeeError, close_match
from hrreco.settings import AsOf, Progress, Settings, silent

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

TABLES = ("employees", "courses", "events", "employee_skills", "role_skills", "sessions")
"""The tables that may be learned from; the first three are required."""

_PLAIN = (
    "role",
    "department",
    "started_on",
    "left_on",
    "language",
    "location",
    "grade",
    "hours_per_month",
)
_OF_EVENT = ("course_id", "kind", "occurred_at", "rating")
_OF_SKILL = ("skill", "level", "source")


@dataclass(frozen=True)
class LearningData:
    """The six tables that may be learned from, every row of them checked.

    Attributes
    ----------
    employees, courses, events, employee_skills, role_skills, sessions
        Frames with all columns of `hrreco.data.schemas`, sorted by id; events by employee,
        moment and course.
    settings
        The settings they were read with.
    report
        What was left out and why; nothing for data that comes out of a store.

    Examples
    --------
    >>> import polars as pl
    >>> data = LearningData.from_frames(
    ...     employees=pl.DataFrame({"employee_id": ["E1"], "role": ["Nurse"]}),
    ...     courses=pl.DataFrame({"course_id": ["C1"], "title": ["Hygiene"]}),
    ...     events=pl.DataFrame(
    ...         {
    ...             "employee_id": ["E1"],
    ...             "course_id": ["C1"],
    ...             "kind": ["completed"],
    ...             "occurred_at": ["2024-05-01"],
    ...         }
    ...     ),
    ... )
    >>> data.employee("E1").events[0].course_id
    'C1'
    """

    employees: pl.DataFrame
    courses: pl.DataFrame
    events: pl.DataFrame
    employee_skills: pl.DataFrame
    role_skills: pl.DataFrame
    sessions: pl.DataFrame
    settings: Settings
    report: QualityReport = field(default_factory=QualityReport)

    @classmethod
    def read(
        cls,
        folder: Path | str,
        *,
        mapping: Path | str | None = None,
        settings: Settings | None = None,
        as_of: AsOf = None,
        known: Known | None = None,
        progress: Progress = silent,
    ) -> LearningData:
        """Read and check a folder of exports: CSV, Parquet or Excel.

        Attributes for audits of fairness are no part of it: see `hrreco.data.read_export`.

        Parameters
        ----------
        folder
            Where the files are. A table's file is found by its name (``employees.csv``).
        mapping
            A mapping file, for exports with names of their own (see `hrreco.data.mapping`).
        as_of
            Events after this moment are quarantined.
        known
            What a store already holds. With it, one table is enough.

        Raises
        ------
        DataError
            `MissingFileError`, `MissingColumnError` or `PersonalColumnError`, or a file that is
            no table. Single bad rows go to `report.quarantine` instead.
        SettingsError
            When the mapping says something that cannot be used.
        """
        from hrreco.data.export import read_export

        export = read_export(
            folder, mapping=mapping, settings=settings, as_of=as_of, known=known, progress=progress
        )
        return export.data

    @classmethod
    def from_frames(
        cls,
        employees: IntoDataFrame,
        courses: IntoDataFrame,
        events: IntoDataFrame,
        *,
        employee_skills: IntoDataFrame | None = None,
        role_skills: IntoDataFrame | None = None,
        sessions: IntoDataFrame | None = None,
        settings: Settings | None = None,
        as_of: AsOf = None,
    ) -> LearningData:
        """Check frames of polars, pandas or Arrow, just as `read` checks files.

        Raises
        ------
        DataError
            As for `read`.
        """
        from hrreco.data.pipeline import read_frames

        given = (employees, courses, events, employee_skills, role_skills, sessions)
        frames = dict(zip(TABLES, given, strict=True))
        settings = settings or Settings()
        tables, report = read_frames(frames, settings=settings, as_of=as_of)
        return cls(**{name: tables[name] for name in TABLES}, settings=settings, report=report)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The courses in the form that rules and models ask them."""
        return Catalogue.of(self.courses)

    @cached_property
    def numbered_events(self) -> pl.DataFrame:
        """The events with positions instead of names: see `hrreco.data.numbered`."""
        return numbered_events(self)

    @cached_property
    def groups(self) -> Groups:
        """The employees by role and department."""
        return Groups.of(self.employees)

    def employee(self, employee_id: str) -> EmployeeRecord:
        """Return all that the tables hold about one employee.

        Raises
        ------
        UnknownIdError
            When there is no such employee; names the close match.
        """
        row = self._employee_row.get(employee_id)
        if row is None:
            hint = close_match(employee_id, self._employee_row)
            raise UnknownEmployeeError(f"unknown employee {employee_id!r}{hint}")
        *plain, formats, times = self._employee_values.row(row)
        events = _rows_of(employee_id, self._event_values, self._event_rows)
        skills = _rows_of(employee_id, self._skill_values, self._skill_rows)
        return EmployeeRecord(
            employee_id=employee_id,
            **dict(zip(_PLAIN, plain, strict=True)),
            preferred_formats=tuple(formats or ()),
            preferred_times=tuple(times or ()),
            events=tuple(starmap(EventRow, events)),
            skills=tuple(starmap(SkillRow, skills)),
        )

    def knows(self, employee_id: str) -> bool:
        """Return whether there is such an employee."""
        return employee_id in self._employee_row

    def one_state(self) -> AbstractContextManager[None]:
        """Do nothing: these data do not change; see `advisor.CompanyData`."""
        return nullcontext()

    def in_memory(self) -> LearningData:
        """Return these data, which are in memory: see `advisor.CompanyData`."""
        return self

    def fingerprints(self) -> dict[str, str]:
        """Return a SHA-256 (hex) of each table's contents, whatever the order of its rows."""
        return dict(self._fingerprints)

    @cached_property
    def _fingerprints(self) -> dict[str, str]:
        from hrreco.data.fingerprint import fingerprint

        return {table: fingerprint(getattr(self, table)) for table in TABLES}

    @cached_property
    def _employee_row(self) -> dict[str, int]:
        return {employee_id: i for i, employee_id in enumerate(self.employees["employee_id"])}

    @cached_property
    def _event_rows(self) -> dict[str, tuple[int, int]]:
        return _stretches(self.events["employee_id"])

    @cached_property
    def _skill_rows(self) -> dict[str, tuple[int, int]]:
        return _stretches(self.employee_skills["employee_id"])

    # Polars selects in a query, which costs ten times the rows of one person: it is done once,
    # and copies nothing.
    @cached_property
    def _employee_values(self) -> pl.DataFrame:
        return self.employees.select(*_PLAIN, "preferred_formats", "preferred_times")

    @cached_property
    def _event_values(self) -> pl.DataFrame:
        return self.events.select(_OF_EVENT)

    @cached_property
    def _skill_values(self) -> pl.DataFrame:
        return self.employee_skills.select(_OF_SKILL)


def _rows_of(
    employee_id: str, values: pl.DataFrame, stretches: dict[str, tuple[int, int]]
) -> list[tuple[Any, ...]]:
    stretch = stretches.get(employee_id)
    return values.slice(*stretch).rows() if stretch else []


def _stretches(ids: pl.Series) -> dict[str, tuple[int, int]]:
    """Return where the rows of each id begin and how many there are, in a sorted column."""
    runs = (
        ids.rle().struct.unnest().select("value", pl.col("len").cum_sum() - pl.col("len"), n="len")
    )
    return {employee_id: (start, n) for employee_id, start, n in runs.iter_rows()}
