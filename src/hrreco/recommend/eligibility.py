"""Which courses may be suggested to an employee as an elective, and what removes the others."""

from __future__ import annotations

from copy import copy
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from hrreco.data import NO_DAYS, Catalogue
from hrreco.data.languages import primary_subtag
from hrreco.privacy import Rulings
from hrreco.profiles import EmployeeProfile, HistoryEntry
from hrreco.recommend.codes import Codes, LeftOut
from hrreco.recommend.taken import Taken
from hrreco.settings import Settings


class Eligibility:
    """The rules over one catalogue; they are asked in the order of `LeftOut`.

    What is taken stays taken for the course's `valid_for_days`, for ever when it has none. An
    equivalent that was taken counts as the course itself, taken on that day. A language that is
    not known, the course's or the employee's, removes nothing. Every prerequisite must have been
    taken at some time, valid or not; an equivalent counts. What a person in charge has decided
    removes a course from whomever it is not mandatory for.

    Attributes
    ----------
    prerequisite_pairs
        intp [pairs] each: the courses that need others, and what they need.
    """

    def __init__(self, catalogue: Catalogue, settings: Settings) -> None:
        self._catalogue = catalogue
        self._limits = settings.eligibility
        self._valid_for: list[int] = catalogue.valid_for_days.tolist()
        self._inactive = ~catalogue.active
        self._decided: tuple[tuple[NDArray[np.intp], LeftOut], ...] = ()
        self.prerequisite_pairs = _prerequisite_pairs(catalogue)
        tags = np.array([primary_subtag(tag) for tag in catalogue.languages], dtype=str)
        self._language_known: NDArray[np.bool_] = tags != ""
        self._other_language: dict[str, NDArray[np.bool_]] = {
            str(tag): self._language_known & (tags != tag) for tag in np.unique(tags) if tag
        }

    def under(self, rulings: Rulings) -> Eligibility:
        """Return the same rules with what people decided."""
        decided = copy(self)
        decided._decided = tuple(
            (self._catalogue.positions_of(course_ids), code)
            for course_ids, code in (
                (rulings.overridden, LeftOut.OVERRIDDEN),
                (rulings.suppressed, LeftOut.SUPPRESSED),
            )
        )
        return decided

    def codes(self, profile: EmployeeProfile, taken: Taken) -> Codes:
        """Return what removes each course: int8 [courses], a `LeftOut`, 0 where nothing does.

        A mandatory course may be sensitive; all other rules are answered for it, too. Whether
        it is due is for `Duties` to say.
        """
        n = len(self._catalogue)
        if profile.has_left:
            return np.full(n, LeftOut.LEFT_COMPANY, dtype=np.int8)
        codes = np.zeros(n, dtype=np.int8)
        # From the last rule to the first, so that the first has the last word.
        codes[self._lacking_prerequisites(taken)] = LeftOut.PREREQUISITE_MISSING
        np.putmask(codes, self._in_another_language(profile.language), LeftOut.LANGUAGE)
        self._apply_history(profile, codes)
        mandatory = self._catalogue.mandatory_for(profile.role, profile.department)
        for positions, code in self._decided:
            codes[positions[~mandatory[positions]]] = code
        self._apply_taken(taken, profile.as_of.today.toordinal(), codes)
        np.putmask(codes, self._catalogue.sensitive & ~mandatory, LeftOut.SENSITIVE)
        np.putmask(codes, self._inactive, LeftOut.INACTIVE)
        return codes

    def open_to(self, language: str) -> NDArray[np.bool_]:
        """Return what no decision, nor the course itself or its language, removes: bool [courses].

        What is mandatory for somebody may be among the closed.
        """
        closed = self._inactive | self._catalogue.sensitive
        for positions, _ in self._decided:
            closed[positions] = True
        return ~(closed | self._in_another_language(language))

    def _apply_history(self, profile: EmployeeProfile, codes: Codes) -> None:
        position = self._catalogue.position
        for entry in profile.history.values():
            if entry.in_progress_at or entry.dismissed_at or entry.wrong_level_at:  # few are
                here = position.get(entry.course_id)
                if here is not None and (code := self._removes(entry, profile.as_of.at)):
                    codes[here] = code

    def _removes(self, entry: HistoryEntry, now: datetime) -> LeftOut | None:
        if _within(entry.in_progress_at, now, self._limits.in_progress_days):
            return LeftOut.IN_PROGRESS
        if _within(entry.dismissed_at, now, self._limits.dismissed_days):
            return LeftOut.DISMISSED
        return LeftOut.WRONG_LEVEL if entry.wrong_level_at is not None else None

    def _apply_taken(self, taken: Taken, today: int, codes: Codes) -> None:
        for moments, code in (
            (taken.by_equivalent, LeftOut.EQUIVALENT_TAKEN),
            (taken.own, LeftOut.TAKEN),
        ):
            valid_for = self._valid_for
            codes[
                [
                    here
                    for here, moment in moments.items()
                    if valid_for[here] == NO_DAYS  # as nearly all; the day is slow to find
                    or taken.still_valid(moment, valid_for[here], today)
                ]
            ] = code

    def _lacking_prerequisites(self, taken: Taken) -> NDArray[np.intp]:
        ever = np.zeros(len(self._catalogue), dtype=bool)
        ever[[*taken.own, *taken.by_equivalent]] = True
        needing, needed = self.prerequisite_pairs
        return needing[~ever[needed]]

    def _in_another_language(self, language: str | None) -> NDArray[np.bool_]:
        own = primary_subtag(language)
        if not own:
            return np.zeros(len(self._catalogue), dtype=bool)
        return self._other_language.get(own, self._language_known)


def _within(event: datetime | None, now: datetime, days: int) -> bool:
    return event is not None and (now - event).days < days


def _prerequisite_pairs(catalogue: Catalogue) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return courses and their prerequisites, one pair of positions each."""
    pairs = [(here, needed) for here, row in enumerate(catalogue.prerequisites) for needed in row]
    needing, needed = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
    return needing, needed
