"""A model that serves: what scores courses, the rules beside it, and where both come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrreco.models import Origin, Recommender, read_bundle, write_bundle
from hrreco.models.fallback import Fallback
from hrreco.profiles import Vocabulary
from hrreco.training.recipe import Recipe, learned_by

if TYPE_CHECKING:
    from hrreco.data import LearningData
    from hrreco.privacy import OptOuts
    from hrreco.training.forgetting import Forgotten
    from hrreco.training.report import TrainingReport


@dataclass(frozen=True)
class TrainedModel:
    """A fitted recommender, and the rules for whoever it cannot or may not score.

    Attributes
    ----------
    recommender
        What scores courses: a learned model with the rules to fall back on, or the rules.
    origin
        What it was fitted on.
    report
        What the training compared; None for a model that was loaded.
    bundle_id
        That of the bundle it was loaded from; None for one that was not.
    """

    recommender: Recommender
    origin: Origin
    report: TrainingReport | None = None
    bundle_id: str | None = None

    def current(self) -> TrainedModel:
        """Return this model, which stays the same: see `advisor.ServingModel`."""
        return self

    @property
    def rules(self) -> Recommender:
        """Popularity by role, fitted on the same data."""
        model = self.recommender
        return model.rules if isinstance(model, Fallback) else model

    @property
    def is_learned(self) -> bool:
        """Whether anything but the rules scores courses."""
        return self.rules is not self.recommender

    @property
    def recipe(self) -> Recipe:
        """How to fit it again on other data."""
        return Recipe.of(learned_by(self.recommender))

    @property
    def vocabulary(self) -> Vocabulary:
        """The courses, features and skills the model knows."""
        return self.recommender.vocabulary

    def forget(
        self,
        employee_ids: Iterable[str],
        data: LearningData,
        opt_outs: OptOuts | Iterable[str] | None = None,
    ) -> Forgotten:
        """Take people out of the model: what is left is the model fitted without them.

        Models that count (transitions, item-kNN by cosine, RP3beta, EASE) take them out exactly;
        the others are fitted again on the rest. Blend weights and settings stay. It happens in
        place, so that nothing is left that still knows them: no other thread may use this model
        meanwhile, and where an error is raised it is of no further use.

        Parameters
        ----------
        data, opt_outs
            Those that the model was fitted with.

        Returns
        -------
        Forgotten
            The model as it is from now on, the data it was fitted on as far as it still knows
            them, and how each of its parts forgot.

        Raises
        ------
        UnknownIdError
            When somebody is not in `data`; names the close match.
        DataError
            When the model was not fitted on `data`, or nobody is left.
        ModelError
            When the rest is too little to learn from.
        """
        from hrreco.training.forgetting import forget

        return forget(self, employee_ids, data, opt_outs)

    def save(self, folder: str | Path) -> str:
        """Write the model as a bundle into a new `folder`; return the bundle's id.

        The same fit gives the same bytes.
        """
        return write_bundle(Path(folder), self.recommender, self.origin)

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
        return cls(bundle.model, bundle.origin, bundle_id=bundle.bundle_id)
