"""Gaps and careers as a person reads them, in their language."""

from __future__ import annotations

import pytest

from hrreco import Workspace
from tests.conftest import AS_OF
from tests.workspace.commands import run
from tests.workspace.conftest import exports, ingested, learner_id

__all__ = ["exports", "ingested", "learner_id"]


@pytest.mark.parametrize(
    ("lang", "lacks", "reach"),
    [
        ("en", "lacks for", "Roles within reach of"),
        ("fi", "tarvitsee tehtävään", "Tehtävät, jotka"),
        ("sv", "saknar för", "Roller inom räckhåll för"),
    ],
)
def test_a_gap_and_careers_are_told_in_the_language_asked_for(
    ingested: Workspace, learner_id: str, lang: str, lacks: str, reach: str
) -> None:
    asked = (learner_id, "--lang", lang, "--as-of", AS_OF)
    assert lacks in run("skills", "gap", *asked, workspace=ingested.path).stdout
    assert reach in run("careers", *asked, workspace=ingested.path).stdout
