"""Which courses an employee has taken, when, and whether that still counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from hrreco.data.catalogue import NO_DAYS, Catalogue
from hrreco.profiles.profile import EmployeeProfile


@dataclass(frozen=True, slots=True)
class Taken:
    """The days on which courses were last taken, by position in the catalogue.

    Days are proleptic ordinals (`date.toordinal`) in the company's time zone.

    Attributes
    ----------
    own
        Courses that were taken themselves.
    by_equivalent
        Courses of which an equivalent was taken; a direct one, equivalents of equivalents do
        not count.
    """

    own: dict[int, int]
    by_equivalent: dict[int, int]

    @classmethod
    def of(cls, profile: EmployeeProfile, catalogue: Catalogue, zone: tzinfo) -> Taken:
        """Read the days out of a profile's history; courses not in the catalogue are skipped."""
        own: dict[int, int] = {}
        by_equivalent: dict[int, int] = {}
        for entry in profile.history.values():
            here = catalogue.position.get(entry.course_id)
            if here is None or entry.taken_at is None:
                continue
            day = own[here] = entry.taken_at.astimezone(zone).toordinal()
            for other in catalogue.equivalents[here]:
                by_equivalent[other] = max(day, by_equivalent.get(other, 0))
        return cls(own, by_equivalent)

    def last(self, position: int) -> int | None:
        """Return the day a course or an equivalent of it was last taken, or None."""
        return max(self.own.get(position, 0), self.by_equivalent.get(position, 0)) or None


def still_valid(taken: int, valid_for_days: int, today: int) -> bool:
    """Return whether a course taken on the day `taken` still counts; its last day does."""
    return valid_for_days == NO_DAYS or today <= taken + valid_for_days
