"""Forgetting in a workspace: what serves is what a fit without those people would have given."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from hrreco import LearningData, TrainedModel, Workspace
from hrreco.errors import UnknownIdError
from hrreco.privacy import without
from hrreco.tracking import MlflowStore
from hrreco.tracking._mlflow import mlflow_client
from hrreco.training import refit
from hrreco.workspace import promote, roll_back
from tests.conftest import AS_OF
from tests.store.build import ingest_into
from tests.workspace.conftest import QUICK


def champion(workspace: Workspace) -> TrainedModel:
    model = workspace.champion()
    assert model is not None
    return model


def people_with_history(workspace: Workspace) -> list[str]:
    completed = workspace.data().events.filter(pl.col("kind") == "completed")
    return completed["employee_id"].unique(maintain_order=True).to_list()


def assert_never_knew(
    model: TrainedModel, data: LearningData, gone: Iterable[str], out: Iterable[str] = ()
) -> None:
    """Assert that a model is what a fit on `data` without these people gives."""
    rest = without(data, list(gone))
    expected = refit(model.recipe, rest, list(out), as_of=model.origin.until)
    ours, theirs = model.recommender.arrays(), expected.recommender.arrays()
    assert model.vocabulary == expected.vocabulary
    assert ours.keys() == theirs.keys()
    for name, array in ours.items():
        assert np.abs(array - theirs[name]).max(initial=0.0) <= 1e-9, name


def ingest_rows(workspace: Workspace, **tables: pl.DataFrame) -> None:
    """Ingest some rows as a small export does."""
    known = workspace.data()
    frames = {
        "employees": known.employees,
        "courses": known.courses,
        "events": known.events.head(1),
        **tables,
    }
    data = LearningData.from_frames(**frames, as_of=AS_OF)
    ingest_into(workspace.store, data, source="more", full=False, as_of=AS_OF)


def test_the_champion_forgets_exactly_and_serves_on(trained: Workspace) -> None:
    someone, other = people_with_history(trained)[:2]
    before = champion(trained)
    assert before.recipe.name == "ease"
    done = trained.forget([someone, other])
    assert done.version is not None
    assert trained.champion_id() == done.version.bundle_id
    assert [(part.model, part.exact) for part in done.parts] == [
        ("ease", True),
        ("popularity", False),
    ]
    after = champion(trained)
    assert after.recipe == before.recipe
    assert_never_knew(after, trained.data(), [someone, other])
    assert len(trained.advisor().recommend(someone, as_of=AS_OF)) > 0


def test_rows_that_came_after_the_fit_change_nothing(trained: Workspace) -> None:
    someone = people_with_history(trained)[0]
    at_the_fit = trained.data()
    event = at_the_fit.events.filter(pl.col("employee_id") == someone).head(1)
    later = event.with_columns(
        pl.lit("new-1").alias("event_id"),
        pl.lit("completed").alias("kind"),
        pl.lit(at_the_fit.courses["course_id"][-1]).alias("course_id"),
    )
    ingest_rows(trained, events=later)
    assert len(trained.data().events) == len(at_the_fit.events) + 1
    done = trained.forget([someone])
    assert done.parts[0].exact
    assert_never_knew(champion(trained), at_the_fit, [someone])


def test_what_was_corrected_since_the_fit_is_fitted_again(trained: Workspace) -> None:
    someone, other = people_with_history(trained)[:2]
    row = trained.data().employees.filter(pl.col("employee_id") == someone)
    ingest_rows(trained, employees=row.with_columns(pl.lit("Porter").alias("role")))
    done = trained.forget([other])
    assert done.parts[0].exact  # the rows of the other are as they were
    assert champion(trained).origin.fingerprints.keys() == {"settings"}  # but no table is
    done = trained.forget([someone])
    assert [(part.model, part.exact) for part in done.parts] == [("fallback", False)]
    assert_never_knew(champion(trained), trained.data(), [someone, other])


def test_a_corrected_course_of_theirs_is_fitted_again(trained: Workspace) -> None:
    someone = people_with_history(trained)[0]
    data = trained.data()
    taken = data.events.filter(pl.col("employee_id") == someone)["course_id"][0]
    course = data.courses.filter(pl.col("course_id") == taken)
    ingest_rows(trained, courses=course.with_columns(pl.lit("Another title").alias("title")))
    assert not trained.forget([someone]).parts[0].exact


def test_whoever_lost_an_event_to_another_since_the_fit_is_fitted_again(
    trained: Workspace,
) -> None:
    someone, other = people_with_history(trained)[:2]
    theirs = trained.data().events.filter(pl.col("employee_id") == someone)
    ingest_rows(trained, events=theirs.with_columns(pl.lit(other).alias("employee_id")))
    trained.forget([someone])
    assert_never_knew(champion(trained), trained.data(), [someone])


def test_whoever_opted_out_since_the_fit_is_forgotten_too(trained: Workspace) -> None:
    someone, other = people_with_history(trained)[:2]
    trained.opt_outs.opt_out(someone, ["training"])
    done = trained.forget()
    assert done.version is not None
    assert_never_knew(champion(trained), trained.data(), [someone])
    trained.forget([other])
    assert_never_knew(champion(trained), trained.data(), [someone, other])


def test_whoever_was_left_out_of_the_fit_is_not_taken_out_of_it(ingested: Workspace) -> None:
    someone = people_with_history(ingested)[0]
    ingested.opt_outs.opt_out(someone, ["training"])
    ingested.train(QUICK, as_of=AS_OF)
    ingested.opt_outs.opt_in(someone, ["training"])
    before = ingested.champion_id()
    assert ingested.forget([someone]).version is None
    assert ingested.champion_id() == before


def test_forgetting_twice_is_forgetting_once(trained: Workspace) -> None:
    someone = people_with_history(trained)[0]
    first = trained.forget([someone])
    again = trained.forget([someone])
    assert again.version is None
    assert again.to_json() == {"version": None, "parts": []}
    assert first.version is not None
    assert trained.champion_id() == first.version.bundle_id


def test_no_version_from_before_serves_again(trained: Workspace) -> None:
    trained.set_champion(trained.champion_id() or "", [1])
    trained.forget(people_with_history(trained)[:1])
    with pytest.raises(
        UnknownIdError, match="may serve again, as they count people who were forg"
    ):
        roll_back(trained)


def test_what_still_counts_the_forgotten_is_not_promoted(trained: Workspace) -> None:
    trained.forget(people_with_history(trained)[:1])
    serving = trained.champion_id()
    refused = promote(trained, 1, as_of=AS_OF)
    assert not refused.serving
    assert "hrreco train" in refused.why
    assert trained.champion_id() == serving
    run = mlflow_client(MlflowStore(trained.path).tracking_uri).get_run(refused.run_id)
    assert run.data.tags["hrreco.verdict"] == "failed"
    assert "forgotten since" in run.data.tags["hrreco.reason"]


def test_what_never_counted_the_forgotten_is_promoted(trained: Workspace) -> None:
    first, second = people_with_history(trained)[:2]
    trained.forget([first])
    assert promote(trained, 2, as_of=AS_OF).serving
    trained.train(QUICK, as_of=AS_OF)  # learns from the first again, who did not opt out
    trained.forget([second])
    served = [promote(trained, number, as_of=AS_OF).serving for number in (2, 3, 4)]
    assert served == [False, False, True]


def test_what_a_killed_forgetting_left_is_cleared_away(trained: Workspace) -> None:
    (trained.path / ".training-killed").mkdir()
    trained.forget(people_with_history(trained)[:1])
    assert not [*trained.path.glob(".training-*")]


def test_one_id_need_not_be_in_a_list(trained: Workspace) -> None:
    someone = people_with_history(trained)[0]
    trained.forget(someone)
    assert_never_knew(champion(trained), trained.data(), [someone])


def test_mlflow_shows_what_was_done_and_names_nobody(trained: Workspace) -> None:
    someone = people_with_history(trained)[0]
    done = trained.forget([someone])
    assert done.version is not None
    store = MlflowStore(trained.path)
    client = mlflow_client(store.tracking_uri)
    run = client.get_run(done.version.run_id)
    assert run.info.status == "FINISHED"
    assert run.data.tags["hrreco.run"] == "forgetting"
    assert "settings and weights are those of version 1" in run.data.tags["hrreco.reason"]
    card = client.download_artifacts(done.version.run_id, "model_card.md")
    told = Path(card).read_text(encoding="utf-8")
    assert "- ease: taken out exactly" in told
    assert "- popularity: fitted again without them" in told
    for path in trained.path.rglob("*"):
        if path.is_file() and not path.name.startswith(("hrreco.db", "quarantine")):
            assert someone.encode() not in path.read_bytes(), path


def test_before_the_first_training_nobody_is_known(ingested: Workspace) -> None:
    someone = people_with_history(ingested)[0]
    assert ingested.forget([someone]).version is None


def test_an_unknown_employee_is_named(trained: Workspace) -> None:
    someone = people_with_history(trained)[0]
    with pytest.raises(UnknownIdError, match="did you mean 'E"):
        trained.forget([someone + "0"])
