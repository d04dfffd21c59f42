"""The languages of courses and people, written as tags: ``fi``, or ``sv-FI`` with a region."""

from __future__ import annotations

import polars as pl

from hrreco.data.faults import such_values
from hrreco.data.sheet import Sheet

_NO_ONE_LANGUAGE = frozenset({"mul", "und", "zxx"})
"""Codes for several languages, an unknown one, and none."""

_NAMED_IN = ("en", "fi", "sv")
"""In which languages the name of a language is understood, to say which code was meant."""


def check_languages(sheet: Sheet) -> None:
    """Write all languages of a table in one way; note what is none, and read it as unknown.

    Courses are shown to those who know their language. A language that is none, taken as it
    stands, would hide every course from a person, or a course from every person.
    """
    given = sheet.rows["language"]
    tags = {value: language_tag(value) for value in given.drop_nulls().unique()}
    read = given.replace_strict(tags, default=None, return_dtype=pl.String)
    unknown = read.is_null() & given.is_not_null()
    if unknown.any():
        first = given.filter(unknown)[0]
        said = f"language {first!r} is not the code of one language and is read as unknown"
        others = such_values("language", given.filter(unknown), named=first)
        sheet.note("unknown_language", unknown, f"{said}{_hint(first)}{others}")
    sheet.rows = sheet.rows.with_columns(read)


def language_tag(text: str) -> str | None:
    """Return the tag of a language as its standard (BCP 47) writes it; None if it is no tag.

    Examples
    --------
    >>> [language_tag(text) for text in ("SV", "sv_fi", "fin", "Finnish", "fi|sv")]
    ['sv', 'sv-FI', 'fi', None, None]
    """
    from babel.core import get_global, get_locale_identifier, parse_locale

    try:
        code, region, script = parse_locale(text.replace("_", "-"), sep="-")[:3]
    except ValueError:
        return None
    newer: str | None = get_global("language_aliases").get(code)  # of fin and iw: fi and he
    if code in _NO_ONE_LANGUAGE or not (newer or code in _names("en")):
        return None
    primary = newer.partition("_")[0] if newer else code
    return str(get_locale_identifier((primary, region, script), sep="-"))


def primary_subtag(tag: str | None) -> str:
    """Return ``sv`` for ``sv-FI``, ``sv_FI`` or ``SV``; nothing for an unknown language."""
    return (tag or "").strip().replace("_", "-").partition("-")[0].casefold()


def _hint(value: str) -> str:
    """Say which code is meant by the name of a language, else how codes look."""
    for locale in _NAMED_IN:
        for code, name in _names(locale).items():
            if name.casefold() == value.casefold():
                return f"; did you mean {code!r}?"
    return "; write a code such as 'fi' or 'sv-FI'"


def _names(locale: str) -> dict[str, str]:
    """Return the names of all languages in one of them, by code."""
    from babel import Locale

    names: dict[str, str] = Locale(locale).languages
    return names
