"""Finding days for one mandatory course, and before it for what it builds on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from hrreco.paths.agenda import Agenda, Placement
from hrreco.paths.obstacle import Obstacle
from hrreco.paths.offers import Offers
from hrreco.paths.sessions import Session
from hrreco.recommend import Duties, Duty, Taken


class _Tried(NamedTuple):
    """A course, and what was placed when it was tried."""

    position: int
    placed: tuple[Placement, ...]


@dataclass
class Attempt:
    """Tries to place a duty, and remembers what failed on the way.

    A ladder of prerequisites with two courses on each rung has as many ways as two to the power
    of its rungs; as each course is tried once beside the same placements, it takes no longer than
    there are rungs.
    """

    offers: Offers
    duties: Duties
    taken: Taken
    duty: Duty
    release: date
    _failed: dict[_Tried, frozenset[int]] = field(default_factory=dict)
    """What failed, and on which courses' being on the way that depended."""

    _passed: set[int] = field(default_factory=set)
    """The courses that were passed over, as they were on the way themselves."""

    def place(self, draft: Agenda) -> list[Placement] | Obstacle:
        """Place the duty after what it builds on; return all of them, or what stopped it."""
        return self._try(self.duty.position, draft, frozenset())

    def _try(
        self, position: int, draft: Agenda, on_the_way: frozenset[int]
    ) -> list[Placement] | Obstacle:
        found: list[Placement] = []
        builds_on: list[Placement] = []
        for needed in self.offers.catalogue.prerequisites[position]:
            if self.taken.last(needed) is not None:
                continue
            meeting = self.offers.meeting(needed)
            if (there := draft.last(meeting)) is None:
                before = self._first_of(meeting, draft, on_the_way | {position})
                if not before:
                    return Obstacle.PREREQUISITE_MISSING
                found += before
                there = before[-1]
            builds_on.append(there)
        placement = self._on_days(position, draft, builds_on)
        return placement if isinstance(placement, Obstacle) else [*found, placement]

    def _first_of(
        self, meeting: tuple[int, ...], draft: Agenda, on_the_way: frozenset[int]
    ) -> list[Placement]:
        """Place the first of some courses that can be; return nothing where none can."""
        for one in meeting:
            if one in on_the_way:
                self._passed.add(one)
                continue
            tried = _Tried(one, tuple(draft.placed))
            if not self.offers.catalogue.active[one] or self._has_failed(tried, on_the_way):
                continue
            attempt = draft.copy()
            outside, self._passed = self._passed, set()
            found = self._try(one, attempt, on_the_way)
            self._passed.discard(one)
            if isinstance(found, Obstacle):
                self._failed[tried] = frozenset(self._passed)
            self._passed |= outside
            if not isinstance(found, Obstacle):
                draft.take(attempt)
                return found
        return []

    def _has_failed(self, tried: _Tried, on_the_way: frozenset[int]) -> bool:
        """Return whether the same was tried before, and nothing of what it lacked is free now."""
        passed = self._failed.get(tried)
        if passed is None or not passed <= on_the_way:
            return False
        self._passed |= passed
        return True

    def _on_days(
        self, position: int, draft: Agenda, builds_on: list[Placement]
    ) -> Placement | Obstacle:
        """Return the days of a course, or what stopped it."""
        minutes = self.offers.minutes[position]
        is_duty = position == self.duty.position
        release = self.release if is_duty else draft.periods[0].first
        if minutes > max(period.room for period in draft.periods):
            return Obstacle.OVER_BUDGET
        if position not in self.offers.sessions:
            earliest = max([release, *(before.ends_on for before in builds_on)])
            return draft.learn(position, minutes, earliest) or Obstacle.NO_ROOM
        held = [s for s in self.offers.sessions[position] if draft.period_of(s) is not None]
        free = [session for session in held if not session.is_full]
        after = [s for s in free if all(before.is_over(s) for before in builds_on)]
        roomy = [session for session in after if draft.has_room_for(session, minutes)]
        for session in self._by_fitness(roomy, release):
            if not draft.clashes(session):
                return draft.attend(position, minutes, session)
        if after:
            return Obstacle.CLASH if roomy else Obstacle.NO_ROOM
        if free:
            return Obstacle.PREREQUISITE_LATE
        return Obstacle.FULL if held else Obstacle.NO_SESSION

    def _by_fitness(self, sessions: list[Session], release: date) -> list[Session]:
        """Return the sessions that are in time, the first that is not too early before all others.

        Rather than late, a certificate is renewed early, when half of its validity is over.
        """
        due_on = self.duty.due_on or date.max
        in_time = [session for session in sessions if session.ends_on <= due_on]
        fits = [session for session in in_time if session.starts_on >= release]
        before = []
        if self.duty.renewal:
            early = due_on - timedelta(days=self.duties.halfway(self.duty.position))
            before = [session for session in in_time if early < session.starts_on < release]
        late = [s for s in sessions if s.ends_on > due_on and s.starts_on >= release]
        return [*fits, *reversed(before), *late]
