"""Which courses an employee has taken, when, and whether that still counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from hrreco.data import NO_DAYS, Catalogue
from hrreco.profiles import EmployeeProfile


@dataclass(frozen=True, slots=True)
class Taken:
    """The moments at which courses were last taken, by position in the catalogue.

    Attributes
    ----------
    own
        Courses that were taken themselves.
    by_equivalent
        Courses of which an equivalent was taken; a direct one, equivalents of equivalents do
        not count.
    zone
        The company's time zone, in which a moment falls on a day.
    """

    own: dict[int, datetime]
    by_equivalent: dict[int, datetime]
    zone: tzinfo

    @classmethod
    def of(cls, profile: EmployeeProfile, catalogue: Catalogue, zone: tzinfo) -> Taken:
        """Read the moments out of a history; courses not in the catalogue are skipped."""
        own: dict[int, datetime] = {}
        by_equivalent: dict[int, datetime] = {}
        position, equivalents = catalogue.position, catalogue.equivalents
        for entry in profile.history.values():
            moment = entry.taken_at
            if moment is None or (here := position.get(entry.course_id)) is None:
                continue
            own[here] = moment
            for other in equivalents[here]:
                by_equivalent[other] = max(moment, by_equivalent.get(other, moment))
        return cls(own, by_equivalent, zone)

    def last(self, position: int) -> int | None:
        """Return the day a course or an equivalent of it was last taken, or None.

        Days are proleptic ordinals (`date.toordinal`).
        """
        own, other = self.own.get(position), self.by_equivalent.get(position)
        if own is None or other is None:
            last = own or other
            return self._day(last) if last else None
        return self._day(max(own, other))

    def still_valid(self, moment: datetime, valid_for_days: int, today: int) -> bool:
        """Return whether a course that expires, taken at `moment`, still counts.

        Its last day does.
        """
        return today <= self._day(moment) + valid_for_days

    def valid_until(self, position: int, valid_for_days: int) -> date | None:
        """Return the last day on which a course that was taken counts; None when for ever."""
        last = self.last(position)
        if last is None or valid_for_days == NO_DAYS:
            return None
        return day_of(last + valid_for_days)

    def _day(self, moment: datetime) -> int:
        return moment.astimezone(self.zone).toordinal()


_LAST_DAY = date.max.toordinal()


def day_of(ordinal: int) -> date:
    """Return the day of a proleptic ordinal; the last of all days when it lies beyond."""
    return date.fromordinal(min(ordinal, _LAST_DAY))
