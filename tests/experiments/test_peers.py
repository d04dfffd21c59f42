"""Measurements are taken in turns, failures are told, and verdicts are computed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import polars as pl
import pytest

from peers.company import Size, write_company
from peers.goals import goals_table
from peers.library import Library
from peers.measure import Found, Row, run
from peers.plan import PER_SECOND, Blend, Measurement, measurements
from peers.tables import Measured, speed_table

MIDDLE = Size(100_000, 5_000, 3_000_000)
TINY = Size(40, 20, 60)


class Told:
    """A library that says what it is told to, and when it was asked."""

    installed = True

    def __init__(self, name: str, asked: list[str], **said: Any) -> None:
        self.name, self._asked, self._said = name, asked, said
        self.unfit: set[str] = set()

    def ask(self, limit: float, **question: Any) -> Any:
        self._asked.append(self.name)
        return self._said


def fit(rounds: int = 3) -> Measurement:
    asked = {"do": "fit", "model": "als"}
    return Measurement("als_fit", "ALS: fit", {"hrreco": asked, "implicit": asked}, rounds)


def row(key: str, unit: str = "s", **values: list[float]) -> Row:
    questions: dict[str, Any] = {name: {} for name in values}
    found = {name: Found(taken, asked=10) for name, taken in values.items()}
    return Row(Measurement(key, key, questions, 1, unit=unit), found)


def verdict(what: str, *rows: Row) -> str:
    table = goals_table([Measured(MIDDLE, rows)])
    return str({line[0]: line[-1] for line in table["rows"]}[what])


def test_libraries_take_turns_and_the_first_becomes_the_last() -> None:
    asked: list[str] = []
    libraries: Any = {name: Told(name, asked, seconds=1.0) for name in ("hrreco", "implicit")}
    found = run(fit(), libraries).found
    assert asked == ["hrreco", "implicit", "implicit", "hrreco", "hrreco", "implicit"]
    assert found["hrreco"].values == [1.0, 1.0, 1.0]


def test_who_failed_is_not_asked_again_nor_for_answers() -> None:
    asked: list[str] = []
    libraries: Any = {
        "hrreco": Told("hrreco", asked, seconds=1.0),
        "implicit": Told("implicit", asked, failed="over 300 s"),
    }
    assert run(fit(), libraries).found["implicit"].failed == "over 300 s"
    assert asked.count("implicit") == 1
    one = Measurement("als_one", "one", {"implicit": {"do": "one", "model": "als"}}, 1)
    assert run(one, libraries).found["implicit"].failed == "not fitted"


def test_a_ratio_is_the_median_of_those_of_the_rounds() -> None:
    slow = row("als_fit", hrreco=[1.0, 4.0, 6.0], rectools=[2.0, 4.0, 3.0])
    assert slow.times_slower("rectools") == 1.0
    rate = row("als_everyone", PER_SECOND, hrreco=[100.0], rectools=[50.0])
    assert rate.times_slower("rectools") == 0.5


@pytest.mark.parametrize(("lenskit", "ahead"), [(1.5, True), (0.5, False)])
def test_ahead_means_of_every_rival(lenskit: float, ahead: bool) -> None:
    one = row("als_fit", hrreco=[1.0], rectools=[2.0], lenskit=[lenskit])
    assert one.ahead is ahead
    assert verdict("every row of a company", one) == ("met" if ahead else "**missed**")


@pytest.mark.parametrize(("ours", "said"), [(1.2, "met"), (1.21, "**missed**")])
def test_a_goal_is_judged_by_what_was_measured(ours: float, said: str) -> None:
    one = row("als_fit", hrreco=[ours], implicit=[1.0])
    assert verdict("ALS fit at 100,000 x 5,000, to bare implicit", one) == said


@pytest.mark.parametrize(("rate", "said"), [(5_000.0, "met"), (4_999.0, "**missed**")])
def test_a_rate_has_to_be_reached(rate: float, said: str) -> None:
    one = row("blend_everyone", PER_SECOND, hrreco=[rate])
    assert verdict("everyone at 100,000 x 5,000, blend", one) == said


def test_a_failure_stands_in_the_table_and_is_no_verdict() -> None:
    one = row("als_fit", hrreco=[1.0], implicit=[])
    one.found["implicit"].failed = "ran out of memory, or was ended"
    assert speed_table(Measured(MIDDLE, [one]))["rows"][0][2] == "ran out of memory, or was ended"
    assert verdict("ALS fit at 100,000 x 5,000, to bare implicit", one) == ""


def test_the_blend_is_what_was_trained_less_what_refuses_the_catalogue() -> None:
    blend = Blend()
    assert "blend_one" not in {one.key for one in measurements(MIDDLE, blend)}
    parts = [{"name": name, "weight": 1.0} for name in ("ease", "als", "cease")]
    recipe = {"name": "blend", "settings": {"parts": parts, "history_half": 1.0}}
    blend.learn({"recipe": recipe, "why": "It wins."})
    large = Size(100_000, 20_000, 3_000_000)
    asked = {one.key: one.questions for one in measurements(large, blend)}
    (part,) = asked["blend_one"]["hrreco"]["recipe"]["settings"]["parts"]
    assert part["name"] == "als"


def test_a_company_is_drawn_alike_each_time(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        write_company(TINY, tmp_path / name)
    events = [pl.read_parquet(tmp_path / name / "events.parquet") for name in ("one", "other")]
    assert events[0].equals(events[1])
    mandatory = pl.read_parquet(tmp_path / "one" / "courses.parquet").filter(
        pl.col("mandatory_for").is_not_null()
    )
    learned = events[0].join(mandatory, on="course_id", how="anti")
    assert len(learned) == TINY.events
    assert learned["employee_id"].n_unique() == TINY.employees
    assert not learned.select("employee_id", "course_id").is_duplicated().any()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    write_company(TINY, tmp_path)
    with (tmp_path / "log").open("w", encoding="utf-8") as log:
        found = Library("hrreco", tmp_path, monotonic() + 300, log)
        found.use(tmp_path)
        yield found
        found.close()


def test_a_worker_that_takes_too_long_is_replaced(library: Library) -> None:
    assert "seconds" in library.ask(60, do="fit", model="itemknn")
    assert library.ask(1e-9, do="fit", model="itemknn") == {"failed": "over 0 s"}
    found = library.ask(60, do="everyone", model="itemknn", employees=5)
    assert found["asked"] == 5
    assert 0 < found["courses"] <= 50


def test_nothing_is_asked_when_all_time_is_over(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w", encoding="utf-8") as log:
        late = Library("hrreco", tmp_path, monotonic() - 1, log)
        assert late.ask(60, do="fit", model="als") == {"failed": "no time left"}


def test_a_worker_says_what_failed_and_goes_on(library: Library) -> None:
    assert library.ask(60, do="fit", model="nothing")["failed"] == "KeyError: 'nothing'"
    assert "versions" in library.about()
