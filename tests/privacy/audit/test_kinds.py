from __future__ import annotations

from pathlib import Path

import pytest

from hrreco.errors import SettingsError
from hrreco.privacy.audit import Kind, checked_kind

PAGE = Path(__file__).parents[3] / "docs" / "audit.md"


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_of_line_is_on_its_page(kind: Kind) -> None:
    assert checked_kind(kind.value) is kind
    assert f"`{kind}`" in PAGE.read_text(encoding="utf-8")


def test_a_misspelt_kind_is_an_error_with_the_close_match() -> None:
    with pytest.raises(SettingsError, match="no kind 'trainings'; did you mean 'training'"):
        checked_kind("trainings")
    with pytest.raises(SettingsError, match="there are answer, answer_purge"):
        checked_kind("xyz")
