"""A path that begins before its employee does, or after they have left, says so."""

from __future__ import annotations

from datetime import date

import pytest

from hrreco.settings import Language

from .companies import AS_OF, ME, advisor_of, company

HIRED = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            "The path begins on April 1, 2026, before your first day of work, May 4, 2026.",
        ),
        (
            "fi",
            "Polku alkaa 1. huhtikuuta 2026 eli ennen ensimmäistä työpäivääsi 4. toukokuuta 2026.",
        ),
        ("sv", "Vägen börjar den 1 april 2026, före din första arbetsdag den 4 maj 2026."),
    ],
)
def test_a_start_before_the_first_day_is_told_in_one_note(lang: Language, said: str) -> None:
    advisor = advisor_of(company({"C": {}}, started_on=HIRED))
    path = advisor.path(ME, as_of=AS_OF, start="2026-04-01", lang=lang)
    assert path.to_json()["notes"] == [{"code": "before_hiring", "text": said}]


@pytest.mark.parametrize("started_on", [None, HIRED])
def test_from_the_first_day_on_there_is_nothing_to_say(started_on: date | None) -> None:
    advisor = advisor_of(company({"C": {}}, started_on=started_on))
    assert advisor.path(ME, as_of=AS_OF, start=HIRED).notes == ()


LEFT = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "You left the organisation on March 1, 2026, so nothing is planned."),
        (
            "fi",
            "Työsuhteesi organisaatiossa päättyi 1. maaliskuuta 2026, "
            "joten mitään ei suunnitella.",
        ),
        ("sv", "Du slutade i organisationen den 1 mars 2026, så ingenting planeras."),
    ],
)
def test_whoever_has_left_is_told_so_in_one_note(lang: Language, said: str) -> None:
    advisor = advisor_of(company({"C": {}}, started_on=HIRED, left_on=LEFT))
    told = [{"code": "left_company", "text": said}]
    path = advisor.path(ME, as_of=AS_OF, lang=lang)
    assert (path.steps, path.to_json()["notes"]) == ((), told)
    plan = advisor.onboarding(ME, as_of=AS_OF, lang=lang)
    assert (plan.steps, plan.to_json()["notes"]) == ((), told)


def test_whoever_is_to_leave_is_planned_for_until_then() -> None:
    advisor = advisor_of(company({"C": {}}, left_on=date(2027, 1, 1)))
    assert advisor.path(ME, as_of=AS_OF).notes == ()
