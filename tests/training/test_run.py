from dataclasses import replace

import polars as pl
import pytest

from hrreco.advisor import Advisor
from hrreco.data import LearningData
from hrreco.data.synthetic import company, small_company
from hrreco.errors import DataError, DegenerateFitError, SettingsError
from hrreco.models import TrainingData, names
from hrreco.models.ease import Ease
from hrreco.settings import silent
from hrreco.training import (
    RULES_RECIPE,
    Recipe,
    TrainConfig,
    TrainedModel,
    Training,
    refit,
    train,
)
from tests.conftest import AS_OF

QUICK = TrainConfig(models=("ease", "als"))
WEAK = TrainConfig(models=("als",), settings={"als": {"factors": 1, "rounds": 1}})
"""What the rules are better than already on the second window."""


@pytest.fixture(scope="module")
def trained(learning_data: LearningData) -> TrainedModel:
    return train(learning_data, QUICK, as_of=AS_OF)


@pytest.fixture(scope="module")
def small() -> LearningData:
    return LearningData.from_frames(**company(small_company()).tables, as_of=AS_OF)


def test_a_learned_model_wins_where_there_is_enough_history(trained: TrainedModel) -> None:
    report = trained.report
    assert report is not None
    assert not report.rules_win
    assert report.judged_by is not None
    versus = report.judged_by.models[report.winner.name].overall.versus["rules"]
    assert versus["ndcg@10"].low > 0
    assert trained.recommender is not trained.rules


def test_the_rules_win_in_a_small_company_and_say_so(small: LearningData) -> None:
    model = train(small, QUICK, as_of=AS_OF)
    assert model.report is not None
    assert model.report.rules_win
    assert "The rules win" in model.report.why
    assert model.report.failures
    assert model.recommender is model.rules


def test_the_rules_win_where_there_is_next_to_no_history(small: LearningData) -> None:
    model = train(replace(small, events=small.events.head(3)), QUICK, as_of=AS_OF)
    assert model.report is not None
    assert model.report.rules_win
    assert "too few completions" in model.report.why


def test_who_opted_out_of_training_leaves_no_trace_in_the_fit(
    learning_data: LearningData,
) -> None:
    gone = learning_data.employees["employee_id"].head(40).to_list()
    keep = ~pl.col("employee_id").is_in(gone)
    without = replace(
        learning_data,
        employees=learning_data.employees.filter(keep),
        events=learning_data.events.filter(keep),
        employee_skills=learning_data.employee_skills.filter(keep),
    )
    recipe = Recipe(name="ease")
    refused = refit(recipe, learning_data, opt_outs=gone, as_of=AS_OF)
    absent = refit(recipe, without, as_of=AS_OF)
    assert refused.vocabulary == absent.vocabulary
    for name, array in refused.recommender.arrays().items():
        assert array.tobytes() == absent.recommender.arrays()[name].tobytes()


def hold(data: LearningData, config: TrainConfig, champion: Recipe | None) -> Training:
    return Training.hold(data, config, None, as_of=AS_OF, champion=champion, progress=silent)


def test_the_champion_s_recipe_competes_on_the_same_cut(learning_data: LearningData) -> None:
    champion = Recipe.complete("ease", {"regularisation": 50.0}, 0)
    report = hold(learning_data, QUICK, champion).report
    assert report.judged_by is not None
    assert "champion" in report.judged_by.models


def test_the_champion_stays_while_nobody_passes_the_gate_against_it(
    learning_data: LearningData,
) -> None:
    champion = Recipe.complete("ease", {}, 0)
    weak = TrainConfig(models=("content",))
    training = hold(learning_data, weak, champion)
    assert training.report.winner == training.winner.recipe == champion
    rival = training.report.challenger
    assert rival is not None
    assert {part["name"] for part in rival.settings["parts"]} == {"content", "popularity"}
    challenger = training.challenger()
    assert challenger is not None
    assert challenger.recipe == rival


def test_the_champion_is_judged_even_where_no_other_model_can_be_fitted(
    learning_data: LearningData,
) -> None:
    none_fits = TrainConfig(models=("ease",), settings={"ease": {"most_courses": 10}})
    champion = Recipe.complete("als", {}, 0)
    report = hold(learning_data, none_fits, champion).report
    assert report.winner == champion
    assert "no other model could be fitted" in report.why
    assert any("ease could not be fitted" in failure for failure in report.failures)

    alone = train(learning_data, none_fits, as_of=AS_OF).report
    assert alone is not None
    assert alone.why == "The rules win: no learned model could be fitted."
    assert any("ease could not be fitted" in failure for failure in alone.failures)


@pytest.mark.parametrize("unfitted", [(), ("ease",)])
def test_what_lost_on_the_second_window_is_told_with_its_figures(
    learning_data: LearningData, unfitted: tuple[str, ...]
) -> None:
    settings = {**WEAK.settings, "ease": {"most_courses": 10}}
    config = WEAK.model_copy(update={"models": ("als", *unfitted), "settings": settings})
    report = hold(learning_data, config, None).report
    assert report.why == "The rules win: no learned model is shown to help on the second window."
    assert report.winner == RULES_RECIPE
    assert report.windows is not None
    assert report.judged_by is None
    assert report.chosen_by is not None
    assert report.chosen_by.models["als"].overall.versus["rules"]["ndcg@10"].high < 0
    assert [line.partition(" ")[0] for line in report.failures] == [*unfitted]


def test_the_champion_stays_where_no_other_model_is_shown_to_help(
    learning_data: LearningData,
) -> None:
    champion = Recipe.complete("ease", {}, 0)
    report = hold(learning_data, WEAK, champion).report
    assert report.winner == champion
    assert report.why == (
        "The champion, ease, stays: no other model is shown to help on the second window."
    )


