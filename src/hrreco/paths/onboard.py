"""From a question to the plan of a new hire's first 90 days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import floor

from hrreco.paths.agenda import Placement
from hrreco.paths.duties import Fulfilled, Obligations
from hrreco.paths.gap import lacking
from hrreco.paths.notes import notes_of
from hrreco.paths.omissions import Omissions
from hrreco.paths.onboarding import Onboarding, Stage
from hrreco.paths.path import Step, StepReason
from hrreco.paths.periods import WORKING_DAY, Period
from hrreco.paths.planner import Asker, fill, with_duties
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
    budget = floor(60 * settings.paths.onboarding_hours)
    obligations = _with_all_duties(asker, begin, ends, budget)
    prior = Prior(asker, programme)
    core = prior.remaining()
    planned = fill(
        asker, obligations, seed=seed, core=core, known=prior.known(), suggestions=_SUGGESTIONS
    )
    omissions = Omissions(asker, planned)
    notes = dict.fromkeys(core, StepReason("core", asker.texts.say("step.core")))
    notes |= _without_days(obligations, omissions, begin, ends[-1])
    lacked = lacking(needs, asker.profile.skills)
    steps = Steps(asker, planned, asker.profile.role, lacked, notes).all()
    return Onboarding(
        employee_id=asker.profile.employee_id,
        role=asker.profile.role,
        first_day=first,
        lang=asker.texts.language,
        stages=_by_stage(steps, ends),
        saved=prior.saved(),
        done=tuple(asker.offers.catalogue.course_ids[position] for position in prior.done()),
        programme_hours=sum(map(asker.offers.hours, programme.courses), 0.0),
        left_out=tuple(
            dict.fromkeys(
                (
                    *omissions.courses(core),
                    *omissions.chosen(),
                    *omissions.skills([need for need in lacked if need in programme.beyond]),
                )
            )
        ),
        notes=notes_of("onboarding", asker.profile.as_of.today, asker.profile, asker.texts),
    )


def _stages(asker: Asker) -> tuple[date, list[date]]:
    """Return the first day, and the last day of each stage."""
    today, started = asker.profile.as_of.today, asker.profile.started_on
    is_new = started is not None and started + timedelta(days=_DAYS[-1]) > today
    first = started if started is not None and is_new else today
    return first, [first + timedelta(days=days - 1) for days in _DAYS]


def _with_all_duties(asker: Asker, begin: date, ends: Sequence[date], budget: int) -> Obligations:
    """Put in mandatory training whatever it takes, and leave the budget for the rest."""
    firsts = [begin, *(end + timedelta(days=1) for end in ends[:-1])]
    periods = tuple(
        Period(max(first, begin), end, budget=WORKING_DAY * _DAYS[-1])
        for first, end in zip(firsts, ends, strict=True)
        if end >= begin
    )
    obligations = with_duties(asker, periods)
    agenda = obligations.agenda
    agenda.room = [min(room, budget) for room in agenda.room]
    return obligations


def _without_days(
    obligations: Obligations, omissions: Omissions, begin: date, end: date
) -> dict[int, StepReason]:
    """Set mandatory courses that could not be placed on the day they are due; say why, of each."""
    notes = {}
    for duty, _ in obligations.missed:
        day = min(max(duty.due_on or end, begin), end)
        obligations.fulfilled.append(Fulfilled(duty, Placement(duty.position, day, day)))
        notes[duty.position] = omissions.note(duty.position)
    return notes


def _by_stage(steps: Sequence[Step], ends: Sequence[date]) -> tuple[Stage, ...]:
    stages, begin = [], date.min
    for days, end in zip(_DAYS, ends, strict=True):
        within = tuple(step for step in steps if begin < step.starts_on <= end)
        stages.append(Stage(days, end, within))
        begin = end
    return tuple(stages)
