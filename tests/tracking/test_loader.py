from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy import sparse

from hrreco.errors import MissingColumnError
from hrreco.models import Recommender, TrainingData
from hrreco.models.popularity import Popularity
from hrreco.profiles.courses import CourseProfiles
from hrreco.profiles.learners import Learners
from hrreco.profiles.vocabulary import EVERYONE, Feature, Vocabulary
from hrreco.tracking import MlflowStore
from hrreco.tracking._mlflow import load_mlflow
from hrreco.tracking.loader import CourseRanker, _load_pyfunc

from .conftest import COURSES, fitted


@pytest.fixture(scope="module")
def ranker() -> CourseRanker:
    return CourseRanker(fitted(0))


def test_mlflow_serves_what_is_registered(
    store: MlflowStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.set_alias("champion", 1)  # whatever writes puts the paths of a moved store right
    monkeypatch.setenv("MLFLOW_TRACKING_URI", store.tracking_uri)
    histories = pd.DataFrame({"history": ["C1|C2", ""]})
    for seed, uri in enumerate(("models:/hrreco@champion", "models:/hrreco/2")):
        served = load_mlflow().pyfunc.load_model(uri).predict(histories, {"k": 3})
        assert served == CourseRanker(fitted(seed)).predict(histories, {"k": 3})


def test_best_courses_first_and_none_that_was_taken(ranker: CourseRanker) -> None:
    taken = np.zeros((1, len(COURSES)), dtype=np.float32)
    taken[0, [1, 2]] = 1
    scores = fitted(0).score(Learners.of_history(sparse.csr_matrix(taken)))[0]
    expected = sorted((c for c in range(6) if c not in (1, 2)), key=lambda c: -scores[c])
    assert ranker.predict(pl.DataFrame({"history": ["C1|C2"]})) == [[COURSES[c] for c in expected]]


def test_never_padded_and_never_more_than_k(ranker: CourseRanker) -> None:
    frame = pl.DataFrame({"history": ["C0|C1|C2|C3|C4", "C0|C1|C2|C3|C4|C5", ""]})
    assert [len(row) for row in ranker.predict(frame)] == [1, 0, 6]
    assert [len(row) for row in ranker.predict(frame, {"k": 2})] == [1, 0, 2]


def test_unknown_courses_and_missing_histories_are_nothing(ranker: CourseRanker) -> None:
    frame = pd.DataFrame({"history": ["C1", " C1 |C9", "", None, float("nan")]})
    rows = ranker.predict(frame)
    assert rows[0] == rows[1]
    assert rows[2] == rows[3] == rows[4]


def test_a_role_counts_where_the_model_knows_it() -> None:
    everyone, nurse, clerk = (
        Feature(EVERYONE, ""),
        Feature("role", "Nurse"),
        Feature("role", "Clerk"),
    )
    vocabulary = Vocabulary(("A", "B"), (everyone, nurse, clerk))
    history = np.repeat([[1, 0], [0, 1]], 10, axis=0).astype(np.float32)
    features = np.repeat([[1, 1, 0], [1, 0, 1]], 10, axis=0).astype(np.float32)
    learners = Learners(
        sparse.csr_matrix(history),
        sparse.csr_matrix(features),
        sparse.csr_matrix((20, 0), dtype=np.float32),
    )
    model: Recommender = Popularity().fit(
        TrainingData(learners, CourseProfiles.unknown(2), vocabulary)
    )
    frame = pl.DataFrame({"history": ["", "", ""], "role": ["Clerk", "Nurse", None]})
    ranked = CourseRanker(model).predict(frame)
    assert ranked[:2] == [["B", "A"], ["A", "B"]]
    assert sorted(ranked[2]) == ["A", "B"]


def test_a_frame_without_histories_is_refused(ranker: CourseRanker) -> None:
    with pytest.raises(MissingColumnError, match=r"'history'; it has courses$"):
        ranker.predict(pl.DataFrame({"courses": ["C1"]}))


def test_an_empty_frame_gives_nothing(ranker: CourseRanker) -> None:
    assert ranker.predict(pl.DataFrame({"history": []}, schema={"history": pl.String})) == []


def test_mlflow_s_entry_verifies_the_bundle(bundles: dict[str, tuple[Path, str]]) -> None:
    assert _load_pyfunc(str(bundles["old"][0])).predict(pl.DataFrame({"history": ["C1"]}))
