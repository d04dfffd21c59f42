"""The standard programme of a role, and what of it somebody knows already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from hrreco.paths.onboarding import Saved
from hrreco.paths.planner import Asker
from hrreco.paths.quickest import Quickest, quickest
from hrreco.recommend import LeftOut
from hrreco.skills import RoleNeed


@dataclass(frozen=True)
class Programme:
    """What everybody begins a role with who knows nothing of it yet.

    Attributes
    ----------
    mandatory
        The mandatory courses, by position.
    core
        The quickest way to the essential skills that no mandatory course leads to.
    """

    mandatory: tuple[int, ...]
    core: Quickest
    needs: tuple[RoleNeed, ...]

    @property
    def courses(self) -> tuple[int, ...]:
        """Return all its courses, by position."""
        return (*self.mandatory, *self.core.courses)

    @property
    def beyond(self) -> tuple[RoleNeed, ...]:
        """Return the essential needs that no course of it leads to."""
        return tuple(need for need in self.needs if need.skill not in self.core.ways)


def programme_of(asker: Asker, needs: Sequence[RoleNeed], *, seed: int) -> Programme:
    """Return the programme of a role in the employee's department and language.

    Parameters
    ----------
    needs
        Of the role; optional ones are left out.
    """
    profile, catalogue = asker.profile, asker.offers.catalogue
    nobody = replace(profile, history={}, skills={}, recorded_skills=frozenset())
    here = catalogue.mandatory_for(profile.role, profile.department) & catalogue.active
    mandatory = tuple(np.flatnonzero(here).tolist())
    essential = tuple(need for need in needs if need.importance == "essential")
    core = quickest(replace(asker, profile=nobody), essential, mandatory, seed=seed)
    return Programme(mandatory, core, essential)


class Prior:
    """What of a programme an employee knows, has done, and still needs."""

    def __init__(self, asker: Asker, programme: Programme) -> None:
        self._asker = asker
        self._programme = programme
        # What is taken but due again is taken all the same.
        self._codes = asker.eligibility
        self._catalogue = asker.offers.catalogue

    def known(self) -> frozenset[int]:
        """Return the courses of the core all of whose skills have been assessed."""
        return frozenset(filter(self._is_assessed, self._programme.core.courses))

    def remaining(self) -> tuple[int, ...]:
        """Return the courses of the core that still lead to something needed."""
        ways = [
            self._programme.core.ways.get(need.skill, frozenset())
            for need in self._programme.needs
            if not self._is_met(need)
        ]
        needed = frozenset[int]().union(*ways)
        return tuple(
            position
            for position in self._programme.core.courses
            if position in needed
            and not self._is_taken(position)
            and not self._is_assessed(position)
        )

    def done(self) -> tuple[int, ...]:
        """Return the courses that have been completed themselves."""
        return tuple(filter(self._is_completed, self._programme.courses))

    def saved(self) -> tuple[Saved, ...]:
        """Return the courses that are known without having been completed."""
        found = []
        to_do = {*self.remaining(), *self.done()}
        for position in self._programme.courses:
            mandatory = position in self._programme.mandatory
            if position not in to_do and (self._is_taken(position) or not mandatory):
                found.append(self._saved(position))
        return tuple(found)

    def _is_met(self, need: RoleNeed) -> bool:
        closing = self._asker.offers.closing(need)
        return self._has_assessed(need.skill, need.level) or any(map(self._is_taken, closing))

    def _is_taken(self, position: int) -> bool:
        return self._codes[position] in (LeftOut.TAKEN, LeftOut.EQUIVALENT_TAKEN)

    def _is_completed(self, position: int) -> bool:
        course_id = self._catalogue.course_ids[position]
        taken = self._codes[position] == LeftOut.TAKEN
        return bool(taken) and self._asker.profile.has_completed(course_id)

    def _is_assessed(self, position: int) -> bool:
        taught = self._catalogue.skills[position]
        return bool(taught) and all(self._has_assessed(row.skill, row.level) for row in taught)

    def _has_assessed(self, skill: str, level: int | None) -> bool:
        known = self._asker.profile.skills.get(skill)
        if known is None or known.source != "assessed":
            return False
        return RoleNeed(skill, level, "essential").met_by(known.level)

    def _saved(self, position: int) -> Saved:
        texts, code = self._asker.texts, LeftOut(int(self._codes[position]))
        course_id, title = self._catalogue.course_ids[position], self._catalogue.titles[position]
        hours = self._asker.offers.hours(position)
        if code is LeftOut.TAKEN:
            return Saved(course_id, title, hours, "waived", texts.say("saved.waived"))
        if code is LeftOut.EQUIVALENT_TAKEN:
            text = self._asker.sentence(code, position)
            return Saved(course_id, title, hours, "equivalent", text)
        skills = texts.listed([row.skill for row in self._catalogue.skills[position]])
        text = texts.say("saved.assessed", skills=skills)
        return Saved(course_id, title, hours, "assessed", text)
