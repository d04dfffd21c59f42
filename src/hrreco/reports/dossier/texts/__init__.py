"""What the papers of a dossier say, in every language."""

from __future__ import annotations

from hrreco.settings import Texts, read_texts


def words_in(language: str) -> Texts:
    """Return the texts of the papers in `language`.

    Raises
    ------
    SettingsError
        When there are none in that language.
    """
    return read_texts(__name__, language)
