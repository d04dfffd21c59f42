"""Answers as a person sees them."""

from __future__ import annotations

from datetime import date

import pytest
from rich.console import Console

from hrreco.cli._answer import answer_view
from hrreco.recommend import Answer
from hrreco.settings import Language


def nothing(lang: Language, code: str, count: int) -> Answer:
    return Answer("E1", date(2026, 3, 31), lang, (), {code: count})


def seen(*answers: Answer) -> list[str]:
    console = Console(width=100)
    with console.capture() as page:
        console.print(answer_view(*answers))
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
    assert seen(nothing(lang, code, count)) == [
        "Suggestions for E1, 2026-03-31",
        sentence,
        f"Left out: {code} {count}",
    ]


def test_each_language_says_it() -> None:
    found = seen(nothing("en", "left_company", 60), nothing("sv", "left_company", 60))
    assert found[1:3] == [
        "You have left the organisation, so nothing is suggested.",
        "Du har slutat i organisationen, så inga kurser föreslås.",
    ]
