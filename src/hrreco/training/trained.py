"""A model that serves: what scores courses, the rules beside it, and where both come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrreco.models import Recommender, read_bundle, write_bundle
from hrreco.models.fallback import Fallback
from hrreco.profiles import Vocabulary
from hrreco.training.recipe import Recipe, learned_by

if TYPE_CHECKING:
    from hrreco.training.report import TrainingReport


@dataclass(frozen=True)
class TrainedModel:
    """A fitted recommender, and the rules for whoever it cannot or may not score.

    Attributes
    ----------
    recommender
        What scores courses: a learned model with the rules to fall back on, or the rules.
    fingerprints
        SHA-256 of each table it was fitted on.
    ingest_seq
        The last ingest it has seen; None where the data did not come from a store.
    report
        What the training compared; None for a model that was loaded.
    """

    recommender: Recommender
    fingerprints: Mapping[str, str]
    ingest_seq: int | None = None
    report: TrainingReport | None = None

    def current(self) -> TrainedModel:
        """Return this model, which stays the same: see `advisor.ServingModel`."""
        return self

    @property
    def rules(self) -> Recommender:
        """Popularity by role, fitted on the same data."""
        model = self.recommender
        return model.rules if isinstance(model, Fallback) else model

    @property
    def recipe(self) -> Recipe:
        """How to fit it again on other data."""
        return Recipe.of(learned_by(self.recommender))

    @property
    def vocabulary(self) -> Vocabulary:
        """The courses, features and skills the model knows."""
        return self.recommender.vocabulary

    def save(self, folder: str | Path) -> str:
        """Write the model as a bundle into a new `folder`; return the bundle's id.

        The same fit gives the same bytes.
        """
        return write_bundle(
            Path(folder),
            self.recommender,
            fingerprints=self.fingerprints,
            ingest_seq=self.ingest_seq,
        )

    @classmethod
    def load(cls, source: str | Path, bundle_id: str | None = None) -> TrainedModel:
        """Load a model, verified against its manifest before anything of it is used.

        Parameters
        ----------
        source
            The folder of a bundle, or an MLflow address such as ``models:/hrreco@champion``.
        bundle_id
            The id the bundle must have, where the caller knows it.

        Raises
        ------
        BundleError
            When the bundle is torn, changed, or cannot be found.
        """
        if str(source).startswith("models:/"):
            from hrreco.tracking import resolve

            source, bundle_id = resolve(str(source))
        bundle = read_bundle(Path(source), bundle_id)
        return cls(
            recommender=bundle.model,
            fingerprints=bundle.manifest.fingerprints,
            ingest_seq=bundle.manifest.ingest_seq,
        )
