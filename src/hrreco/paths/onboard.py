"""From a question to the plan of a new hire's first 90 days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import floor

from hrreco.paths.agenda import Placement
from hrreco.paths.duties import Fulfilled
from hrreco.paths.gap import lacking
from hrreco.paths.omissions import Omissions
from hrreco.paths.onboarding import Onboarding, Stage
from hrreco.paths.path import Step, StepReason
from hrreco.paths.periods import Period
from hrreco.paths.planner import Asker, Begun, fill
from hrreco.paths.programme import Prior, programme_of
from hrreco.paths.steps import Steps
from hrreco.settings import Settings
from hrreco.skills import SkillFramework

_DAYS = (30, 60, 90)
"""The ends of the stages, in days after the first one."""

_SUGGESTIONS = 3
"""The most courses that are there only because they suit."""


def onboarding_plan(
    asker: Asker, framework: SkillFramework, settings: Settings, *, seed: int
) -> Onboarding:
    """Plan the first 90 days: mandatory training, the core of the role, then what suits.

    Mandatory training is there whatever it takes; the core and what suits share the hours of
    ``paths.onboarding_hours``.
    """
    first, ends = _stages(asker)
    begin = max(first, asker.profile.as_of.today)
    needs = framework.of_role(asker.profile.role)
    programme = programme_of(asker, needs, seed=seed)
    begun = _with_all_duties(asker, begin, ends, floor(60 * settings.paths.onboarding_hours))
    undated = _without_days(begun, begin, ends[-1])
    prior = Prior(asker, programme)
    core = prior.remaining()
    planned = fill(
        asker, begun, seed=seed, core=core, known=prior.known(), suggestions=_SUGGESTIONS
    )
    notes = {position: _note("core", asker) for position in core}
    notes |= {position: _note("no_session", asker) for position in undated}
    lacked = lacking(needs, asker.profile.skills)
    steps = Steps(asker, planned, asker.profile.role, lacked, notes).all()
    placed = {placement.position for placement in planned.chosen}
    return Onboarding(
        employee_id=asker.profile.employee_id,
        role=asker.profile.role,
        first_day=first,
        lang=asker.texts.language,
        stages=_by_stage(steps, ends),
        saved=prior.saved(),
        done=tuple(asker.offers.catalogue.course_ids[position] for position in prior.done()),
        programme_hours=sum(map(asker.offers.hours, programme.courses), 0.0),
        left_out=Omissions(asker, planned).courses([one for one in core if one not in placed]),
    )


def _stages(asker: Asker) -> tuple[date, list[date]]:
    """Return the first day, and the last day of each stage."""
    today, started = asker.profile.as_of.today, asker.profile.started_on
    is_new = started is not None and started + timedelta(days=_DAYS[-1]) > today
    first = started if started is not None and is_new else today
    return first, [first + timedelta(days=days - 1) for days in _DAYS]


def _with_all_duties(asker: Asker, begin: date, ends: Sequence[date], budget: int) -> Begun:
    """Put in mandatory training beside the budget, which is all left for the rest."""
    minutes = asker.offers.minutes
    due = asker.suggester.duties.due(asker.profile, asker.taken(), ends[-1])
    beside = 2 * sum(minutes[duty.position] for duty in due)  # some are renewed within 90 days
    firsts = [begin, *(end + timedelta(days=1) for end in ends[:-1])]
    begun = Begun.of(
        asker,
        tuple(
            Period(max(first, begin), end, budget + beside)
            for first, end in zip(firsts, ends, strict=True)
            if end >= begin
        ),
    )
    agenda = begun.obligations.agenda
    agenda.room = [min(room, budget) for room in agenda.room]
    return begun


def _without_days(begun: Begun, begin: date, end: date) -> frozenset[int]:
    """Set mandatory courses that could not be placed on the days on which they are due."""
    missed = begun.obligations.missed
    for one in missed:
        day = min(max(one.duty.due_on or end, begin), end)
        placement = Placement(one.duty.position, day, day)
        begun.obligations.fulfilled.append(Fulfilled(one.duty, placement))
    return frozenset(one.duty.position for one in missed)


def _note(code: str, asker: Asker) -> StepReason:
    return StepReason(code, asker.texts.say(f"step.{code}"))


def _by_stage(steps: Sequence[Step], ends: Sequence[date]) -> tuple[Stage, ...]:
    stages, begin = [], date.min
    for days, end in zip(_DAYS, ends, strict=True):
        within = tuple(step for step in steps if begin < step.starts_on <= end)
        stages.append(Stage(days, end, within))
        begin = end
    return tuple(stages)
