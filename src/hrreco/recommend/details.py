"""What there is to say beyond the code of a course that is left out: which courses, until when."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from hrreco.data import Catalogue
from hrreco.profiles import EmployeeProfile
from hrreco.recommend.codes import LeftOut
from hrreco.recommend.taken import Taken
from hrreco.settings import Settings, Texts


class Detail(NamedTuple):
    """Which text of a code fits, and what stands in it.

    Attributes
    ----------
    variant
        The end of the text's key, such as ``_until``; empty for the code's plain text.
    positions
        The courses that are named, by position in the catalogue; never a sensitive one.
    until
        The day on which it ends.
    """

    variant: str = ""
    positions: tuple[int, ...] = ()
    until: date | None = None


NOTHING = Detail()


class Details:
    """Looks up, for one course and one employee, what a rule went by."""

    def __init__(self, catalogue: Catalogue, settings: Settings) -> None:
        self._catalogue = catalogue
        self._limits = settings.eligibility

    def of(self, code: LeftOut, position: int, profile: EmployeeProfile, taken: Taken) -> Detail:
        """Return what there is to say of a course that `code` leaves out."""
        entry = profile.history.get(self._catalogue.course_ids[position])
        if code is LeftOut.TAKEN:
            until = self._valid_until(position, taken)
            return Detail("_until" if until else "", until=until)
        if code is LeftOut.EQUIVALENT_TAKEN:
            return self._equivalent(position, taken)
        if code is LeftOut.PREREQUISITE_MISSING:
            return self._prerequisites(position, taken)
        if code is LeftOut.IN_PROGRESS and entry is not None:
            return _over(entry.in_progress_at, self._limits.in_progress_days, taken)
        if code is LeftOut.DISMISSED and entry is not None:
            return _over(entry.dismissed_at, self._limits.dismissed_days, taken)
        return NOTHING

    def words(self, detail: Detail, texts: Texts) -> dict[str, str]:
        """Return what stands in the text, by the names of its places."""
        titles = [self._catalogue.titles[position] for position in detail.positions]
        day = texts.day(detail.until) if detail.until else ""
        return {"courses": texts.listed(titles), "date": day}

    def _equivalent(self, position: int, taken: Taken) -> Detail:
        until = self._valid_until(position, taken)
        others = [other for other in self._catalogue.equivalents[position] if other in taken.own]
        # The latest is the one that counts, and for the longest.
        latest = max(others, key=lambda other: taken.own[other])
        named = () if self._catalogue.sensitive[latest] else (latest,)
        variant = f"{'_named' if named else ''}{'_until' if until else ''}"
        return Detail(variant, named, until)

    def _prerequisites(self, position: int, taken: Taken) -> Detail:
        missing = [
            needed
            for needed in self._catalogue.prerequisites[position]
            if taken.last(needed) is None
        ]
        named = tuple(needed for needed in missing if not self._catalogue.sensitive[needed])
        if not named:
            return NOTHING
        if len(named) < len(missing):
            return Detail("_and_others", named)
        return Detail("_one" if len(named) == 1 else "_many", named)

    def _valid_until(self, position: int, taken: Taken) -> date | None:
        return taken.valid_until(position, int(self._catalogue.valid_for_days[position]))


def _over(event: datetime | None, days: int, taken: Taken) -> Detail:
    if event is None:
        return NOTHING
    return Detail(until=(event + timedelta(days=days)).astimezone(taken.zone).date())
