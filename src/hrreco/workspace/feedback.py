"""What an employee says of a course that was suggested: an event like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from uuid import uuid4

import polars as pl

from hrreco.data.learning_data import TABLES, LearningData
from hrreco.data.pipeline import read_frames
from hrreco.errors import DataError, UnknownEmployeeError, UnknownIdError, checked_id, close_match
from hrreco.settings import AsOf, Moment

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace

FeedbackKind = Literal["dismissed", "not_relevant", "already_known", "wrong_level", "rated"]

SOURCE = "feedback"
"""The `source` of such events."""


def give_feedback(
    workspace: Workspace,
    employee_id: str,
    course_id: str,
    kind: FeedbackKind,
    rating: float | None = None,
    *,
    as_of: AsOf = None,
) -> str:
    """Store what an employee says of a course; on disk before this returns.

    To say the same again is no error: what was dismissed stays so for longer. It is said now, or
    on the day of `as_of`.

    Returns
    -------
    str
        The id of the event.

    Raises
    ------
    UnknownIdError
        When there is no such employee or course.
    DataError
        When the rules for events refuse it, such as that of an employee who has left.
    """
    known = workspace.store.known()
    _check_known(employee_id, "employee", known.employees["employee_id"], UnknownEmployeeError)
    _check_known(course_id, "course", known.courses["course_id"], UnknownIdError)
    event = {
        "event_id": str(uuid4()),
        "employee_id": employee_id,
        "course_id": course_id,
        "kind": kind,
        "occurred_at": Moment.of(as_of, workspace.settings.timezone).at,
        "rating": rating,
        "source": SOURCE,
    }
    given = {"events": pl.DataFrame([event], schema_overrides={"rating": pl.Float64})}
    tables, report = read_frames(given, settings=workspace.settings, as_of=as_of, known=known)
    if len(report.quarantine):
        refused = report.quarantine.row(0, named=True)
        raise DataError(f"{refused['column']}: {refused['message']}")
    given_alone = LearningData(
        **{name: tables[name] for name in TABLES}, settings=workspace.settings, report=report
    )
    workspace.store.ingest(given_alone, source=SOURCE, full=False)
    return str(event["event_id"])


def _check_known(given: str, what: str, known: pl.Series, error: type[UnknownIdError]) -> None:
    if checked_id(given, what) not in known:
        raise error(f"unknown {what} {given!r}{close_match(given, known)}")
