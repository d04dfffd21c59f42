"""What an employee reads, in every language: the message catalogues beside this file.

The `.po` files are read as they are, so that nothing has to be compiled after a change.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import get_args

from hrreco.errors import SettingsError, close_match
from hrreco.settings import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)


class Texts:
    """The texts of one language."""

    def __init__(self, language: Language, messages: dict[str, str]) -> None:
        self.language = language
        self._messages = messages

    def say(self, key: str, **values: object) -> str:
        """Return the text of `key` with `values` in its places, such as ``{course}``."""
        return self._messages[key].format(**values)

    def left_out(self, code: str, **values: object) -> str:
        """Return the sentence for a code of `Answer.left_out` or `WhyNot`."""
        return self.say(f"left_out.{code}", **values)

    def kind(self, kind: str) -> str:
        """Return the word for a kind of recommendation, ``mandatory`` or ``elective``."""
        return self.say(f"kind.{kind}")

    def day(self, day: date) -> str:
        """Return a date as it is written out in the language."""
        return _written(day, self.language)

    def number(self, value: float) -> str:
        """Return a number as it is written in the language, with two decimals at most."""
        from babel.numbers import format_decimal

        return str(format_decimal(round(value, 2), locale=self.language))

    def listed(self, names: Sequence[str]) -> str:
        """Return names one after the other, such as ``A, B and C``."""
        from babel.lists import format_list

        return str(format_list(names, locale=self.language))


def texts_in(language: str) -> Texts:
    """Return the texts of `language`.

    Raises
    ------
    SettingsError
        When there are no texts in that language.
    """
    for known in LANGUAGES:
        if language == known:
            return _read(known)
    hint = close_match(language, LANGUAGES)
    raise SettingsError(f"no texts in {language!r}; there are {', '.join(LANGUAGES)}{hint}")


@cache
def _read(language: Language) -> Texts:
    from babel.messages.pofile import read_po

    with resources.files(__package__).joinpath(f"{language}.po").open("rb") as file:
        messages = read_po(file, locale=language, abort_invalid=True)
    return Texts(language, {message.id: message.string for message in messages if message.id})


@cache
def _written(day: date, language: Language) -> str:
    from babel.dates import format_date

    return str(format_date(day, format="long", locale=language))
