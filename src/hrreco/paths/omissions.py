"""What was wanted and did not fit, and the constraint that stopped it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hrreco.paths.duties import Missed
from hrreco.paths.obstacle import Obstacle
from hrreco.paths.path import Omission, StepReason
from hrreco.paths.planner import Asker, Planned
from hrreco.recommend import LeftOut
from hrreco.skills import RoleNeed

_NEAREST = tuple(Obstacle)

_OF_PLANS = frozenset(Obstacle) - {code.code for code in LeftOut}
"""What stops a course in a plan only, and not in a list of suggestions."""


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
        return tuple(dict.fromkeys([*found, *self.chosen(), *self.skills(left)]))

    def skills(self, left: Sequence[RoleNeed]) -> tuple[Omission, ...]:
        """Return what would close needs, and what stopped it; once each."""
        found = (omission for need in left for omission in self._needed(need))
        return tuple(dict.fromkeys(found))

    def chosen(self) -> tuple[Omission, ...]:
        """Return what stopped courses that a person in charge has put in the place of others."""
        placements = (*self._planned.obligations.agenda.placed, *self._planned.chosen)
        placed = {placement.position for placement in placements}
        return self.courses([one for one in self._asker.chosen if one not in placed])

    def courses(self, positions: Sequence[int]) -> tuple[Omission, ...]:
        """Return what stopped those of some courses, no mandatory ones, that are not chosen."""
        chosen = {placement.position for placement in self._planned.chosen}
        left = [position for position in positions if position not in chosen]
        return tuple(self._course(position, self._stop(position)) for position in left)

    def note(self, position: int) -> StepReason:
        """Return why a mandatory course that is told of all the same could not be placed."""
        code = self._stop(position)
        if code in (Obstacle.NO_SESSION, Obstacle.FULL):
            return StepReason(Obstacle.NO_SESSION, self._texts.say("step.no_session"))
        return StepReason(code, self._text(position, code))

    def _missed(self, missed: Missed) -> Omission:
        return self._course(missed.duty.position, missed.code)

    def _needed(self, need: RoleNeed) -> Iterator[Omission]:
        """Yield the skill, and the course that would close it most easily."""
        closing = self._asker.offers.closing(need)
        self._planned.prospects.look_at(closing)
        stopped = [(self._stop(position), position) for position in closing]
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

    def _stop(self, position: int) -> Obstacle:
        missed = self._planned.obligations.missed
        if code := next((one.code for one in missed if one.duty.position == position), None):
            return code
        stop = self._planned.prospects.stopped_by(position) or self._unchosen(position)
        # What is mandatory, and neither planned nor missed, is due after the last period.
        return Obstacle.DUE_LATER if stop == LeftOut.BEYOND_K.code else Obstacle(stop)

    def _unchosen(self, position: int) -> Obstacle:
        """Return what kept a course out that could have been chosen."""
        agenda, prospects = self._planned.obligations.agenda, self._planned.prospects
        minutes = self._minutes(position)
        starts = [at for at in prospects.starts(position) if minutes <= agenda.room[at.period]]
        sessions = [prospects.sessions.get(start) for start in starts]
        if starts and all(session and agenda.clashes(session) for session in sessions):
            return Obstacle.CLASH
        before = sum(self._minutes(group[0]) for group in prospects.unmet(position))
        is_late = bool(before) and before + minutes <= sum(agenda.room)
        return Obstacle.PREREQUISITE_LATE if starts and is_late else Obstacle.NO_ROOM

    def _minutes(self, position: int) -> int:
        return self._asker.offers.minutes[position]

    def _untaught(self, need: RoleNeed) -> Omission:
        highest = self._asker.offers.highest(need.skill)
        code = Obstacle.NOT_TAUGHT if highest is None else Obstacle.LEVEL_NOT_TAUGHT
        text = self._texts.say(f"omitted.{code}", highest=highest, level=need.level)
        return Omission(code, text, skill=need.skill)

    def _course(self, position: int, code: Obstacle) -> Omission:
        course_id = self._catalogue.course_ids[position]
        title = self._catalogue.titles[position]
        return Omission(code, self._text(position, code), course_id=course_id, title=title)

    def _text(self, position: int, code: Obstacle) -> str:
        texts, offers = self._texts, self._asker.offers
        if code is Obstacle.PREREQUISITE_MISSING:
            return self._text_of_prerequisite(position)
        if code not in _OF_PLANS:
            return self._asker.sentence(LeftOut[code.name], position)
        budget = max(period.room for period in self._planned.obligations.agenda.periods) / 60
        return texts.say(f"omitted.{code}", offers.hours(position), budget=texts.number(budget))

    def _text_of_prerequisite(self, position: int) -> str:
        prospects = self._planned.prospects
        closed = (group[0] for group in prospects.unmet(position) if not prospects.is_met(group))
        named = (needed for needed in closed if not self._catalogue.sensitive[needed])
        if (needed := next(named, None)) is None:
            return self._texts.say("omitted.prerequisite_missing_other")
        title = self._catalogue.titles[needed]
        return self._texts.say("omitted.prerequisite_missing", course=title)
