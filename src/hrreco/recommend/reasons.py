"""Reasons, made from what a score is made of and from nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hrreco.data import Catalogue
from hrreco.profiles import EVERYONE, OTHER, EmployeeProfile, Feature, Vocabulary
from hrreco.recommend.answer import Reason
from hrreco.recommend.mandatory import Duty
from hrreco.recommend.ranking import Evidence
from hrreco.settings import Texts

MOST_REASONS = 3
LEAST_SHARE = 0.01
"""A reason that weighs less than this part of the largest one explains nothing."""

FEATURE_CODES = {
    EVERYONE: "popular",
    "role": "role_next",
    "department": "department",
    "location": "location",
    "language": "language",
    "grade": "grade",
    "skill": "skill",
}
"""By kind of feature, the code of the reason it gives. Other kinds are never quoted."""


class _Words(NamedTuple):
    """The key of a text, and the name that stands in it."""

    key: str
    name: str = ""


class _Phrase(NamedTuple):
    """What one source says."""

    code: str
    words: _Words
    subject: str | None = None


_UNQUOTED = _Phrase("", _Words(""))
"""Stands for what is said of a source that there is no text for."""


class Reasons:
    """Turns the parts of scores into reasons, for one catalogue and vocabulary.

    Attributes
    ----------
    quotable
        bool [courses + features + skills], by the source numbers of `Contributions`: whether
        there is a text for the source. A sensitive course is never quoted, nor is one that has
        left the catalogue, whose title is not known.
    """

    def __init__(self, catalogue: Catalogue, vocabulary: Vocabulary) -> None:
        self._phrases = [
            *(_of_course(course_id, catalogue) for course_id in vocabulary.courses),
            *map(_of_feature, vocabulary.features),
            *(_of("role_skill", skill, skill) for skill in vocabulary.skills),
        ]
        number: dict[_Words, int] = {}
        self._words = np.array(
            [number.setdefault(phrase.words, len(number)) for phrase in self._phrases],
            dtype=np.intp,
        )
        self._said: dict[tuple[str, int, str], str] = {}
        self.quotable = np.array([phrase != _UNQUOTED for phrase in self._phrases], dtype=bool)

    def of_electives(
        self, evidence: Sequence[Evidence], profile: EmployeeProfile, texts: Texts
    ) -> list[tuple[Reason, ...]]:
        """Return the one to three reasons that weigh most, for each elective of one learner.

        Parameters
        ----------
        evidence
            At least one positive part of each is quotable. What several of them would say in the
            same words is said once, with all their shares, of the largest.
        """
        if not evidence:
            return []
        value = np.maximum([one.value for one in evidence], 0.0)
        speakers, shares = self._largest(evidence[0].source, value)
        return [
            tuple(
                self._reason(speaker, share, profile, texts)
                for speaker, share in zip(*row, strict=True)
                if share
            )
            for row in zip(speakers.tolist(), shares.tolist(), strict=True)
        ]

    def _largest(
        self, source: NDArray[np.intp], value: NDArray[np.float64]
    ) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return who speaks for each course, and with what share: two arrays [courses x 3].

        A share of 0 is that of nobody, or not worth saying.
        """
        speakers, weights = self._in_the_same_words(source, value)
        weights[:, ~self.quotable[source]] = 0.0
        row = np.arange(len(value))[:, None]
        best = np.argsort(-weights, axis=1, kind="stable")[:, :MOST_REASONS]
        weights = weights[row, best]
        worth_saying = weights >= LEAST_SHARE * weights[:, :1]
        shares = np.where(worth_saying, weights / value.sum(axis=1, keepdims=True), 0.0)
        return speakers[row, best], shares

    def _in_the_same_words(
        self, source: NDArray[np.intp], value: NDArray[np.float64]
    ) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return speakers and weights [courses x parts], parts in the same words added up.

        They stand where the first of them stood; the largest of them speaks.
        """
        first: dict[int, int] = {}
        said = [first.setdefault(w, at) for at, w in enumerate(self._words[source].tolist())]
        if len(first) == len(said):
            return np.tile(source, (len(value), 1)), value.copy()
        order = np.argsort(-value, axis=1, kind="stable")
        cells = (np.array(said)[order] + _first_cells(value)).ravel()
        falling = np.take_along_axis(value, order, axis=1)
        weights = np.bincount(cells, falling.ravel(), value.size).astype(np.float64)
        speakers = np.zeros(value.size, dtype=np.intp)
        speakers[cells[::-1]] = source[order].ravel()[::-1]  # the largest is written last
        return speakers.reshape(len(value), -1), weights.reshape(len(value), -1)

    def _reason(self, source: int, share: float, profile: EmployeeProfile, texts: Texts) -> Reason:
        code, (key, name), subject = self._phrases[source]
        if code == "completed_course" and not profile.has_completed(subject or ""):
            # A course begun, failed or rated is evidence, too, but was perhaps never completed.
            code, key = "course_in_history", "reason.course_in_history"
        said = self._said.get((texts.language, source, code))
        if said is None:
            said = self._said[texts.language, source, code] = texts.say(key, name=name)
        return Reason(code, said, share, subject)


def _first_cells(table: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return where each row of a table begins when it is read row by row: [rows x 1]."""
    return np.arange(0, table.size, table.shape[1])[:, None]


def _of_course(course_id: str, catalogue: Catalogue) -> _Phrase:
    here = catalogue.position.get(course_id)
    if here is None or catalogue.sensitive[here]:
        return _UNQUOTED
    return _of("completed_course", catalogue.titles[here], course_id)


def _of_feature(feature: Feature) -> _Phrase:
    code = FEATURE_CODES.get(feature.kind)
    if code is None:
        return _UNQUOTED
    if feature.value == OTHER:
        # Rare values that were pooled: there is no one value to name.
        return _Phrase(code, _Words(f"reason.{code}_other"))
    return _of(code, feature.value if code == "skill" else "", feature.value or None)


def _of(code: str, name: str, subject: str | None) -> _Phrase:
    return _Phrase(code, _Words(f"reason.{code}", name), subject)


def of_duty(duty: Duty, today: date, texts: Texts) -> tuple[Reason, ...]:
    """Return the one reason for a mandatory course that is due: whose rule it is, and by when."""
    text = texts.say(f"reason.required_{duty.rule}")
    if duty.due_on is not None:
        state = "overdue" if duty.due_on < today else "due"
        what = "renewal" if duty.renewal else "required"
        text = texts.say(f"reason.{what}_{state}", required=text, date=texts.day(duty.due_on))
    return (Reason("required", text, 1.0),)


def of_choice(texts: Texts) -> tuple[Reason, ...]:
    """Return the one reason for a course that a person in charge has put in another's place."""
    return (Reason("chosen", texts.say("reason.chosen"), 1.0),)
