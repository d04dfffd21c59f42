"""The contract that every recommender keeps."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from hrreco.errors import NotFittedError
from hrreco.models._contributions import Contributions
from hrreco.models._explained import Explained, Scores, no_baseline
from hrreco.models._guard import checked_fit, checked_rest, learned_from
from hrreco.models._inputs import checked_courses, checked_learners
from hrreco.models._near import Near, Stripes
from hrreco.models._training_data import TrainingData
from hrreco.profiles import Learners, Vocabulary

Arrays = dict[str, NDArray[Any]]


class ModelConfig(BaseModel):
    """The settings of one recommender. Frozen; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Forgot(NamedTuple):
    """How one model forgot people.

    Attributes
    ----------
    model
        Its name.
    exact
        Whether they were taken out of what it had learned; if not, it was fitted again.
    seconds
        How long that took.
    """

    model: str
    exact: bool
    seconds: float


class Recommender(ABC):
    """Scores courses for learners it is handed; holds nothing about any person.

    A subclass gives `name`, `Config`, `_fit`, `_score`, `_contributions`, and the two halves
    of its stored form, `_arrays` and `_restore`. It may rely on checked inputs: float32 CSR,
    sorted, within bounds, of the vocabulary's shape, and in `_fit` no empty history.

    Attributes
    ----------
    only_counts
        Whether the model merely counts. Such rules can always be fitted: on no history at all,
        and with all courses alike.
    of_models
        Whether the model is made of others, which are fitted with it.
    from_history
        Whether what the model says of a learner comes from the courses of the history alone, so
        that it says more of who has taken more.
    """

    name: ClassVar[str]
    Config: ClassVar[type[ModelConfig]]
    only_counts: ClassVar[bool] = False
    of_models: ClassVar[bool] = False
    from_history: ClassVar[bool] = True

    def __init__(self, config: ModelConfig | None = None) -> None:
        self.config = config if config is not None else self.Config()
        self._vocabulary: Vocabulary | None = None

    @property
    def vocabulary(self) -> Vocabulary:
        """The courses, features and skills the model was fitted with.

        Raises
        ------
        NotFittedError
            When the model is not fitted.
        """
        if self._vocabulary is None:
            raise NotFittedError(f"{self.name} is not fitted; call fit(data) first")
        return self._vocabulary

    def fit(self, data: TrainingData) -> Self:
        """Learn from `data`, forgetting all that was learned before.

        Raises
        ------
        ModelError
            `DegenerateFitError` when the fit ends in nonsense, `FitTimeoutError` when it takes
            too long, `ModelError` when there is nothing the model could learn from.
        """
        self._vocabulary = None
        checked_fit(self, data)
        self._vocabulary = data.vocabulary
        return self

    @property
    def stripes(self) -> Stripes:
        """The courses in the order in which `near` tells of them.

        Raises
        ------
        NotFittedError
            When the model is not fitted.
        """
        return self._stripes(len(self.vocabulary.courses))

    @property
    def reads_needs(self) -> bool:
        """Whether it counts what learners lack of the skills that their roles need."""
        return False

    def forget(self, gone: Learners, rest: TrainingData) -> tuple[Forgot, ...]:
        """Unlearn some people, in place: what is left is the model fitted without them.

        Parameters
        ----------
        gone
            Those of the fit who are to be forgotten, just as they were in it.
        rest
            All that the model was fitted on, but for them. Where they can be taken out
            exactly, only its vocabulary is looked at, and its learners when little is left.

        Returns
        -------
        tuple of Forgot
            One for each model that this one is made of.

        Raises
        ------
        NotFittedError
            When the model is not fitted.
        ModelError
            When `gone` was not in the fit, or the model cannot be fitted on the rest. What is left
            then is of no use, and half of it may have forgotten.
        """
        started = time.perf_counter()
        gone = learned_from(checked_learners(gone, self.vocabulary, self.name), rest.limits)
        exact = rest.learners.history.nnz > 0 and self._forget(gone)
        if exact:
            self._vocabulary = None
            if self._knows_little(rest):
                checked_rest(self, rest)
            self._vocabulary = rest.vocabulary
        else:
            self.fit(rest)
        return (Forgot(self.name, exact, time.perf_counter() - started),)

    def score(self, learners: Learners) -> Scores:
        """Return the scores of all courses: float32 [learners x courses], finite.

        Raises
        ------
        NotFittedError
            When the model is not fitted.
        ModelError
            When the learners were built with another vocabulary, or hold values out of bounds.
        """
        learners = checked_learners(learners, self.vocabulary, self.name)
        return np.asarray(self._score(learners), dtype=np.float32)

    def contributions(self, learners: Learners, courses: NDArray[np.intp]) -> Contributions:
        """Return what the scores of some courses are made of.

        Parameters
        ----------
        learners
            n learners.
        courses
            [n x m]: the positions of m courses for each learner.

        Returns
        -------
        Contributions
            Baseline plus contributions equals the score to within 1e-5 x max(1, |score|).

        Raises
        ------
        NotFittedError, ModelError
            As for `score`; `ModelError` also for a position that is not in the vocabulary.
        """
        return self.explained(learners).contributions(courses)

    def explained(self, learners: Learners) -> Explained:
        """Return the scores of all courses, ready to tell what any of them is made of.

        The same as `score` and `contributions`, whose work is done once for both.

        Raises
        ------
        NotFittedError, ModelError
            As for `score`.
        """
        learners = checked_learners(learners, self.vocabulary, self.name)
        scores, contributions, baseline = self._explained(learners)
        return Explained(
            np.asarray(scores, dtype=np.float32),
            lambda courses: contributions(checked_courses(courses, scores.shape)),
            lambda courses: baseline(checked_courses(courses, scores.shape)),
        )

    def near(self, learners: Learners) -> Near:
        """Return scores of all courses that are quick to tell, for whoever ranks many learners.

        Raises
        ------
        NotFittedError, ModelError
            As for `score`.
        """
        return self._near(checked_learners(learners, self.vocabulary, self.name))

    def arrays(self) -> Arrays:
        """Return the fitted arrays, by name: all that the model learned."""
        _ = self.vocabulary
        return self._arrays()

    @classmethod
    def restore(
        cls, config: ModelConfig, arrays: Mapping[str, NDArray[Any]], vocabulary: Vocabulary
    ) -> Self:
        """Build a fitted model from what `arrays` gave."""
        model = cls(config)
        model._vocabulary = vocabulary
        model._restore(arrays)
        return model

    def engines(self) -> tuple[str, ...]:
        """Return the distributions whose versions, beside numpy's, decide what a fit learns."""
        return ()

    @abstractmethod
    def _fit(self, data: TrainingData) -> None: ...

    def _forget(self, gone: Learners) -> bool:  # noqa: ARG002 - for a subclass that can
        """Unlearn learners whose histories are not empty; return whether the model can do it."""
        return False

    def _knows_little(self, rest: TrainingData) -> bool:  # noqa: ARG002 - for a subclass
        """Return whether what `_forget` left has to be looked at, as after a fit.

        It need not be where that takes long and too much is left to be too little.
        """
        return True

    def _explained(self, learners: Learners) -> Explained:
        return Explained(
            self._score(learners),
            partial(self._contributions, learners),
            no_baseline,
        )

    def _stripes(self, n_courses: int) -> Stripes:
        return Stripes.of(np.arange(n_courses), n_courses)

    def _near(self, learners: Learners) -> Near:
        return Near.told(self._explained(learners), self.stripes)

    @abstractmethod
    def _score(self, learners: Learners) -> NDArray[Any]:
        """Return new, writable scores, float32 [learners x courses]."""

    @abstractmethod
    def _contributions(self, learners: Learners, courses: NDArray[np.intp]) -> Contributions: ...

    @abstractmethod
    def _arrays(self) -> Arrays: ...

    @abstractmethod
    def _restore(self, arrays: Mapping[str, NDArray[Any]]) -> None: ...
