"""The demonstration as a person sees it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from rich.console import Console, Group

from hrreco.cli._demo import go_on, person_view
from hrreco.recommend import Answer, Reason, Recommendation
from hrreco.workspace.demo import Answers, Person, Shown

SAME = "The same list: the rules serve everybody here."


def answers(title: str) -> Answers:
    reasons = (Reason("popular", "Popular", 1.0),)
    item = Recommendation("C1", title, "elective", None, 1.0, reasons)
    return {"en": Answer("E1", date(2026, 3, 31), "en", (item,), {})}


def seen(opted_out: Answers, *, rules_win: bool) -> str:
    console = Console(width=100)
    with console.capture() as page:
        console.print(Group(*person_view(Person("Who", answers("Law"), opted_out), rules_win)))
    return page.get()


@pytest.mark.parametrize(
    ("opted_out", "rules_win", "same"),
    [("Law", True, True), ("Ethics", True, False), ("Law", False, False)],
)
def test_the_same_list_is_not_printed_twice(opted_out: str, rules_win: bool, same: bool) -> None:
    found = seen(answers(opted_out), rules_win=rules_win)
    assert "The same employee after opting out" in found
    assert (SAME in found) == same
    assert found.count("1. ") == (1 if same else 2)


def test_opting_out_is_shown_before_it_is_taken_back() -> None:
    person = Person("Who", answers("Law"))
    shown: Any = SimpleNamespace(
        people=(person,),
        workspace=Path("demo/acme"),
        as_of="2026-03-31",
        exports=Path("exports"),
        trained=SimpleNamespace(tracking_uri="sqlite:///x"),
    )
    assert (
        "  hrreco opt-out E1 && hrreco recommend E1 --as-of 2026-03-31 && hrreco opt-in E1"
        in go_on(cast(Shown, shown))
    )
