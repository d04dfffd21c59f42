from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
import pytest

from hrreco.data import LearningData
from hrreco.evaluation import Interactions
from hrreco.profiles import Vocabulary, build_vocabulary
from hrreco.settings import Moment
from hrreco.training import TrainConfig
from hrreco.training.interactions import events_of, interactions_of
from hrreco.training.windows import Windows, cut_at, cut_windows, moment_of
from tests.conftest import AS_OF

CONFIG = TrainConfig()
ZONE = "Europe/Helsinki"


@pytest.fixture(scope="module")
def vocabulary(learning_data: LearningData) -> Vocabulary:
    return build_vocabulary(learning_data, Moment.of(AS_OF, "Europe/Helsinki"))


def known(data: LearningData, vocabulary: Vocabulary, until: Moment) -> Interactions:
    return interactions_of(data, vocabulary, events_of(data, vocabulary, until))


@pytest.fixture(scope="module")
def interactions(learning_data: LearningData, vocabulary: Vocabulary) -> Interactions:
    return known(learning_data, vocabulary, Moment.of(AS_OF, "Europe/Helsinki"))


def windows_of(interactions: Interactions) -> Windows:
    windows = cut_windows(interactions, CONFIG, ZONE)
    assert windows is not None
    return windows


def test_three_windows_hold_the_shares_asked_for(interactions: Interactions) -> None:
    windows = windows_of(interactions)
    assert interactions.time is not None
    times = interactions.time[interactions.relevant]
    assert np.mean(times >= windows.gate_from) == pytest.approx(CONFIG.gate_share, abs=0.01)
    chosen_by = (times >= windows.choose_from) & (times < windows.gate_from)
    assert np.mean(chosen_by) == pytest.approx(CONFIG.choose_share, abs=0.01)


def test_the_windows_begin_at_midnight_so_that_no_one_event_shows(
    learning_data: LearningData, vocabulary: Vocabulary, interactions: Interactions
) -> None:
    windows = windows_of(interactions)
    for day, cut in (
        (windows.choose_on, windows.choose_from),
        (windows.gate_on, windows.gate_from),
    ):
        local = moment_of(cut).astimezone(ZoneInfo(ZONE))
        assert (local.date(), local.time()) == (day, time())
    assert windows.to_json() == {
        "choose_from": windows.choose_on.isoformat(),
        "gate_from": windows.gate_on.isoformat(),
    }


def test_nothing_after_a_cut_is_in_a_fit(
    learning_data: LearningData, vocabulary: Vocabulary, interactions: Interactions
) -> None:
    windows = windows_of(interactions)
    cut = cut_at(learning_data, interactions, windows.choose_from, None, CONFIG)
    assert interactions.time is not None
    before = interactions.where(interactions.time < windows.choose_from)
    seen = set(before.pair.tolist())
    history = cut.learners.history.tocoo()
    assert {
        r * history.shape[1] + c for r, c in zip(history.row, history.col, strict=True)
    } <= seen
    assert cut.split.targets.multiply(cut.split.exclude).nnz == 0


def test_what_came_after_a_cut_changes_nothing_that_models_see(
    learning_data: LearningData, interactions: Interactions
) -> None:
    cut = windows_of(interactions).choose_from
    before = learning_data.events["occurred_at"].dt.epoch("us") < cut
    only_before = replace(learning_data, events=learning_data.events.filter(before))
    inferred = learning_data.events.join(
        learning_data.courses.select("course_id", pl.col("skills").list.first()), on="course_id"
    ).select(
        "employee_id",
        pl.col("skills").struct.field("skill"),
        pl.lit(None, pl.Int32).alias("level"),
        pl.lit("inferred").alias("source"),
    )
    told = learning_data.employee_skills
    later = replace(
        learning_data,
        employee_skills=pl.concat(
            [told, inferred.drop_nulls("skill").unique().select(told.columns).cast(told.schema)]
        ).unique(["employee_id", "skill"], keep="first", maintain_order=True),
    )
    seen = [cut_at(data, interactions, cut, None, CONFIG) for data in (only_before, later)]
    assert seen[0].training.vocabulary == seen[1].training.vocabulary
    for name in ("history", "features", "needs"):
        one, other = (getattr(known.learners, name) for known in seen)
        assert (one != other).nnz == 0


def test_a_feature_that_too_few_people_had_at_a_cut_is_none_there(
    learning_data: LearningData, interactions: Interactions
) -> None:
    early = int(np.quantile(interactions.time, 0.02))
    at_the_cut = cut_at(learning_data, interactions, early, None, CONFIG).training
    having = at_the_cut.learners.features[np.diff(at_the_cut.learners.history.indptr) > 0]
    assert (np.asarray(having.sum(axis=0)).ravel()[1:] >= 5).all()


def test_mandatory_completions_are_no_targets(
    learning_data: LearningData, vocabulary: Vocabulary, interactions: Interactions
) -> None:
    people = learning_data.employees.select("role", "department").rows()
    catalogue = learning_data.catalogue
    for learner, course in zip(
        interactions.learner[interactions.relevant],
        interactions.course[interactions.relevant],
        strict=True,
    ):
        position = catalogue.position[vocabulary.courses[course]]
        assert not catalogue.mandatory_for(*people[learner])[position]


def test_a_window_that_would_be_empty_gives_none(
    learning_data: LearningData, vocabulary: Vocabulary
) -> None:
    early = Moment.of(learning_data.events["occurred_at"].min(), "Europe/Helsinki")
    assert cut_windows(known(learning_data, vocabulary, early), CONFIG, ZONE) is None


def test_completions_all_on_one_day_cannot_be_cut(
    learning_data: LearningData, vocabulary: Vocabulary
) -> None:
    same = pl.lit(learning_data.events["occurred_at"].min())
    at_once = replace(learning_data, events=learning_data.events.with_columns(occurred_at=same))
    found = known(at_once, vocabulary, Moment.of(AS_OF, "Europe/Helsinki"))
    assert cut_windows(found, CONFIG, ZONE) is None
