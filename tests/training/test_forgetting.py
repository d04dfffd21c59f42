"""Forgetting on a company's tables: what is left is what a fit without those people gives."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrreco.data import LearningData
from hrreco.data.synthetic import CompanyConfig, company
from hrreco.errors import DataError, UnknownIdError
from hrreco.privacy import without
from hrreco.training import Recipe, TrainConfig, TrainedModel, refit, train

SETTINGS = {
    "history_half": 2.0,
    "parts": [
        {"name": "transitions", "weight": 2.0, "settings": {"half_life": 200.0}},
        {"name": "itemknn", "settings": {"neighbours": 10}},
        {"name": "als", "settings": {"factors": 4, "rounds": 2}},
        {"name": "lightfm", "settings": {"factors": 4, "epochs": 1}},
    ],
}
TO_THE_BIT = Recipe(name="blend", settings=SETTINGS)


@pytest.fixture(scope="module")
def data() -> LearningData:
    made = company(CompanyConfig(seed=5, employees=150, courses=60, roles=10, skills=30))
    return LearningData.from_frames(**made.tables, as_of=CompanyConfig().as_of)


def fitted(recipe: Recipe, data: LearningData, opt_outs: list[str], like: TrainedModel):
    """Fit a recipe anew, as of the same moment."""
    return refit(recipe, data, opt_outs, as_of=like.origin.until)


def assert_same(one: TrainedModel, other: TrainedModel, within: float) -> None:
    ours, theirs = one.recommender.arrays(), other.recommender.arrays()
    assert ours.keys() == theirs.keys()
    assert one.origin == other.origin
    assert one.vocabulary == other.vocabulary
    for name, array in ours.items():
        assert np.abs(array - theirs[name]).max(initial=0.0) <= within, name


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.data())
def test_the_bundle_is_that_of_a_fit_without_them(data, tmp_path_factory, chosen):
    ids = st.sampled_from(data.employees["employee_id"].to_list())
    gone = chosen.draw(st.sets(ids, min_size=1, max_size=8))
    out = sorted(chosen.draw(st.sets(ids, max_size=4)))
    model = refit(TO_THE_BIT, data, out)
    forgotten = model.forget(gone, data, out)
    expected = fitted(
        TO_THE_BIT, without(data, gone), [one for one in out if one not in gone], model
    )
    folder = tmp_path_factory.mktemp("bundles")
    assert forgotten.model.save(folder / "a") == expected.save(folder / "b")


def test_one_after_the_other_is_the_same_as_all_at_once(data):
    recipe = Recipe(name="ease", settings={"regularisation": 20.0})
    ids = data.employees["employee_id"].to_list()
    model = refit(recipe, data)
    left = data
    for employee_id in ids[:25]:
        forgotten = model.forget([employee_id], left)
        model, left = forgotten.model, forgotten.data
    assert_same(model, fitted(recipe, without(data, ids[:25]), [], model), within=1e-9)


def test_it_is_told_how_each_part_forgot(data):
    taken = data.events["employee_id"].to_list()
    forgotten = refit(TO_THE_BIT, data).forget([taken[0]], data)
    assert [(part.model, part.exact) for part in forgotten.parts] == [
        ("transitions", True),
        ("itemknn", True),
        ("als", False),
        ("lightfm", False),
        ("popularity", False),
    ]
    assert all(part.seconds >= 0 for part in forgotten.parts)
    assert taken[0] not in forgotten.data.events["employee_id"]


def test_whoever_had_opted_out_was_never_learned_from(data):
    someone = data.events["employee_id"][0]
    model = refit(Recipe(name="transitions"), data, [someone])
    before = {name: array.copy() for name, array in model.recommender.arrays().items()}
    forgotten = model.forget([someone], data, [someone])
    assert forgotten.parts == ()
    after = forgotten.model.recommender.arrays()
    assert all(np.array_equal(before[name], after[name]) for name in before)


def test_other_data_than_those_of_the_fit_are_refused(data):
    model = refit(Recipe(name="ease"), data)
    someone = data.events["employee_id"][0]
    fewer = replace(data, events=data.events.head(-1))
    with pytest.raises(DataError, match="on other data: events differ"):
        model.forget([someone], fewer)
    stricter = replace(data, settings=data.settings.model_copy(update={"min_people": 9}))
    with pytest.raises(DataError, match="on other data: settings differ"):
        model.forget([someone], stricter)


def test_an_unknown_employee_is_named(data):
    known = data.employees["employee_id"][0]
    with pytest.raises(UnknownIdError, match=f"did you mean '{known}'"):
        refit(Recipe(name="ease"), data).forget([known + "x"], data)


def test_everybody_cannot_be_forgotten(data):
    model = refit(Recipe(name="ease"), data)
    with pytest.raises(DataError, match="not one employee"):
        model.forget(data.employees["employee_id"].to_list(), data)


def test_the_clock_is_not_in_a_model(data, tmp_path):
    """The moment a fit looks back from is that of the data, or one that was asked for."""
    last = data.events["occurred_at"].max()
    recipe = Recipe(name="transitions", settings={"half_life": 900.0})
    model = refit(recipe, data)
    assert model.origin.until.date() == last.date()
    assert model.origin.until >= last
    assert model.save(tmp_path / "a") == refit(recipe, data).save(tmp_path / "b")
    asked = refit(recipe, data, as_of="2030-01-01")
    assert asked.origin.until.isoformat() == "2030-01-01T21:59:59.999999+00:00"


def test_a_trained_model_that_was_saved_forgets_as_well(data, tmp_path):
    config = TrainConfig(models=("transitions", "ease"), courses_per_learner=4)
    model = train(data, config)
    model.save(tmp_path / "b")
    someone = data.events.filter(pl.col("kind") == "completed")["employee_id"][0]
    loaded = TrainedModel.load(tmp_path / "b")
    assert loaded.origin.courses_per_learner == 4
    left = loaded.forget([someone], data).model
    again = model.forget([someone], data).model
    assert_same(left, again, within=0.0)
