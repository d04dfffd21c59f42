"""Searching settings: within bounds, within limits, never for the worse."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from hrreco.errors import ModelError
from hrreco.models import offered
from hrreco.training import Recipe
from hrreco.training.tuning import Found, Kept, search_space, tuned

SEARCHED = [name for name in offered() if search_space(name)]
FOR_EVER = 3_600.0


class Judge:
    """Says what a recipe is worth, and remembers which it was asked about."""

    def __init__(self, worth=lambda settings: 0.0) -> None:
        self.worth = worth
        self.asked: list[dict] = []

    def __call__(self, recipe: Recipe) -> float:
        self.asked.append(recipe.settings)
        return self.worth(recipe.settings)


def search(judge: Judge, *, trials: int = 20, seconds: float = FOR_EVER, seed: int = 0) -> Recipe:
    return tuned("ease", judge, trials=trials, seconds=seconds, seed=seed).recipe


DEFAULT = Recipe.complete("ease", {}, 0)


@given(weights=st.lists(st.floats(-5, 5), min_size=3, max_size=3), seed=st.integers(0, 9))
@hypothesis_settings(max_examples=15)
def test_what_is_returned_is_the_best_that_was_tried_and_no_worse_than_the_default(
    weights: list[float], seed: int
) -> None:
    def worth(settings: dict) -> float:
        a, b, c = weights
        dropout = settings["dropout"]
        return a * dropout + b * dropout**2 + c * settings["regularisation"] / 5_000

    judge = Judge(worth)
    found = search(judge, trials=12, seed=seed)
    assert worth(found.settings) == max(map(worth, judge.asked))
    assert judge.asked[0] == DEFAULT.settings


def test_a_search_finds_better_settings_where_there_are_some() -> None:
    judge = Judge(lambda settings: -abs(settings["dropout"] - 0.7))
    assert abs(search(judge, trials=30).settings["dropout"] - 0.7) < 0.1


def test_where_all_are_worth_the_same_the_default_stays() -> None:
    assert search(Judge()) == DEFAULT


def test_no_more_recipes_are_tried_than_allowed_and_none_twice() -> None:
    judge = Judge()
    search(judge, trials=7)
    assert len(judge.asked) == 7
    assert len({str(settings) for settings in judge.asked}) == 7


def test_when_the_time_is_over_no_further_recipe_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = Judge()
    # A clock that only goes on while a recipe is judged: a second for each.
    clock = SimpleNamespace(monotonic=lambda: float(len(judge.asked)))
    monkeypatch.setattr("hrreco.training.tuning.time", clock)
    search(judge, trials=1_000, seconds=4.5)
    assert len(judge.asked) == 5
    judge = Judge()
    search(judge, seconds=-1.0)
    assert judge.asked == [DEFAULT.settings]


def test_a_recipe_that_cannot_be_fitted_is_the_worst() -> None:
    def only_the_default(settings: dict) -> float:
        if settings != DEFAULT.settings:
            raise ModelError("too weak a ridge")
        return -1.0

    judge = Judge(only_the_default)
    assert search(judge) == DEFAULT
    assert len(judge.asked) == 20


def test_a_default_that_cannot_be_fitted_is_said() -> None:
    def none(settings: dict) -> float:
        raise ModelError("there is nothing to learn from")

    with pytest.raises(ModelError, match="nothing to learn"):
        search(Judge(none))


def test_the_seed_decides_what_is_tried() -> None:
    one, again, other = Judge(), Judge(), Judge()
    search(one, seed=3)
    search(again, seed=3)
    search(other, seed=4)
    assert one.asked == again.asked != other.asked


def test_a_search_leaves_what_optuna_says_to_others_as_it_was(capfd) -> None:
    import optuna

    before = optuna.logging.get_verbosity()
    search(Judge(), trials=3)
    assert optuna.logging.get_verbosity() == before
    assert capfd.readouterr() == ("", "")


def test_all_models_but_the_blend_are_searched() -> None:
    assert set(offered()) - set(SEARCHED) == {"blend"}


@pytest.mark.parametrize("name", SEARCHED)
def test_the_ends_of_every_search_are_settings_that_the_model_takes(name: str) -> None:
    for key, space in search_space(name).items():
        for end in space.get("choices") or (space["low"], space["high"]):
            assert Recipe.complete(name, {key: end}, 0).settings[key] == end


@pytest.mark.parametrize("name", SEARCHED)
def test_the_default_lies_in_every_search(name: str) -> None:
    default = Recipe.complete(name, {}, 0).settings
    for key, space in search_space(name).items():
        if "choices" in space:
            assert default[key] in space["choices"]
        else:
            assert space["low"] <= default[key] <= space["high"]


@pytest.mark.parametrize("name", SEARCHED)
def test_every_model_can_be_searched(name: str) -> None:
    judge = Judge()
    tuned(name, judge, trials=15, seconds=FOR_EVER, seed=1)
    for key, space in search_space(name).items():
        values = {settings[key] for settings in judge.asked}
        assert len(values) > 1
        assert "choices" in space or space["low"] <= min(values) <= max(values) <= space["high"]


def test_a_recipe_whose_search_was_killed_was_not_tried(tmp_path) -> None:
    import optuna

    def search_on(worth, trials: int) -> Found:
        return tuned("ease", worth, trials=trials, seconds=FOR_EVER, seed=0, kept=kept)

    def killed(settings: dict) -> float:
        if settings != DEFAULT.settings:
            raise KeyboardInterrupt
        return 0.0

    kept = Kept(tmp_path / "tuning.db", "ease")
    with pytest.raises(KeyboardInterrupt):
        search_on(Judge(killed), 4)
    judge = Judge()
    assert search_on(judge, 4).tried == 4
    assert len(judge.asked) == 4  # the default anew, and three others
    study = optuna.load_study(study_name="ease", storage=f"sqlite:///{kept.database}")
    assert [trial.state.name for trial in study.trials] == ["COMPLETE", "FAIL", *["COMPLETE"] * 3]


def test_what_is_told_of_a_company_gives_away_no_exact_count():
    found = Found(Recipe(name="ease"), 373 / 1117, 371 / 1117, 9).told(1_110)
    for worth in (found.worth, found.default_worth):
        assert worth * 1_110 == pytest.approx(round(worth * 1_110), abs=1e-3)
    assert (found.recipe.name, found.tried) == ("ease", 9)
