"""What an employee reads of suggestions and plans, in every language."""

from __future__ import annotations

from hrreco.settings import Texts, read_texts


def texts_in(language: str) -> Texts:
    """Return the texts of `language`.

    Raises
    ------
    SettingsError
        When there are no texts in that language.
    """
    return read_texts(__name__, language)