def test_where_the_champion_fails_too_it_is_told_what_became_of_the_others(
    learning_data: LearningData,
) -> None:
    champion = Recipe.complete("als", {"factors": 1, "rounds": 2}, 0)
    report = hold(learning_data, WEAK, champion).report
    assert report.winner == RULES_RECIPE
    assert report.why == (
        "The rules win: no learned model beats them here; "
        "no other model is shown to help on the second window."
    )
    assert report.failures


def test_where_the_winner_cannot_be_fitted_on_everything_the_rules_serve(
    learning_data: LearningData, monkeypatch: pytest.MonkeyPatch
) -> None:
    fit, fitted_on = Ease._fit, []

    def explode_the_third_time(self: Ease, data: TrainingData) -> None:
        fitted_on.append(data.learners.history.nnz)
        if len(fitted_on) == 3:
            raise DegenerateFitError("ease: factors of 2e8")
        fit(self, data)

    monkeypatch.setattr(Ease, "_fit", explode_the_third_time)
    model = train(learning_data, TrainConfig(models=("ease",)), as_of=AS_OF)
    assert fitted_on == sorted(fitted_on)
    assert model.report is not None
    assert model.report.rules_win
    assert model.recommender is model.rules
    assert "ease could not be fitted on everything" in model.report.why
    assert any("2e8" in failure for failure in model.report.failures)


def test_a_model_that_cannot_be_fitted_is_named_and_the_others_go_on(
    learning_data: LearningData, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(self: Ease, data: object) -> None:
        raise DegenerateFitError("ease: factors of 2e8")

    monkeypatch.setattr(Ease, "_fit", explode)
    model = train(learning_data, QUICK, as_of=AS_OF)
    assert model.report is not None
    assert model.report.winner.name == "als"
    assert any("ease" in failure and "2e8" in failure for failure in model.report.failures)


def test_a_workspace_without_employees_says_what_to_do(learning_data: LearningData) -> None:
    nobody = replace(learning_data, employees=learning_data.employees.head(0))
    with pytest.raises(DataError, match="hrreco ingest"):
        train(nobody, QUICK, as_of=AS_OF)


def test_where_everyone_opted_out_the_rules_serve(learning_data: LearningData) -> None:
    everyone = learning_data.employees["employee_id"].to_list()
    report = train(learning_data, QUICK, everyone, as_of=AS_OF).report
    assert report is not None
    assert report.rules_win
    assert report.counts["employees"] == 0


def test_where_every_course_is_sensitive_mandatory_training_stays(
    learning_data: LearningData,
) -> None:
    courses = learning_data.courses.with_columns(sensitive=pl.lit(value=True))
    sensitive = replace(learning_data, courses=courses)
    advisor = Advisor(train(sensitive, QUICK, as_of=AS_OF), sensitive)
    answers = [
        advisor.recommend(employee_id, as_of=AS_OF)
        for employee_id in learning_data.employees["employee_id"].head(50)
    ]
    kinds = {item.kind for answer in answers for item in answer}
    assert kinds == {"mandatory"}


def test_a_config_that_is_none_is_named(learning_data: LearningData) -> None:
    with pytest.raises(SettingsError, match="config is a TrainConfig"):
        train(learning_data, {"models": ["ease"]})  # type: ignore[arg-type]


def test_the_same_training_gives_the_same_bytes(
    learning_data: LearningData, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("bundles")
    ids = {
        refit(Recipe(name="als"), learning_data, as_of=AS_OF).save(folder / name)
        for name in ("one", "two")
    }
    assert len(ids) == 1


def test_training_twice_gives_byte_identical_bundles(
    learning_data: LearningData, tmp_path_factory: pytest.TempPathFactory
) -> None:
    config = TrainConfig(models=("transitions", "itemknn", "als", "lightfm", "content"))
    folder = tmp_path_factory.mktemp("bundles")
    models = {name: train(learning_data, config) for name in ("one", "two")}
    assert models["one"].recipe.name == "blend"
    assert len({model.save(folder / name) for name, model in models.items()}) == 1
    first, second = (sorted((folder / name).iterdir()) for name in models)
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_saved_model_comes_back_the_same(
    trained: TrainedModel, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("bundles") / "model"
    bundle_id = trained.save(folder)
    loaded = TrainedModel.load(folder, bundle_id)
    assert loaded.recipe == trained.recipe
    assert loaded.origin == trained.origin
    assert loaded.vocabulary == trained.vocabulary


def test_no_bundle_holds_an_employee_id(
    learning_data: LearningData, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ids = [i.encode() for i in learning_data.employees["employee_id"]]
    for name in sorted({*names()} - {"fallback"}):
        folder = tmp_path_factory.mktemp("bundles") / name
        recipe = RULES_RECIPE if name == "popularity" else Recipe(name=name)
        refit(recipe, learning_data, as_of=AS_OF).save(folder)
        stored = b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
        assert not [employee_id for employee_id in ids if employee_id in stored]


def test_the_company_s_own_bound_on_people_reaches_the_rules(learning_data: LearningData) -> None:
    strict = replace(
        learning_data, settings=learning_data.settings.model_copy(update={"min_people": 60})
    )
    everyone = refit(RULES_RECIPE, strict, as_of=AS_OF)
    shown = everyone.rules.arrays()
    usual = refit(RULES_RECIPE, learning_data, as_of=AS_OF).rules.arrays()
    assert sum((a > 0).sum() for a in shown.values()) < sum((a > 0).sum() for a in usual.values())
