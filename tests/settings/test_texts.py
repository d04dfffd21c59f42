"""Texts, numbers and days in the languages of people."""

from __future__ import annotations

from datetime import date, time

import pytest

from hrreco.errors import SettingsError
from hrreco.settings import Language, Texts, read_texts

COUNTED = {
    "en": ("{n} hour", "{n} hours"),
    "fi": ("{n} tunti", "{n} tuntia"),
    "sv": ("{n} timme", "{n} timmar"),
}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["1 hour", "1 hour", "0 hours", "0.5 hours", "1.5 hours", "2 hours", "21 hours"]),
        ("fi", ["1 tunti", "1 tunti", "0 tuntia", "0,5 tuntia", "1,5 tuntia", "2 tuntia"]),
        ("sv", ["1 timme", "1 timme", "0 timmar", "0,5 timmar", "1,5 timmar", "2 timmar"]),
    ],
)
def test_what_is_counted_has_the_form_of_its_number(language: Language, said: list[str]) -> None:
    texts = Texts(language, {"hours": COUNTED[language], "short": ("{n} h",)})
    numbers = (1, 1.0, 0, 0.5, 1.5, 2, 21)
    assert [texts.say("hours", n) for n in numbers[: len(said)]] == said
    assert texts.say("hours", 1.001) == said[0]  # as it is written, so it is counted
    assert texts.say("short", 1.0) == "1 h"


@pytest.mark.parametrize(
    ("language", "long", "short", "month", "clock", "number"),
    [
        ("en", "March 1, 2026", "Mar 1, 2026", "March 2026", "09:05", "1,234.5"),
        ("fi", "1. maaliskuuta 2026", "1.3.2026", "Maaliskuu 2026", "9.05", "1\xa0234,5"),
        ("sv", "1 mars 2026", "1 mars 2026", "Mars 2026", "09:05", "1\xa0234,5"),
    ],
)
def test_days_and_numbers_are_written_as_in_the_language(
    language: Language, long: str, short: str, month: str, clock: str, number: str
) -> None:
    texts, day = Texts(language, {}), date(2026, 3, 1)
    assert (texts.day(day), texts.short_day(day), texts.month(day)) == (long, short, month)
    assert (texts.clock(time(9, 5)), texts.number(1234.501)) == (clock, number)


def test_places_are_filled_and_braces_in_names_kept() -> None:
    assert Texts("sv", {"a": ("Du gick {x}",)}).say("a", x="Å {x}") == "Du gick Å {x}"


def test_unknown_language() -> None:
    with pytest.raises(SettingsError, match=r"no texts in 'FI'.*did you mean 'fi'"):
        read_texts("hrreco.recommend.texts", "FI")
