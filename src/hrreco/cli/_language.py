"""The language that a command answers in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from hrreco.cli._call import Call
    from hrreco.settings import Language

LanguageOption = Annotated[
    str | None,
    typer.Option("--lang", metavar="en|fi|sv", help="The language; else the company's own."),
]


def known_language(lang: str | None) -> Language | None:
    """Return the language asked for, if there are texts in it."""
    from hrreco.cli.texts import words_in

    return words_in(lang).language if lang is not None else None


def language_of(call: Call, lang: str | None) -> Language:
    """Return the language asked for, else the company's own."""
    return known_language(lang) or call.workspace.settings.language
