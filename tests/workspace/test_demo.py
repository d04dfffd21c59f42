from datetime import date
from pathlib import Path

import pytest

from hrreco.data.synthetic import small_company
from hrreco.errors import SettingsError
from hrreco.workspace import demo as module
from hrreco.workspace import opt_out
from hrreco.workspace.demo import demo


@pytest.fixture(autouse=True)
def one_company(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show the small company alone: it is quick."""
    monkeypatch.setattr(module, "COMPANIES", {"small-company": small_company})


def test_a_demonstration_ends_on_the_day_it_is_asked_for(tmp_path: Path) -> None:
    (shown,) = demo(tmp_path, as_of="2025-06-30")
    assert shown.as_of == "2025-06-30"
    assert [person.who for person in shown.people] == ["An experienced employee", "A new hire"]
    for person in shown.people:
        assert all(answer.as_of == date(2025, 6, 30) for answer in person.answers.values())
        assert all(len(answer) == 5 for answer in person.answers.values())
    codes = {r.code for item in shown.people[1].answers["en"] for r in item.reasons}
    assert codes <= {"required", "role_next", "popular"}
    assert shown.trained.report.rules_win


def test_who_opted_out_is_not_shown_off(tmp_path: Path) -> None:
    (first,) = demo(tmp_path)
    asked = first.people[0].answers["en"].employee_id
    opt_out(module.Workspace.open(first.workspace), asked, ["profiling"])
    (again,) = demo(tmp_path)
    assert again.people[0].answers["en"].employee_id != asked


def test_a_day_too_far_away_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="as_of"):
        next(iter(demo(tmp_path, as_of="1970-01-01")))
