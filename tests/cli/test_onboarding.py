"""An onboarding as a person reads it, in their language."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hrreco.cli._call import Outcome, _page
from hrreco.cli._onboarding import onboarding_view
from hrreco.paths import Note, Obstacle, Omission, Onboarding, Saved, Stage
from hrreco.settings import Language
from tests.paths.build import step

DAY = date(2026, 4, 30)


def plan(**special: Any) -> Onboarding:
    told: dict[str, Any] = {
        "employee_id": "E1",
        "role": "Nurse",
        "first_day": date(2026, 4, 1),
        "stages": (Stage(30, DAY, (step(hours=1.0),)), Stage(60, date(2026, 5, 30), ())),
        "saved": (Saved("C2", "Wounds", 1.5, "waived", "You know it."),),
        "done": (),
        "programme_hours": 42.5,
        "left_out": (Omission(Obstacle.NOT_TAUGHT, "Nobody teaches it.", skill="sql"),),
        "notes": (Note("before_hiring", "Soon."),),
    }
    return Onboarding(**told | special)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            [
                "Onboarding of E1, Nurse, from Apr 1, 2026",
                "Note: Soon.",
                "Until day 30, Apr 30, 2026: 1 hour",
                "Until day 60, May 30, 2026: nothing",
                "Hours saved by what is known: 1.5 of the programme's 42.5",
                "Left out",
            ],
        ),
        (
            "fi",
            [
                "Perehdytys: E1, Nurse, alkaen 1.4.2026",
                "Huomaa: Soon.",
                "Päivään 30 mennessä, 30.4.2026: 1 tunti",
                "Päivään 60 mennessä, 30.5.2026: ei mitään",
                "Aiemman osaamisen säästämät tunnit: 1,5 ohjelman 42,5 tunnista",
                "Jäi pois",
            ],
        ),
        (
            "sv",
            [
                "Introduktion för E1, Nurse, från 1 apr. 2026",
                "Obs: Soon.",
                "Till och med dag 30, 30 apr. 2026: 1 timme",
                "Till och med dag 60, 30 maj 2026: inget",
                "Timmar som sparas tack vare tidigare kunskaper: 1,5 av programmets 42,5",
                "Utelämnat",
            ],
        ),
    ],
)
def test_an_onboarding_is_told_in_its_language(
    lang: Language, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = _page(Outcome({}, onboarding_view(plan(lang=lang)))).splitlines()
    assert [line for line in lines if line and not line.startswith(" ")] == told
    assert lines[-1] == "  sql: Nobody teaches it."
