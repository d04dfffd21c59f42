"""What a person decides holds in every answer at the next call, and costs nobody anything."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import pytest

from hrreco import Advisor, LearningData, OversightList, TrainedModel
from hrreco.privacy import Overseer
from hrreco.recommend.table import table_of_answers
from hrreco.training import Recipe, refit
from tests.conftest import AS_OF

MAIJA = {"by": "Maija Virtanen", "reason": "a reason of hers"}


@pytest.fixture(scope="module")
def model(learning_data: LearningData) -> TrainedModel:
    return refit(Recipe(name="ease"), learning_data, as_of=AS_OF)


@pytest.fixture(scope="module")
def here(learning_data: LearningData) -> list[str]:
    return learning_data.employees.filter(pl.col("left_on").is_null())["employee_id"].to_list()


@pytest.fixture
def advisor(model: TrainedModel, learning_data: LearningData, here: list[str]) -> Advisor:
    return Advisor(model, learning_data, here[:20:2])


def one_by_one(advisor: Advisor, ids: list[str], k: int) -> pl.DataFrame:
    return table_of_answers((advisor.recommend(one, k, as_of=AS_OF) for one in ids), k)


def electives(advisor: Advisor, ids: list[str], k: int = 5) -> Iterator[tuple[str, str]]:
    for one in ids:
        for item in advisor.recommend(one, k, as_of=AS_OF):
            if item.kind == "elective":
                yield one, item.course_id


def favourite(advisor: Advisor, ids: list[str], data: LearningData) -> str:
    """Return the course that is suggested most, and that no mandatory course builds on."""
    found = pl.Series([course for _, course in electives(advisor, ids)]).value_counts(sort=True)
    mandatory = data.courses.filter(pl.col("mandatory_for").list.len() > 0)
    needed = {one for needs in mandatory["prerequisites"].drop_nulls() for one in needs}
    return str(next(one for one in found.to_series() if one not in needed))


def test_a_suppressed_course_is_suggested_to_nobody_and_says_so(
    advisor: Advisor, learning_data: LearningData, here: list[str]
) -> None:
    some = here[:60]
    before = one_by_one(advisor, some, 5)
    course = favourite(advisor, some, learning_data)
    decision = advisor.overseer.suppress(course, **MAIJA)
    codes = set()
    for one in some:
        answer = advisor.recommend(one, 5, as_of=AS_OF)
        assert course not in [item.course_id for item in answer]
        why = advisor.why_not(one, course, as_of=AS_OF)
        codes.add(why.code)
        assert (why.code == "suppressed") == bool(answer.left_out.get("suppressed"))
        assert "Maija" not in why.text
    assert "suppressed" in codes
    advisor.overseer.lift(decision.number, by="Maija Virtanen")
    assert one_by_one(advisor, some, 5).equals(before)


def test_an_override_is_about_one_employee(
    advisor: Advisor, learning_data: LearningData, here: list[str]
) -> None:
    course = favourite(advisor, here[20:80], learning_data)
    one, *others = [who for who, what in electives(advisor, here[20:80]) if what == course]
    before = one_by_one(advisor, others, 5)
    advisor.overseer.override(one, course, **MAIJA)
    assert advisor.why_not(one, course, as_of=AS_OF).code == "overridden"
    assert course not in [item.course_id for item in advisor.recommend(one, 5, as_of=AS_OF)]
    assert one_by_one(advisor, others, 5).equals(before)


def test_what_is_put_instead_comes_first_with_an_honest_reason(
    advisor: Advisor, here: list[str]
) -> None:
    for one in here[20:40]:
        answer = advisor.recommend(one, 9, as_of=AS_OF)
        out, *_, other = [item.course_id for item in answer if item.kind == "elective"]
        advisor.overseer.override(one, out, instead=other, **MAIJA)
        now = advisor.recommend(one, 9, lang="en", as_of=AS_OF)
        first = next(item for item in now if item.kind == "elective")
        assert (first.course_id, first.score) == (other, None)
        assert [reason.text for reason in first.reasons] == [
            "Chosen for you by a person in charge"
        ]
        assert [item.course_id for item in now].count(other) == 1
        why = advisor.why_not(one, other, 9, lang="en", as_of=AS_OF)
        assert (why.suggested, why.reasons) == (True, first.reasons)
        assert why.rank == list(now).index(first) + 1


def test_the_rules_hold_for_what_is_put_instead(
    advisor: Advisor, learning_data: LearningData, here: list[str]
) -> None:
    done = learning_data.events.filter(kind="completed").join(
        learning_data.courses.filter(
            (pl.col("mandatory_for").list.len().fill_null(0) == 0)
            & pl.col("active")
            & ~pl.col("sensitive")
            & pl.col("valid_for_days").is_null()
        ),
        on="course_id",
    )
    one, taken = (
        done.filter(pl.col("employee_id").is_in(here)).select("employee_id", "course_id").row(0)
    )
    out = favourite(advisor, here[:60], learning_data)
    assert out != taken
    advisor.overseer.override(one, out, instead=taken, **MAIJA)
    assert taken not in [item.course_id for item in advisor.recommend(one, 50, as_of=AS_OF)]
    assert advisor.why_not(one, taken, as_of=AS_OF).code == "taken"


def test_while_paused_everybody_is_answered_as_if_they_had_opted_out(
    model: TrainedModel, learning_data: LearningData, here: list[str]
) -> None:
    some = here[:60]
    refusing = Advisor(model, learning_data, some)
    advisor = Advisor(model, learning_data, some[::3])
    before = one_by_one(advisor, some, 5)
    pause = advisor.overseer.pause(**MAIJA)
    for one in some:
        assert advisor.recommend(one, as_of=AS_OF) == refusing.recommend(one, as_of=AS_OF)
        assert advisor.gap(one, as_of=AS_OF) == refusing.gap(one, as_of=AS_OF)
    assert advisor.path(some[1], months=2, as_of=AS_OF) == refusing.path(
        some[1], months=2, as_of=AS_OF
    )
    assert advisor.recommend_all(5, employee_ids=some, as_of=AS_OF).equals(
        refusing.recommend_all(5, employee_ids=some, as_of=AS_OF)
    )
    advisor.overseer.lift(pause.number, by="Maija Virtanen")
    assert one_by_one(advisor, some, 5).equals(before)


@pytest.mark.parametrize("paused", [False, True])
def test_everybody_at_once_gets_what_each_gets_alone(
    advisor: Advisor, learning_data: LearningData, here: list[str], paused: bool
) -> None:
    some = here[:120]
    overseer = advisor.overseer
    overseer.suppress(favourite(advisor, some, learning_data), **MAIJA)
    suggested = dict(electives(advisor, some))
    names = list(dict.fromkeys(suggested.values()))
    for number, one in enumerate(list(suggested)[:6]):
        other = next(name for name in names if name != suggested[one])
        instead = other if number % 2 else None
        overseer.override(one, suggested[one], instead=instead, **MAIJA)
    if paused:
        overseer.pause(**MAIJA)
    table = advisor.recommend_all(5, employee_ids=some, as_of=AS_OF)
    assert table.equals(one_by_one(advisor, some, 5))
    assert advisor.recommend_all(5, employee_ids=some[:1], as_of=AS_OF).height


def test_advisors_share_a_list(model: TrainedModel, learning_data: LearningData) -> None:
    decided = OversightList()
    one, other = (Advisor(model, learning_data, oversight=decided) for _ in range(2))
    one.overseer.pause(**MAIJA)
    assert [d.action for d in other.overseer.decisions()] == ["pause"]
    assert Overseer(decided, learning_data).decisions() == decided.decisions()
