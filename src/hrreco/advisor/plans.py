"""What an advisor plans: the gap to a role, paths, onboarding and careers."""

from __future__ import annotations

from typing import Any

from hrreco.advisor.desk import Desk
from hrreco.paths import (
    Careers,
    Gap,
    LearningPath,
    Onboarding,
    careers_of,
    learning_path,
    onboarding_plan,
    skill_gap,
)
from hrreco.settings import AsOf, Language, Moment


class Plans(Desk):
    """The part of an advisor that looks ahead."""

    def gap(
        self,
        employee_id: str,
        target_role: str | None = None,
        *,
        as_of: AsOf = None,
    ) -> Gap:
        """Say which skills an employee lacks for a role, and which courses close the gap.

        Parameters
        ----------
        target_role
            The role to look towards; the employee's own when not given.

        Raises
        ------
        UnknownIdError
            When there is no such employee, or nothing is known of the role.
        DataError
            When the employee's own role is named, and no skills are known of it.
        """
        asked = self._question(employee_id, None, as_of)
        gap = skill_gap(asked.asker(), asked.prepared.framework, target_role)
        return self._kept(asked, gap, "gap", target_role=target_role)

    def path(
        self,
        employee_id: str,
        *,
        target_role: str | None = None,
        hours_per_month: float | None = None,
        start: AsOf = None,
        months: int = 12,
        lang: Language | None = None,
        as_of: AsOf = None,
        seed: int = 0,
    ) -> LearningPath:
        """Plan what to learn, month by month: mandatory training, the gap to a role, what suits.

        Parameters
        ----------
        target_role
            The role to learn for; the employee's own when not given.
        hours_per_month
            The budget of each calendar month, mandatory training included; the employee's own
            when not given, else the company's.
        start
            The first day; that of `as_of` when not given. Where it has passed, the path is planned
            as of then.
        months
            Calendar months, that of `start` included: 1 to 60.
        lang
            The language of the reasons; the company's own when not given.
        as_of
            The day or moment to answer for; now when not given.
        seed
            Another one may find another path of the same worth.

        Raises
        ------
        UnknownIdError
            When there is no such employee, or nothing is known of the role.
        DataError
            When the employee's own role is named, and no skills are known of it.
        SettingsError
            When the hours or months are out of range, or a date is none.
        """
        zone = self._data.settings.timezone
        now = Moment.of(as_of, zone)
        first = now.today if start is None else Moment.of(start, zone).today
        known = first if first < now.today else now.at
        asked = self._question(employee_id, lang, known)
        wishes: dict[str, Any] = {
            "target_role": target_role,
            "hours_per_month": hours_per_month,
            "months": months,
            "seed": seed,
        }
        path = learning_path(
            asked.asker(),
            asked.prepared.framework,
            asked.prepared.settings,
            start=first,
            **wishes,
        )
        return self._kept(asked, path, "path", **wishes, start=first.isoformat(), lang=asked.lang)

    def onboarding(
        self,
        employee_id: str,
        *,
        lang: Language | None = None,
        as_of: AsOf = None,
        seed: int = 0,
    ) -> Onboarding:
        """Plan the first 30, 60 and 90 days of a new hire.

        Mandatory training comes first and is always there, then the core of the role, then what
        suits. What is known already (waived, an equivalent, an assessed skill) is left out; the
        hours that this saves against the role's standard programme are told.

        Raises
        ------
        UnknownIdError
            When nobody has that id.
        """
        asked = self._question(employee_id, lang, as_of)
        here = asked.prepared
        plan = onboarding_plan(asked.asker(), here.framework, here.settings, seed=seed)
        return self._kept(asked, plan, "onboarding", lang=asked.lang, seed=seed)

    def careers(
        self,
        employee_id: str,
        *,
        lang: Language | None = None,
        as_of: AsOf = None,
        seed: int = 0,
    ) -> Careers:
        """Find the roles within an employee's reach, by the hours to be ready for each.

        For the employee's own eyes. There is no call that ranks people for a role.

        Raises
        ------
        UnknownIdError
            When nobody has that id.
        """
        asked = self._question(employee_id, lang, as_of)
        careers = careers_of(asked.asker(), asked.prepared.framework, seed=seed)
        return self._kept(asked, careers, "careers", lang=asked.lang, seed=seed)
