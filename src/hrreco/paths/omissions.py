"""What was wanted and did not fit, and the constraint that stopped it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hrreco.paths.duties import Missed
from hrreco.paths.path import Omission, StepReason
from hrreco.paths.planner import Asker, Planned
from hrreco.paths.problem import Start
from hrreco.paths.prospects import EQUIVALENT_PLANNED
from hrreco.recommend import LeftOut
from hrreco.skills import RoleNeed

_OF_PLANS = (
    *("no_room", "clash", "prerequisite_late", "over_budget", "full", "no_session"),
    *("due_later", EQUIVALENT_PLANNED),
)
"""What stops a course in a plan only, and not in a list of suggestions."""

_NEAREST = (
    *_OF_PLANS,
    LeftOut.PREREQUISITE_MISSING.code,
    LeftOut.LANGUAGE.code,
    LeftOut.IN_PROGRESS.code,
    LeftOut.DISMISSED.code,
    LeftOut.WRONG_LEVEL.code,
    LeftOut.OVERRIDDEN.code,
    LeftOut.SUPPRESSED.code,
    LeftOut.EQUIVALENT_TAKEN.code,
    LeftOut.TAKEN.code,
    LeftOut.LEFT_COMPANY.code,
)
"""What stops courses, from what is mended most easily on."""


class Omissions:
    """Says of an employee's plan what it lacks."""

    def __init__(self, asker: Asker, planned: Planned) -> None:
        self._asker = asker
        self._planned = planned
        self._catalogue = asker.offers.catalogue
        self._texts = asker.texts

    def all(self, left: Sequence[RoleNeed]) -> tuple[Omission, ...]:
        """Return mandatory and chosen courses that did not fit, and what would close `left`."""
        found = [self._missed(missed) for missed in self._planned.obligations.missed]
        found += self.chosen()
        for need in left:
            found += self._needed(need)
        return tuple(dict.fromkeys(found))

    def chosen(self) -> tuple[Omission, ...]:
        """Return what stopped courses that a person in charge has put in the place of others."""
        placements = (*self._planned.obligations.agenda.placed, *self._planned.chosen)
        placed = {placement.position for placement in placements}
        return self.courses([one for one in self._asker.chosen if one not in placed])

    def courses(self, positions: Sequence[int]) -> tuple[Omission, ...]:
        """Return what stopped some courses that are no mandatory ones."""
        return tuple(self._course(position, self._stop(position)) for position in positions)

    def note(self, position: int) -> StepReason:
        """Return why a mandatory course that is told of all the same could not be placed."""
        code = self._stop(position)
        if code in ("no_session", "full"):
            return StepReason("no_session", self._texts.say("step.no_session"))
        return StepReason(code, self._text(position, code))

    def _missed(self, missed: Missed) -> Omission:
        return self._course(missed.duty.position, missed.code)

    def _needed(self, need: RoleNeed) -> Iterator[Omission]:
        """Yield the skill, and the course that would close it most easily."""
        stopped = [
            (self._stop(position), position) for position in self._asker.offers.closing(need)
        ]
        if not stopped:
            yield self._untaught(need)
            return
        code, position = min(
            stopped, key=lambda one: (_NEAREST.index(one[0]), self._minutes(one[1]), one[1])
        )
        title = self._catalogue.titles[position]
        course = self._course(position, code)
        text = self._texts.say("omitted.skill", course=title, why=course.text)
        yield Omission(code, text, skill=need.skill)
        yield course

    def _stop(self, position: int) -> str:
        missed = self._planned.obligations.missed
        code = next((one.code for one in missed if one.duty.position == position), None)
        code = code or self._planned.prospects.stopped_by(position) or self._unchosen(position)
        # What is mandatory, and neither planned nor missed, is due after the last period.
        return "due_later" if code == LeftOut.BEYOND_K.code else code

    def _unchosen(self, position: int) -> str:
        """Return what kept a course out that could have been chosen."""
        agenda, prospects = self._planned.obligations.agenda, self._planned.prospects
        minutes = self._minutes(position)
        starts = [at for at in prospects.starts(position) if minutes <= agenda.room[at]]
        sessions = [prospects.sessions.get(Start(position, at)) for at in starts]
        if starts and all(session and agenda.clashes(session) for session in sessions):
            return "clash"
        before = sum(self._minutes(group[0]) for group in prospects.unmet(position))
        is_late = bool(before) and before + minutes <= sum(agenda.room)
        return "prerequisite_late" if starts and is_late else "no_room"

    def _minutes(self, position: int) -> int:
        return self._asker.offers.minutes[position]

    def _untaught(self, need: RoleNeed) -> Omission:
        highest = self._asker.offers.highest(need.skill)
        code = "not_taught" if highest is None else "level_not_taught"
        text = self._texts.say(f"omitted.{code}", highest=highest, level=need.level)
        return Omission(code, text, skill=need.skill)

    def _course(self, position: int, code: str) -> Omission:
        course_id = self._catalogue.course_ids[position]
        title = self._catalogue.titles[position]
        return Omission(code, self._text(position, code), course_id=course_id, title=title)

    def _text(self, position: int, code: str) -> str:
        texts, offers = self._texts, self._asker.offers
        if code == LeftOut.PREREQUISITE_MISSING.code:
            return self._text_of_prerequisite(position)
        if code not in _OF_PLANS:
            return self._asker.sentence(LeftOut[code.upper()], position)
        budget = max(period.room for period in self._planned.obligations.agenda.periods) / 60
        hours = texts.number(offers.hours(position))
        return texts.say(f"omitted.{code}", hours=hours, budget=texts.number(budget))

    def _text_of_prerequisite(self, position: int) -> str:
        prospects = self._planned.prospects
        closed = (group[0] for group in prospects.unmet(position) if not prospects.is_met(group))
        named = (needed for needed in closed if not self._catalogue.sensitive[needed])
        if (needed := next(named, None)) is None:
            return self._texts.say("omitted.prerequisite_missing_other")
        title = self._catalogue.titles[needed]
        return self._texts.say("omitted.prerequisite_missing", course=title)
