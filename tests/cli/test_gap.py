"""Gaps and careers as a person reads them, in their language."""

from __future__ import annotations

import pytest

from hrreco import Workspace
from hrreco.cli._call import Outcome, _page
from hrreco.cli._gap import careers_view
from hrreco.paths import Career, CareerCourse, Careers, Gap
from hrreco.settings import Language
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


@pytest.mark.parametrize(
    ("lang", "one", "some"),
    [
        ("en", "1 hour", "2.5 hours"),
        ("fi", "1 tunti", "2,5 tuntia"),
        ("sv", "1 timme", "2,5 timmar"),
    ],
)
def test_hours_are_counted_as_in_the_language(lang: Language, one: str, some: str) -> None:
    gap = Gap("E1", "Cook", (), 1)
    near = tuple(
        Career(role, hours, (CareerCourse("C1", "Soups", hours),), gap)
        for role, hours in (("Cook", 1.0), ("Baker", 2.5))
    )
    page = _page(Outcome({}, careers_view(Careers("E1", "Nurse", lang, near, {})))).splitlines()
    assert page[1] == f"Cook  {one}"
    assert page[3] == f"Baker  {some}"
