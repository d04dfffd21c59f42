"""Everybody answered at once gets what each gets alone, whatever the company is like."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrreco import Advisor, LearningData, OptOutList, TrainedModel
from hrreco.errors import SettingsError, UnknownIdError
from hrreco.models._matrices import stored
from hrreco.models.als import Als, AlsConfig
from hrreco.models.fallback import Fallback, FallbackConfig
from hrreco.models.popularity import Popularity, PopularityConfig
from hrreco.profiles import Csr, build_vocabulary
from hrreco.recommend.table import table_of_answers
from hrreco.settings import Moment
from hrreco.training import Recipe, refit
from tests.conftest import AS_OF
from tests.models.company import origin

BLEND = Recipe(
    name="blend",
    settings={
        "parts": [
            {"name": name}
            for name in ("ease", "transitions", "als", "itemknn", "content", "popularity")
        ]
    },
)


def one_by_one(advisor: Advisor, ids: list[str], k: int) -> pl.DataFrame:
    return table_of_answers((advisor.recommend(one, k, as_of=AS_OF) for one in ids), k)


def employed(data: LearningData) -> list[str]:
    left = pl.col("left_on").is_not_null() & (pl.col("left_on") <= AS_OF)
    return data.employees.filter(~left)["employee_id"].to_list()


def assert_all_alike(advisor: Advisor, data: LearningData, k: int) -> pl.DataFrame:
    everyone = advisor.recommend_all(k, as_of=AS_OF)
    assert everyone.equals(one_by_one(advisor, employed(data), k))
    return everyone


@pytest.fixture(scope="module")
def blended(learning_data: LearningData) -> TrainedModel:
    return refit(BLEND, learning_data, as_of=AS_OF)


@pytest.fixture(scope="module")
def advisor(blended: TrainedModel, learning_data: LearningData) -> Advisor:
    everyone = learning_data.employees["employee_id"].to_list()
    return Advisor(blended, learning_data, everyone[::7])


class TestOfACompany:
    @pytest.mark.parametrize("k", [1, 5, 10])
    def test_everybody_gets_what_each_gets_alone(
        self, k: int, advisor: Advisor, learning_data: LearningData
    ) -> None:
        shown = assert_all_alike(advisor, learning_data, k)
        kinds = shown.group_by("kind").len()
        assert set(kinds["kind"].drop_nulls()) == {"mandatory", "elective"}

    def test_whoever_gets_fewer_than_asked_is_told_the_same(
        self, blended: TrainedModel, learning_data: LearningData
    ) -> None:
        some = learning_data.employees["employee_id"].to_list()[:40]
        advisor = Advisor(blended, learning_data, some[:5])
        table = advisor.recommend_all(150, employee_ids=some, as_of=AS_OF)
        assert table.equals(one_by_one(advisor, some, 150))
        assert table.filter(pl.col("rank").is_null())["left_out"].list.contains("taken").any()

    @pytest.mark.parametrize("name", ["popularity", "ease", "als", "rp3beta", "lightfm"])
    def test_single_models(self, name: str, learning_data: LearningData) -> None:
        model = refit(Recipe(name=name), learning_data, as_of=AS_OF)
        assert_all_alike(Advisor(model, learning_data, []), learning_data, 6)

    @pytest.mark.parametrize("k", [1, 7, 150])
    def test_a_model_that_need_not_look_at_all_courses(
        self, k: int, learning_data: LearningData, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("hrreco.models._by_length._STRIPE", 8)
        model = refit(Recipe(name="als"), learning_data, as_of=AS_OF)
        some = employed(learning_data)[:60]
        advisor = Advisor(model, learning_data, some[:5])
        table = advisor.recommend_all(k, employee_ids=some, as_of=AS_OF)
        assert table.equals(one_by_one(advisor, some, k))

    def test_threads_and_the_size_of_parts_change_nothing(
        self, advisor: Advisor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = advisor.recommend_all(5, as_of=AS_OF)
        monkeypatch.setattr("hrreco.recommend.suggester_of_all._CELLS", 1_000)
        monkeypatch.setattr("os.cpu_count", lambda: 1)
        assert advisor.recommend_all(5, as_of=AS_OF).equals(first)
        monkeypatch.setattr("os.cpu_count", lambda: 5)
        assert advisor.recommend_all(5, as_of=AS_OF).equals(first)

    def test_those_asked_for_come_in_the_order_of_asking_each_once(
        self, advisor: Advisor, learning_data: LearningData
    ) -> None:
        ids = learning_data.employees["employee_id"].to_list()
        gone = next(one for one in ids if one not in employed(learning_data))
        asked = [ids[9], ids[2], gone, ids[9], ids[5]]
        table = advisor.recommend_all(3, employee_ids=asked, as_of=AS_OF)
        answered = table["employee_id"].unique(maintain_order=True).to_list()
        assert answered == [ids[9], ids[2], gone, ids[5]]
        assert table.filter(employee_id=gone)["left_out"].to_list() == [
            ["left_company", "no_evidence"]
        ]
        assert len(advisor.recommend_all(3, employee_ids=[], as_of=AS_OF)) == 0

    def test_one_id_need_not_be_in_a_list(
        self, advisor: Advisor, learning_data: LearningData
    ) -> None:
        one = learning_data.employees["employee_id"][4]
        table = advisor.recommend_all(3, employee_ids=one, as_of=AS_OF)
        assert table["employee_id"].unique().to_list() == [one]

    def test_who_is_unknown_is_named(self, advisor: Advisor) -> None:
        with pytest.raises(UnknownIdError, match="'nobody'"):
            advisor.recommend_all(3, employee_ids=["nobody"], as_of=AS_OF)

    def test_k_below_one_is_refused(self, advisor: Advisor) -> None:
        with pytest.raises(SettingsError, match="k is 0"):
            advisor.recommend_all(0, as_of=AS_OF)

    def test_an_opt_out_is_in_force_at_the_next_call(
        self, blended: TrainedModel, learning_data: LearningData
    ) -> None:
        ids, refusing = employed(learning_data), OptOutList()
        advisor = Advisor(blended, learning_data, refusing)
        before = advisor.recommend_all(5, as_of=AS_OF)
        for one in ids[:50]:
            advisor.opt_out(one, ["profiling"])
        after = assert_all_alike(advisor, learning_data, 5)
        assert not after.equals(before)
        for one in ids[:50]:
            advisor.opt_in(one, ["profiling"])
        assert advisor.recommend_all(5, as_of=AS_OF).equals(before)

    def test_it_tells_how_far_it_has_come(self, advisor: Advisor) -> None:
        told: list[tuple[str, int, int]] = []
        advisor.recommend_all(3, as_of=AS_OF, progress=lambda *step: told.append(step))
        assert told[0][1] == 0
        assert told[-1][1] == told[-1][2] == told[0][2] > 0

    def test_it_speaks_the_language_asked_for(self, advisor: Advisor) -> None:
        texts = {
            lang: set(
                advisor.recommend_all(3, lang=lang, as_of=AS_OF)["reasons"]
                .explode()
                .struct.field("text")
                .drop_nulls()
            )
            for lang in ("en", "fi")
        }
        assert texts["en"] and texts["fi"] and not texts["en"] & texts["fi"]


@pytest.mark.parametrize(
    ("kind", "days"), [("started", 89), ("started", 90), ("dismissed", 179), ("dismissed", 180)]
)
def test_the_last_day_on_which_a_course_is_held_back(kind: str, days: int) -> None:
    noon = datetime.combine(AS_OF, datetime.min.time()) + timedelta(hours=12)
    people, courses = [f"E{i}" for i in range(9)], ["C0", "C1", "C2"]
    taken = [(one, course, "completed", noon) for one in people[1:] for course in courses]
    held_back = (people[0], courses[0], kind, noon - timedelta(days=days))
    names = ("employee_id", "course_id", "kind", "occurred_at")
    data = LearningData.from_frames(
        pl.DataFrame({"employee_id": people, "role": ["Nurse"] * 9}),
        pl.DataFrame({"course_id": courses, "title": courses}),
        pl.DataFrame([*taken, held_back], schema=names, orient="row"),
        as_of=AS_OF,
    )
    model = refit(Recipe(name="popularity"), data, as_of=AS_OF)
    shown = assert_all_alike(Advisor(model, data, []), data, 2).filter(employee_id=people[0])
    assert (courses[0] in shown["course_id"]) == (days in (90, 180))


def test_equal_scores_stand_by_id_however_long_the_vectors_of_courses_are() -> None:
    people, courses = [f"E{i}" for i in range(9)], ["C0", "C1", "C2", "C3"]
    taken = [(one, "C0", "completed", AS_OF - timedelta(days=9)) for one in people]
    names = ("employee_id", "course_id", "kind", "occurred_at")
    data = LearningData.from_frames(
        pl.DataFrame({"employee_id": people, "role": ["Nurse"] * 9}),
        pl.DataFrame({"course_id": courses, "title": courses}),
        pl.DataFrame(taken, schema=names, orient="row"),
        as_of=AS_OF,
    )
    vocabulary = build_vocabulary(data, Moment.of(AS_OF, data.settings.timezone))
    factors = np.array([[1, 0], [1, 0], [1, 2], [1, -2]], dtype=np.float32)
    arrays = {"factors": factors, "ridge": np.array(1.0)}
    model = TrainedModel(Als.restore(AlsConfig(), arrays, vocabulary), origin())
    shown = assert_all_alike(Advisor(model, data, []), data, 2)
    assert set(shown["course_id"]) == {"C1", "C2"}


IDS = [f"C{i}" for i in range(9)]
some_courses = st.lists(st.sampled_from(IDS), max_size=2)
days = st.sampled_from([None, None, 0, 5, 40, 400])
a_course = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["Ethics", "Care"]),
        "active": st.sampled_from([True, True, True, False]),
        "sensitive": st.sampled_from([False, False, False, True]),
        "language": st.sampled_from([None, "fi", "sv-FI"]),
        "prerequisites": some_courses,
        "equivalent_to": some_courses,
        "mandatory_for": st.sampled_from(
            [[], [], [], ["*"], ["role:Nurse"], ["department:Care"], ["*", "role:Clerk"]]
        ),
        "due_within_days": days,
        "valid_for_days": days,
    }
)
an_employee = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["Nurse", "Clerk"]),
        "department": st.sampled_from([None, "Care", "Law"]),
        "language": st.sampled_from([None, "sv", "fi"]),
        "started_on": st.sampled_from([None, date(2025, 1, 1), date(2026, 3, 30)]),
        "left_on": st.sampled_from([None, None, None, date(2026, 1, 1)]),
    }
)
KINDS = ["completed"] * 6 + ["started", "dismissed", "wrong_level", "waived", "failed", "rated"]


@st.composite
def companies(draw: st.DrawFn) -> LearningData:
    people = draw(st.lists(an_employee, min_size=3, max_size=12))
    courses = draw(st.lists(a_course, min_size=2, max_size=len(IDS)))
    one: dict[str, Any] = {
        "employee_id": st.integers(0, len(people) - 1).map("E{}".format),
        "course_id": st.integers(0, len(courses) - 1).map("C{}".format),
        "kind": st.sampled_from(KINDS),
        "days": st.sampled_from([0, 0, 3, 39, 41, 89, 90, 180, 399, 401]),
        "rating": st.sampled_from([None, 1.0, 4.0, 5.0]),
    }
    events = draw(st.lists(st.fixed_dictionaries(one), min_size=6, max_size=60))
    noon = datetime.combine(AS_OF, datetime.min.time()) + timedelta(hours=12)
    told = [
        {"occurred_at": (noon - timedelta(days=event.pop("days"))).isoformat(), **event}
        for event in map(dict, events)
    ]
    lists = dict.fromkeys(("prerequisites", "equivalent_to", "mandatory_for"), pl.List(pl.String))
    schema: dict[str, Any] = {
        "language": pl.String,
        "due_within_days": pl.Int64,
        "valid_for_days": pl.Int64,
        **lists,
    }
    return LearningData.from_frames(
        pl.DataFrame(
            [{"employee_id": f"E{i}", **person} for i, person in enumerate(people)],
            schema_overrides=dict.fromkeys(("department", "language"), pl.String)
            | dict.fromkeys(("started_on", "left_on"), pl.Date),
        ),
        pl.DataFrame(
            [{"course_id": f"C{i}", **course} for i, course in enumerate(courses)],
            schema_overrides=schema,
        ),
        pl.DataFrame(told, schema_overrides={"rating": pl.Float64}),
        as_of=AS_OF,
    )


@st.composite
def models(draw: st.DrawFn, data: LearningData) -> TrainedModel:
    """Draw a model that knows most courses, gives many the same score, and nothing for some.

    It may know one, too, that is no longer in the catalogue.
    """
    known = build_vocabulary(data, Moment.of(AS_OF, data.settings.timezone))
    forgotten = draw(st.sampled_from([None, None, *known.courses]))
    courses = [c for c in known.courses if c != forgotten]
    courses[1:1] = draw(st.sampled_from([[], ["gone"]]))
    vocabulary = replace(known, courses=tuple(courses))
    n = len(vocabulary.courses)
    random = np.random.default_rng(draw(st.integers(0, 1_000)))
    popular = random.choice([0.0, 0.0, 0.5, 1.0], size=(len(vocabulary.features), n))
    rules = {"weights": popular.astype(np.float32)}
    name, arrays = draw(st.sampled_from([nothing_but_rules, some_pairs, some_vectors]))(n, random)
    if name is None:
        counted = Popularity.restore(PopularityConfig(), rules, vocabulary)
        return TrainedModel(counted, origin())
    arrays = {f"learned.{k}": v for k, v in arrays.items()}
    arrays |= {f"rules.{k}": v for k, v in rules.items()}
    return TrainedModel(
        Fallback.restore(FallbackConfig(learned=name), arrays, vocabulary), origin()
    )


Drawn = tuple[str | None, dict[str, Any]]


def nothing_but_rules(n: int, random: np.random.Generator) -> Drawn:
    return None, {}


def some_pairs(n: int, random: np.random.Generator) -> Drawn:
    sums = Csr(random.choice([0.0, 0.0, 0.5, 1.0], size=(n, n)))
    return "rp3beta", {"of_course": np.ones(n), **stored("pairs", sums)}


def some_vectors(n: int, random: np.random.Generator) -> Drawn:
    """Return vectors of which many are the same, and some are of length 0."""
    factors = random.choice([-1.0, 0.0, 0.0, 1.0, 2.0], size=(n, 2)).astype(np.float32)
    return "als", {"factors": factors, "ridge": np.array(1.0)}


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(companies(), st.integers(1, 6), st.data())
def test_every_little_company_is_answered_as_each_alone(
    data: LearningData, k: int, drawn: st.DataObject
) -> None:
    """Ties, missing prerequisites, what expires, wrong levels and languages: all of it."""
    ids = data.employees["employee_id"].to_list()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("hrreco.models._by_length._STRIPE", 2)
        model = drawn.draw(models(data))
    assert_all_alike(Advisor(model, data, OptOutList(ids[::3])), data, k)
