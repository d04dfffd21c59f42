"""Mandatory training on its days: what is most urgent first, and renewals as they fall due."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from hrreco.paths.agenda import Agenda, Placement
from hrreco.paths.offers import Offers
from hrreco.paths.sessions import Session
from hrreco.recommend import Duties, Duty, LeftOut, Taken


class Fulfilled(NamedTuple):
    """A mandatory course that is placed.

    Attributes
    ----------
    duty
        The duty that it does; for a prerequisite, the one that it leads to.
    """

    duty: Duty
    placement: Placement

    @property
    def is_prerequisite(self) -> bool:
        """Return whether it is there only for the sake of what it leads to."""
        return self.placement.position != self.duty.position


class Missed(NamedTuple):
    """A mandatory course that could not be placed.

    Attributes
    ----------
    code
        What stopped it.
    """

    duty: Duty
    code: str


@dataclass
class Obligations:
    """Places what must be taken, before anything else has its room.

    Attributes
    ----------
    fulfilled, missed
        What came of it.
    """

    offers: Offers
    duties: Duties
    taken: Taken
    agenda: Agenda
    fulfilled: list[Fulfilled] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)

    def place(self, due: list[Duty]) -> None:
        """Place duties, the most urgent first, and their renewals until the last period ends.

        Each starts as early as it may: a renewal not before its notice, in a session that is in
        time if there is one. What is overdue has the earliest dates of all. A renewal that is due
        after the last period is left to the next plan.
        """
        end = self.agenda.periods[-1].last
        waiting = [(duty.due_on or date.max, duty.position, duty) for duty in due]
        heapify(waiting)
        while waiting:
            by, _, duty = heappop(waiting)
            if duty.renewal and by > end:
                continue
            placement = self._done_already(duty) or self._place(duty)
            if placement and (again := self.duties.renewal(duty, placement.ends_on)):
                heappush(waiting, (again.due_on or date.max, again.position, again))

    def _done_already(self, duty: Duty) -> Placement | None:
        """Return the placement that does a duty, too: of an equivalent, or of a prerequisite."""
        meeting = self.offers.meeting(duty.position)
        for at, (of, placement) in enumerate(self.fulfilled):
            if placement.position in meeting and placement.ends_on >= self._release(duty):
                if placement.position == duty.position != of.position:
                    self.fulfilled[at] = Fulfilled(duty, placement)
                return placement
        return None

    def _place(self, duty: Duty) -> Placement | None:
        draft = self.agenda.copy()
        found = self._try(duty.position, duty, draft, ())
        if isinstance(found, Missed):
            self.missed.append(found)
            return None
        self.agenda.take(draft)
        self.fulfilled += found
        return found[-1].placement

    def _try(
        self, position: int, duty: Duty, draft: Agenda, on_the_way: tuple[int, ...]
    ) -> list[Fulfilled] | Missed:
        """Place a course, and before it the prerequisites that are not met yet."""
        before: list[Fulfilled] = []
        builds_on: list[Placement] = []
        for needed in self.offers.catalogue.prerequisites[position]:
            meeting = self.offers.meeting(needed)
            if self.taken.last(needed) is not None:
                continue
            if (there := draft.last(meeting)) is None:
                found = self._first_of(meeting, duty, draft, (*on_the_way, position))
                if found is None:
                    return Missed(duty, LeftOut.PREREQUISITE_MISSING.code)
                before += found
                there = found[-1].placement
            builds_on.append(there)
        placement = self._on_days(position, duty, draft, builds_on)
        if isinstance(placement, str):
            return Missed(duty, placement)
        return [*before, Fulfilled(duty, placement)]

    def _first_of(
        self, meeting: tuple[int, ...], duty: Duty, draft: Agenda, on_the_way: tuple[int, ...]
    ) -> list[Fulfilled] | None:
        for one in meeting:
            if one in on_the_way or not self.offers.catalogue.active[one]:
                continue
            attempt = draft.copy()
            found = self._try(one, duty, attempt, on_the_way)
            if not isinstance(found, Missed):
                draft.take(attempt)
                return found
        return None

    def _release(self, duty: Duty) -> date:
        first = self.agenda.periods[0].first
        if not duty.renewal or duty.due_on is None:
            return first
        return max(first, duty.due_on - timedelta(days=self.duties.notice(duty.position)))

    def _on_days(
        self, position: int, duty: Duty, draft: Agenda, builds_on: list[Placement]
    ) -> Placement | str:
        """Return the days of a course, or the code of what stopped it."""
        minutes = self.offers.minutes[position]
        release = self._release(duty) if position == duty.position else draft.periods[0].first
        if minutes > max(period.room for period in draft.periods):
            return "over_budget"
        if position not in self.offers.sessions:
            earliest = max([release, *(before.ends_on for before in builds_on)])
            return draft.learn(position, minutes, earliest) or "no_room"
        held = [s for s in self.offers.sessions[position] if draft.period_of(s) is not None]
        free = [session for session in held if not session.is_full]
        after = [s for s in free if all(before.is_over(s) for before in builds_on)]
        roomy = [session for session in after if draft.has_room_for(session, minutes)]
        for session in self._by_fitness(roomy, duty, release):
            if not draft.clashes(session):
                return draft.attend(position, minutes, session)
        if after:
            return "clash" if roomy else "no_room"
        return "prerequisite_late" if free else "full" if held else "no_session"

    def _by_fitness(self, sessions: list[Session], duty: Duty, release: date) -> list[Session]:
        """Return the sessions that are in time, the first that is not too early before all others.

        Rather than late, a certificate is renewed early, when half of its validity is over.
        """
        due_on = duty.due_on or date.max
        in_time = [session for session in sessions if session.ends_on <= due_on]
        fits = [session for session in in_time if session.starts_on >= release]
        before = []
        if duty.renewal:
            early = due_on - timedelta(days=self.duties.halfway(duty.position))
            before = [session for session in in_time if early < session.starts_on < release]
        late = [s for s in sessions if s.ends_on > due_on and s.starts_on >= release]
        return [*fits, *reversed(before), *late]
