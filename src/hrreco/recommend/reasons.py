"""Reasons, made from what a score is made of and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np

from hrreco.data.catalogue import Catalogue
from hrreco.models._contributions import Source, decode
from hrreco.profiles.profile import EmployeeProfile
from hrreco.profiles.vocabulary import EVERYONE, OTHER, Feature, Vocabulary
from hrreco.recommend.answer import Reason
from hrreco.recommend.mandatory import Duty
from hrreco.recommend.texts import Texts

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
        self._phrases = dict(_phrases(catalogue, vocabulary))
        n = len(vocabulary.courses) + len(vocabulary.features) + len(vocabulary.skills)
        self.quotable = np.array(
            [decode(number, vocabulary) in self._phrases for number in range(n)], dtype=bool
        )

    def of_elective(
        self, parts: list[tuple[Source, float]], profile: EmployeeProfile, texts: Texts
    ) -> tuple[Reason, ...]:
        """Return the largest reasons, at most `MOST_REASONS`.

        Parameters
        ----------
        parts
            The positive parts of a score (`Contributions.largest`); at least one is quotable.
            What two of them would say in the same words is said once, with both shares.
        """
        total = sum(value for _, value in parts)
        weights: dict[_Words, float] = {}
        said: dict[_Words, _Phrase] = {}
        for source, value in parts:
            phrase = self._phrases.get(source)
            if phrase is not None:
                said.setdefault(phrase.words, phrase)
                weights[phrase.words] = weights.get(phrase.words, 0.0) + value
        largest = sorted(weights, key=weights.__getitem__, reverse=True)[:MOST_REASONS]
        worth_saying = LEAST_SHARE * weights[largest[0]]
        return tuple(
            _reason(said[words], weights[words] / total, profile, texts)
            for words in largest
            if weights[words] >= worth_saying
        )


def _reason(phrase: _Phrase, share: float, profile: EmployeeProfile, texts: Texts) -> Reason:
    code, (key, name), subject = phrase
    if code == "completed_course" and not _has_completed(profile, subject):
        # A course begun, failed or rated is evidence, too, but was perhaps never completed.
        code, key = "course_in_history", "reason.course_in_history"
    return Reason(code, texts.say(key, name=name), share, subject)


def _has_completed(profile: EmployeeProfile, course_id: str | None) -> bool:
    entry = profile.history.get(course_id or "")
    return entry is not None and entry.completed


def _phrases(catalogue: Catalogue, vocabulary: Vocabulary) -> Iterator[tuple[Source, _Phrase]]:
    for i, course_id in enumerate(vocabulary.courses):
        here = catalogue.position.get(course_id)
        if here is not None and not catalogue.sensitive[here]:
            yield Source("course", i), _of("completed_course", catalogue.titles[here], course_id)
    for i, feature in enumerate(vocabulary.features):
        if feature.kind in FEATURE_CODES:
            yield Source("feature", i), _of_feature(feature)
    for i, skill in enumerate(vocabulary.skills):
        yield Source("skill", i), _of("role_skill", skill, skill)


def _of_feature(feature: Feature) -> _Phrase:
    code = FEATURE_CODES[feature.kind]
    if feature.value == OTHER:
        # Rare values that were pooled: there is no one value to name.
        return _Phrase(code, _Words(f"reason.{code}_other"))
    return _of(code, feature.value if code == "skill" else "", feature.value or None)


def _of(code: str, name: str, subject: str | None) -> _Phrase:
    return _Phrase(code, _Words(f"reason.{code}", name), subject)


def of_duty(duty: Duty, today: date, texts: Texts) -> tuple[Reason, ...]:
    """Return the one reason for a mandatory course that is due."""
    if duty.due_on is None:
        text = texts.say("reason.required")
    else:
        state = "overdue" if duty.due_on < today else "due"
        what = "renewal" if duty.renewal else "required"
        text = texts.say(f"reason.{what}_{state}", date=texts.day(duty.due_on))
    return (Reason("required", text, 1.0),)
