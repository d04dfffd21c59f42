"""From a question to a learning path."""

from __future__ import annotations

from datetime import date
from math import floor

from hrreco.errors import SettingsError
from hrreco.paths.gap import Gap, gap_of, lacking, needs_of
from hrreco.paths.notes import notes_of
from hrreco.paths.omissions import Omissions
from hrreco.paths.path import LearningPath
from hrreco.paths.periods import calendar_months
from hrreco.paths.planner import Asker, fill, with_duties
from hrreco.paths.steps import Steps
from hrreco.settings import Settings
from hrreco.skills import RoleNeed, SkillFramework

_MOST_MONTHS = 60
_MOST_HOURS = 744.0
"""Hours that the longest month has."""

_LAST_YEAR = 9000
"""What is due long after it still has a date."""


def learning_path(
    asker: Asker,
    framework: SkillFramework,
    settings: Settings,
    *,
    target_role: str | None,
    hours_per_month: float | None,
    start: date,
    months: int,
    seed: int,
) -> LearningPath:
    """Plan what closes the gap to a role and suits the employee, month by month.

    Parameters
    ----------
    start
        The first day; the profile of `asker` knows of nothing after it.

    Raises
    ------
    UnknownIdError, DataError
        When no skills are known of the target role.
    SettingsError
        When the hours, the months or the start are out of range.
    """
    hours = _checked_hours(hours_per_month, asker, settings)
    role, needs = needs_of(target_role, asker.profile.role, framework)
    lacked = lacking(needs, asker.profile.skills)
    periods = calendar_months(_checked_start(start), _checked_months(months), floor(60 * hours))
    planned = fill(asker, with_duties(asker, periods), lacked, seed=seed)
    steps = Steps(asker, planned, role, lacked).all()
    closed = {skill for step in steps for skill in step.closes}
    left = [need for need in lacked if need.skill not in closed]
    return LearningPath(
        employee_id=asker.profile.employee_id,
        target_role=role,
        as_of=asker.profile.as_of.today,
        start=start,
        months=months,
        hours_per_month=hours,
        lang=asker.texts.language,
        steps=steps,
        left_out=Omissions(asker, planned).all(left),
        gap=_gap(asker, role, needs),
        optimality_gap=planned.plan.optimality_gap,
        notes=notes_of("path", start, asker.profile, asker.texts),
    )


def skill_gap(asker: Asker, framework: SkillFramework, target_role: str | None) -> Gap:
    """Return what the employee lacks for a role.

    Raises
    ------
    UnknownIdError, DataError
        When no skills are known of the target role.
    """
    role, needs = needs_of(target_role, asker.profile.role, framework)
    return _gap(asker, role, needs)


def _gap(asker: Asker, role: str, needs: tuple[RoleNeed, ...]) -> Gap:
    profile = asker.profile
    return gap_of(profile.employee_id, role, needs, profile.skills, asker.offers, asker.codes)


def _checked_hours(asked: float | None, asker: Asker, settings: Settings) -> float:
    profile = asker.profile
    own = (
        settings.paths.hours_per_month
        if profile.hours_per_month is None
        else profile.hours_per_month
    )
    hours = own if asked is None else asked
    if not isinstance(hours, int | float) or not 0 < hours <= _MOST_HOURS:
        whose = f"{profile.employee_id} has" if asked is None else "the path is given"
        raise SettingsError(
            f"{whose} {hours!r} hours a month; ask with more than 0 and at most {_MOST_HOURS:g}"
        )
    return float(hours)


def _checked_start(start: date) -> date:
    if start.year > _LAST_YEAR:
        raise SettingsError(
            f"start is {start}; plan from a day in the year {_LAST_YEAR} or before"
        )
    return start


def _checked_months(months: int) -> int:
    if isinstance(months, bool) or not isinstance(months, int) or not 1 <= months <= _MOST_MONTHS:
        raise SettingsError(f"months is {months!r}; plan for 1 to {_MOST_MONTHS} whole months")
    return months
