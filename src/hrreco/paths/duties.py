"""Mandatory training on its days: what is most urgent first, and renewals as they fall due."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from hrreco.paths.agenda import Agenda, Placement
from hrreco.paths.attempt import Attempt
from hrreco.paths.obstacle import Obstacle
from hrreco.paths.offers import Offers
from hrreco.recommend import Duties, Duty, Taken


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
    code: Obstacle


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
        attempt = Attempt(self.offers, self.duties, self.taken, duty, self._release(duty))
        found = attempt.place(draft)
        if isinstance(found, Obstacle):
            self.missed.append(Missed(duty, found))
            return None
        self.agenda.take(draft)
        self.fulfilled += [Fulfilled(duty, placement) for placement in found]
        return found[-1]

    def _release(self, duty: Duty) -> date:
        """Return the day before which a duty is not done: for a renewal, that of its notice."""
        first = self.agenda.periods[0].first
        if not duty.renewal or duty.due_on is None:
            return first
        return max(first, duty.due_on - timedelta(days=self.duties.notice(duty.position)))
