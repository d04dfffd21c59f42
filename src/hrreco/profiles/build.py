"""Building the profile of one employee from the rows about them."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter

from hrreco.data import Catalogue, EmployeeRecord
from hrreco.profiles.history import history_of
from hrreco.profiles.profile import EmployeeProfile
from hrreco.profiles.skills import known_skills
from hrreco.settings import Moment, Settings

_occurred_at = attrgetter("occurred_at")


def build_profile(
    record: EmployeeRecord, catalogue: Catalogue, settings: Settings, as_of: Moment
) -> EmployeeProfile:
    """Return what `record` says of one employee at one moment.

    Parameters
    ----------
    record
        All rows about the employee; those after `as_of` are not looked at.
    catalogue
        Says which courses are mandatory for the employee or sensitive, and what courses teach.
    """
    events = record.events[: bisect_right(record.events, as_of.at, key=_occurred_at)]
    without_interest = catalogue.without_interest(record.role, record.department)
    history = history_of(events, settings.events, without_interest)
    return EmployeeProfile(
        employee_id=record.employee_id,
        as_of=as_of,
        role=record.role,
        department=record.department,
        started_on=record.started_on,
        left_on=record.left_on,
        language=record.language,
        location=record.location,
        grade=record.grade,
        hours_per_month=record.hours_per_month,
        preferred_formats=record.preferred_formats,
        preferred_times=record.preferred_times,
        history=history,
        skills=known_skills(record.skills, history, events, settings.events, catalogue),
        recorded_skills=frozenset(row.skill for row in record.skills if row.source != "inferred"),
    )
