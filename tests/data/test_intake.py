"""What a mapping makes of codes is told where that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hrreco.data import LearningData
from tests.data.test_quality import EVENT_HEADER

Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        (
            '[events.values.kind]\nSuoritettu = "complete"',
            "kind 'Suoritettu' is read by the mapping as 'complete', which is no kind of event; "
            "did you mean 'completed'?",
        ),
        (
            '[courses.values.active]\npois = "nope"',
            "active 'pois' is read by the mapping as 'nope', which is neither yes nor no",
        ),
        (
            '[events.values.kind]\nSuoritettu = ""',
            "kind 'Suoritettu' is read by the mapping as '', which is missing",
        ),
    ],
)
def test_a_wrong_meaning_in_a_mapping_is_shown(
    write: Write, tmp_path: Path, toml: str, said: str
) -> None:
    folder = write(
        courses="course_id,title,active\nC1,Hygiene,pois\nC2,Care,yes\n",
        events=f"{EVENT_HEADER}a,E1,C2,Suoritettu,2022-03-01,,\nb,E1,C2,muu,2022-03-01,,\n",
    )
    (tmp_path / "m.toml").write_text(toml, encoding="utf-8")
    report = LearningData.read(folder, mapping=tmp_path / "m.toml").report
    assert report is not None
    assert any(said in finding.example for finding in report.findings)
    read_as = report.quarantine["message"].str.contains("by the mapping")
    assert report.quarantine.filter(read_as)["value"].is_in(["Suoritettu", "pois"]).all()
    assert read_as.sum() == 1
