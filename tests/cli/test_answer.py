"""Answers as a person sees them."""

from __future__ import annotations

from datetime import date

import pytest
from rich.console import Console

from hrreco.cli._answer import answer_view
from hrreco.recommend import Answer, Reason, Recommendation
from hrreco.settings import Language


def nothing(lang: Language, code: str, count: int) -> Answer:
    return Answer("E1", date(2026, 3, 31), lang, (), {code: count})


def something(lang: Language) -> Answer:
    reasons = (Reason("popular", f"Popular in {lang}", 0.75), Reason("role_next", "Next", 0.2))
    item = Recommendation("C1", "Ethics", "elective", None, 1.0, reasons)
    return Answer("E1", date(2026, 3, 31), lang, (item,), {})


def seen(*answers: Answer, width: int = 100) -> list[str]:
    console = Console(width=width)
    with console.capture() as page:
        console.print(answer_view(*answers), crop=False)
    return [line.rstrip() for line in page.get().splitlines()]


@pytest.mark.parametrize(
    ("lang", "code", "count", "sentence"),
    [
        ("en", "left_company", 60, "You have left the organisation, so nothing is suggested."),
        (
            "fi",
            "left_company",
            60,
            "Et ole enää organisaation palveluksessa, joten kursseja ei ehdoteta.",
        ),
        ("en", "empty_catalogue", 0, "There are no courses in the catalogue."),
    ],
)
def test_why_there_is_nothing_is_said_in_words_above_the_count(
    lang: Language, code: str, count: int, sentence: str
) -> None:
    assert seen(nothing(lang, code, count))[1:2] == [sentence]
    assert seen(nothing(lang, code, count))[2].endswith(f": {code} {count}")


def test_each_language_says_it() -> None:
    found = seen(nothing("en", "left_company", 60), nothing("sv", "left_company", 60))
    assert found[1:3] == [
        "You have left the organisation, so nothing is suggested.",
        "Du har slutat i organisationen, så inga kurser föreslås.",
    ]


def test_nothing_to_suggest_is_said_before_the_count() -> None:
    assert seen(nothing("en", "taken", 60)) == [
        "Suggestions for E1, Mar 31, 2026",
        "Nothing to suggest now.",
        "Left out: taken 60",
    ]


def test_all_around_the_reasons_is_in_the_language_asked_for() -> None:
    assert seen(nothing("fi", "taken", 60)) == [
        "Ehdotukset: E1, 31.3.2026",
        "Juuri nyt ei ole mitään ehdotettavaa.",
        "Jäi pois: taken 60",
    ]
    assert seen(something("sv")) == [
        "Förslag till E1, 31 mars 2026",
        " 1. Ethics  C1  valfri",
        "       75%  Popular in sv",
        "       20%  Next",
        "%: skälets andel av allt som talar för kursen; högst tre visas.",
        "Utelämnat: inget",
    ]


def test_what_the_percentages_are_is_said_once() -> None:
    assert seen(something("en")) == [
        "Suggestions for E1, Mar 31, 2026",
        " 1. Ethics  C1  elective",
        "       75%  Popular in en",
        "       20%  Next",
        "%: the reason's part of all that speaks for the course; at most three are shown.",
        "Left out: nothing",
    ]


def test_languages_are_named_where_there_are_several() -> None:
    assert seen(something("en"), something("sv"))[2:6] == [
        "      en   75%  Popular in en",
        "      en   20%  Next",
        "      sv   75%  Popular in sv",
        "      sv   20%  Next",
    ]


@pytest.mark.parametrize("width", range(10, 80))
def test_a_code_and_its_count_stay_on_one_line(width: int) -> None:
    counts = {"inactive": 13, "prerequisite_missing": 154, "language": 1, "taken": 7}
    answer = Answer("E1", date(2026, 3, 31), "en", (), counts)
    lines = seen(answer, width=width)
    lines = lines[next(i for i, line in enumerate(lines) if line.startswith("Left")) :]
    items = " ".join(lines).removeprefix("Left out: ").split(", ")
    assert items == [f"{code} {count}" for code, count in counts.items()]
    assert all(any(item in line for line in lines) for item in items)
    assert len(lines) > 1 or width >= len(" ".join(lines))
