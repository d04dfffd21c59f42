"""What every catalogue of texts must hold to."""

from __future__ import annotations

from importlib import resources
from string import Formatter

from babel.messages.pofile import read_po

from hrreco.settings import LANGUAGES

Forms = tuple[str, ...]


def messages(package: str, language: str) -> dict[str, Forms]:
    """Return the forms of each text by its key."""
    with resources.files(package).joinpath(f"{language}.po").open("rb") as opened:
        found = [message for message in read_po(opened, abort_invalid=True) if message.id]
    plain = {m.id: (m.string,) for m in found if not m.pluralizable}
    return plain | {m.id[0]: m.string for m in found if m.pluralizable}


def check_catalogue(package: str, keys: set[str]) -> None:
    """Check that each language has the same texts, with the same places and as many forms."""
    english = messages(package, "en")
    for language in LANGUAGES:
        here = messages(package, language)
        assert set(here) == keys, set(here) ^ keys
        for key, forms in here.items():
            assert len(forms) == len(english[key]), key
            assert all(text and text.strip() == text for text in forms), key
            assert {tuple(places(text)) for text in forms} == {tuple(places(english[key][0]))}, key
            assert ("n" in places(forms[0])) or len(forms) == 1, key


def check_languages_differ(package: str, *same: str) -> None:
    """Check that no text was left in English, but for those that are the `same`."""
    texts = [messages(package, language) for language in LANGUAGES]
    for key in texts[0].keys() - set(same):
        assert len({forms[key] for forms in texts}) == len(texts), key


def places(text: str) -> list[str]:
    """Return the names of the places to fill."""
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)
