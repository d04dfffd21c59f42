"""What a caller gets: an answer, its recommendations and their reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple, overload

from hrreco.settings import Language

Kind = Literal["mandatory", "elective"]


class Reason(NamedTuple):
    """One reason for a recommendation.

    A tuple, as an answer has dozens, and a frozen dataclass takes thrice as long to make.

    Attributes
    ----------
    code
        Such as ``completed_course`` or ``required``; the same in every language.
    text
        A sentence or phrase for the employee, in the answer's language.
    share
        The reason's part of all that speaks for the course, above 0 and at most 1. The shares
        of one recommendation sum to 1 at most: not every reason is shown.
    subject
        The course id, skill or feature value that the reason is about; None where it is about
        no single one.
    """

    code: str
    text: str
    share: float
    subject: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return code, text and share as plain JSON values."""
        return {"code": self.code, "text": self.text, "share": self.share}


class Recommendation(NamedTuple):
    """One course that is suggested, and why.

    Attributes
    ----------
    due_on
        The last day on which a mandatory course is in time; None when that is not known, and
        for an elective.
    score
        The model's score of an elective, in the model's own unit; None for a mandatory course,
        and for one that a person has chosen.
    reasons
        At least one, at most three; the largest first.
    hours, format, url
        How long the course takes, how it is held, and where it is found; None where the
        catalogue does not say.
    """

    course_id: str
    title: str
    kind: Kind
    due_on: date | None
    score: float | None
    reasons: tuple[Reason, ...]
    hours: float | None = None
    format: str | None = None
    url: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values; the score is not among them."""
        return {
            "course_id": self.course_id,
            "title": self.title,
            "kind": self.kind,
            "hours": self.hours,
            "format": self.format,
            "url": self.url,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "reasons": [reason.to_json() for reason in self.reasons],
        }


@dataclass(frozen=True, slots=True)
class Answer(Sequence[Recommendation]):
    """What is suggested to one employee: mandatory courses first, then electives.

    Attributes
    ----------
    as_of
        The day the answer holds for, in the company's time zone.
    lang
        The language of its texts.
    items
        The recommendations, best first; no more than were asked for, and never padded.
    left_out
        How many courses of the catalogue each code left out. A course counts once at most; one
        that merely ranks below the last one shown is not counted. Never empty when `items` is.
    decision_id
        By which the log of answers names it; None where none is kept.
    """

    employee_id: str
    as_of: date
    lang: Language
    items: tuple[Recommendation, ...]
    left_out: Mapping[str, int]
    decision_id: str | None = field(default=None, compare=False)

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, index: int) -> Recommendation: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Recommendation, ...]: ...
    def __getitem__(self, index: int | slice) -> Recommendation | tuple[Recommendation, ...]:
        return self.items[index]

    def __iter__(self) -> Iterator[Recommendation]:
        return iter(self.items)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values; scores are not among them."""
        return {
            "employee_id": self.employee_id,
            "as_of": self.as_of.isoformat(),
            "recommendations": [item.to_json() for item in self.items],
            "left_out": dict(self.left_out),
            "decision_id": self.decision_id,
        }


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why one course is, or is not, in the answer of one employee.

    Attributes
    ----------
    suggested
        Whether the course is in the answer.
    code
        ``suggested``, ``below_cut``, or what leaves the course out.
    text
        The same as a sentence for the employee.
    rank
        The course's place in an answer of any length, from 1; None when it has no place.
    course_ids
        The other courses that `text` names: the prerequisites that are missing, or the equivalent
        that was taken. Never a sensitive one, and so perhaps not all.
    until
        The day on which it ends: the last day on which a course that was taken counts, or the day
        in the course of which one that was started or dismissed may be suggested again.
    reasons
        What speaks for a course that has a place; empty when it has none.
    decision_id
        By which the log of answers names it; None where none is kept.
    """

    employee_id: str
    course_id: str
    title: str
    suggested: bool
    code: str
    text: str
    rank: int | None
    reasons: tuple[Reason, ...]
    course_ids: tuple[str, ...] = ()
    until: date | None = None
    decision_id: str | None = field(default=None, compare=False)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "employee_id": self.employee_id,
            "course_id": self.course_id,
            "title": self.title,
            "suggested": self.suggested,
            "code": self.code,
            "text": self.text,
            "rank": self.rank,
            "course_ids": list(self.course_ids),
            "until": self.until.isoformat() if self.until else None,
            "reasons": [reason.to_json() for reason in self.reasons],
            "decision_id": self.decision_id,
        }
