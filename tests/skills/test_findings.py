"""What could not be used is told in every language."""

from __future__ import annotations

import pytest

from hrreco.errors import SettingsError
from hrreco.skills import Finding
from tests.settings.catalogues import check_catalogue, check_languages_differ

PACKAGE = "hrreco.skills.findings"
CODES = {"unknown_occupation", "unknown_skill", "unknown_uri"}


def test_every_code_has_a_text_in_every_language() -> None:
    check_catalogue(PACKAGE, CODES)
    check_languages_differ(PACKAGE)


def test_one_and_many_are_told_apart() -> None:
    values = {"file": "a.csv", "row": 7, "uri": "u"}
    assert str(Finding("unknown_skill", 1, values)) == (
        "a.csv: 1 row names a skill that the download does not hold; it is left out: row 7, u"
    )
    many = Finding("unknown_skill", 1_200, values)
    assert str(many).startswith("a.csv: 1,200 rows name a skill")
    assert many.told("sv").startswith("a.csv: 1\xa0200 rader nämner en kunskap")
    with pytest.raises(SettingsError, match="no texts in 'de'"):
        many.told("de")
