"""One real MLflow store, made once; each test gets a copy, in another folder, of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from hrreco.models import TrainingData, write_bundle
from hrreco.models.ease import Ease
from hrreco.profiles.courses import CourseProfiles
from hrreco.profiles.learners import Learners
from hrreco.profiles.vocabulary import Vocabulary
from hrreco.tracking import Metric, MlflowStore, RunRecord, Saved
from tests.models.company import origin

COURSES = tuple(f"C{i}" for i in range(6))
Record = Callable[..., RunRecord]


def fitted(seed: int) -> Ease:
    taken = np.random.default_rng(seed).random((60, len(COURSES))) < 0.4
    learners = Learners.of_history(sparse.csr_matrix(taken.astype(np.float32)))
    data = TrainingData(learners, CourseProfiles.unknown(len(COURSES)), Vocabulary(COURSES))
    return Ease().fit(data)


@pytest.fixture(scope="session")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, str]]:
    """Folder and id of two bundles, by name."""
    root = tmp_path_factory.mktemp("bundles")
    folders = {"old": root / "old", "new": root / "new"}
    return {
        name: (
            folder,
            write_bundle(
                folder, fitted(seed), origin(fingerprints={"events": "e1"}, ingest_seq=1)
            ),
        )
        for seed, (name, folder) in enumerate(folders.items())
    }


@pytest.fixture(scope="session")
def record(bundles: dict[str, tuple[Path, str]]) -> Record:
    """Make the record of a training that ended in the bundle of that name."""

    def of(name: str, **changes: object) -> RunRecord:
        plain = RunRecord(
            what="training",
            started_at=datetime(2026, 3, 31, 12, tzinfo=UTC),
            params={"seed": 7, "models": {"ease": {"regularisation": 500.0}}, "kept": None},
            fingerprints={"events": "e1f2", "courses": "c3d4"},
            metrics={"ease.ndcg@10": Metric(0.2, 0.1, 0.3), "popularity.ndcg@10": Metric(0.15)},
            verdict="promoted",
            reason="better than the rules",
            report={"models": {"ease": {"ndcg@10": 0.2}}},
            card="# hrreco model card\n",
            bundles={"champion": Saved(*bundles[name])},
        )
        return replace(plain, **changes)

    return of


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory, record: Record) -> Path:
    """A workspace with versions 1 and 2, 1 the champion; then moved from where it was made."""
    made = tmp_path_factory.mktemp("made") / "first home"
    made.mkdir()
    store = MlflowStore(made)
    for name in ("old", "new"):
        store.register(store.log_training(record(name))["champion"])
    store.set_alias("champion", 1)
    return made.rename(made.with_name("second home #2"))


@pytest.fixture
def store(original: Path, tmp_path: Path) -> MlflowStore:
    """A copy of that workspace."""
    return MlflowStore(shutil.copytree(original, tmp_path / "third home ä"))
