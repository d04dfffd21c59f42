"""What people read, in every language: message catalogues, and words for numbers and days.

The `.po` files are read as they are, so that nothing has to be compiled after a change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from functools import cache
from importlib import resources
from math import floor
from typing import get_args

from hrreco.errors import SettingsError, close_match
from hrreco.settings.settings import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)

_FORMS = ("one", "other")
"""The plural forms in a `.po` file; English, Finnish and Swedish have the same two."""


class Texts:
    """The texts of one language; those that count something have a form for each number."""

    def __init__(self, language: Language, messages: Mapping[str, tuple[str, ...]]) -> None:
        self.language = language
        self._messages = messages

    def say(self, key: str, n: float | None = None, /, **values: object) -> str:
        """Return the text of `key` with `values` in its places, such as ``{course}``.

        Parameters
        ----------
        n
            What the text counts, in the place ``{n}``.
        """
        forms = self._messages[key]
        if n is None:
            return forms[0].format(**values)
        form = _form(round(n, 2), self.language) if len(forms) > 1 else 0
        return forms[form].format(n=self.number(n), **values)

    def left_out(self, code: str, n: float | None = None, /, **values: object) -> str:
        """Return the sentence for a code of `Answer.left_out` or `WhyNot`."""
        return self.say(f"left_out.{code}", n, **values)

    def kind(self, kind: str) -> str:
        """Return the word for a kind of recommendation, ``mandatory`` or ``elective``."""
        return self.say(f"kind.{kind}")

    def day(self, day: date) -> str:
        """Return a date as it is written out in the language."""
        return _written(day, "long", self.language)

    def short_day(self, day: date) -> str:
        """Return a date as it is written in a table."""
        return _written(day, "medium", self.language)

    def month(self, day: date) -> str:
        """Return the month of a day with its year, as at the head of a list."""
        from babel.dates import format_skeleton

        name = str(format_skeleton("yMMMM", day, locale=self.language))
        return name[0].upper() + name[1:]

    def clock(self, moment: time) -> str:
        """Return a time of day."""
        from babel.dates import format_skeleton

        return str(format_skeleton("Hm", moment, locale=self.language))

    def months(self) -> tuple[str, ...]:
        """Return the short names of the months, January first."""
        from babel.dates import get_month_names

        names = get_month_names("abbreviated", "stand-alone", locale=self.language)
        return tuple(str(names[month]) for month in range(1, 13))

    def number(self, value: float) -> str:
        """Return a number as it is written in the language, with two decimals at most."""
        from babel.numbers import format_decimal

        return str(format_decimal(round(value, 2), locale=self.language))

    def figure(self, value: float) -> str:
        """Return a measured figure as it is written in the language, with three decimals."""
        from babel.numbers import format_decimal

        return str(format_decimal(value, format="#,##0.000", locale=self.language))

    def percent(self, share: float) -> str:
        """Return a share, 0 to 1, in whole per cent: rounded down, as 100% is said of all only."""
        from babel.numbers import format_percent

        whole = floor(share * 100 + 1e-9) / 100
        return str(format_percent(whole, locale=self.language))

    def listed(self, names: Sequence[str]) -> str:
        """Return names one after the other, such as ``A, B and C``."""
        from babel.lists import format_list

        return str(format_list(names, locale=self.language))


def read_texts(package: str, language: str) -> Texts:
    """Return the texts of a catalogue: a package with one `.po` file for each language.

    Raises
    ------
    SettingsError
        When there are no texts in that language.
    """
    for known in LANGUAGES:
        if language == known:
            return _read(package, known)
    hint = close_match(language, LANGUAGES)
    raise SettingsError(f"no texts in {language!r}; there are {', '.join(LANGUAGES)}{hint}")


@cache
def _read(package: str, language: Language) -> Texts:
    from babel.messages.pofile import read_po

    with resources.files(package).joinpath(f"{language}.po").open("rb") as file:
        found = read_po(file, locale=language, abort_invalid=True)
    plain = {m.id: (m.string,) for m in found if m.id and not m.pluralizable}
    return Texts(language, plain | {m.id[0]: m.string for m in found if m.pluralizable})


@cache
def _form(n: float, language: Language) -> int:
    from babel import Locale

    return _FORMS.index(Locale(language).plural_form(n))


@cache
def _written(day: date, form: str, language: Language) -> str:
    from babel.dates import format_date

    return str(format_date(day, format=form, locale=language))
