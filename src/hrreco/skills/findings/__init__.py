"""What of ESCO's files and of a company's data could not be used, told in every language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hrreco.settings import read_texts


class Finding(NamedTuple):
    """Some rows or values that are passed over. ``str()`` tells it in English.

    Attributes
    ----------
    values
        What else the text of the code names, such as the first of them.
    """

    code: str
    number: int
    values: Mapping[str, object]

    def __str__(self) -> str:
        return self.told("en")

    def told(self, language: str) -> str:
        """Return it in words.

        Raises
        ------
        SettingsError
            When there are no texts in that language.
        """
        return read_texts(__name__, language).say(self.code, self.number, **self.values)
