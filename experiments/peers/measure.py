"""Ask all libraries in turn, round by round, and keep what they said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median

from peers.library import OURS, RIVALS, Answer, Library
from peers.plan import PER_SECOND, Measurement

_BARE = "implicit"
"""The library that also measures parts of an algorithm, under names of their own."""


@dataclass
class Found:
    """What one library took for one measurement.

    Attributes
    ----------
    values
        One of each round, in the measurement's unit.
    asked
        How many employees were answered in one round, where that is measured.
    last
        The last answer, as the library gave it.
    """

    values: list[float] = field(default_factory=list)
    peak_mib: float = 0.0
    asked: int = 0
    failed: str | None = None
    last: Answer = field(default_factory=dict)

    @property
    def median(self) -> float | None:
        """The median of the rounds; None where one failed."""
        return None if self.failed or not self.values else median(self.values)


@dataclass(frozen=True)
class Row:
    """One measurement, by library."""

    measurement: Measurement
    found: Mapping[str, Found]

    def times_slower(self, name: str) -> float | None:
        """Return the median over the rounds of hrreco's time to that of a library.

        Below 1, hrreco is faster.
        """
        ours, theirs = self.found.get(OURS), self.found.get(name)
        if ours is None or theirs is None or ours.median is None or theirs.median is None:
            return None
        ratios = [a / b for a, b in zip(ours.values, theirs.values, strict=True)]
        ratio = median(ratios)
        return 1 / ratio if self.measurement.unit == PER_SECOND else ratio

    @property
    def ahead(self) -> bool | None:
        """Whether hrreco is faster than every rival that has an answer; None without any."""
        known = [self.times_slower(name) for name in RIVALS]
        slower = [ratio for ratio in known if ratio is not None]
        return max(slower) < 1 if slower else None


def run(measurement: Measurement, libraries: Mapping[str, Library]) -> Row:
    """Measure one row; in every other round, the libraries take their turns in reverse."""
    found = {name: Found() for name in measurement.questions}
    for turn in range(measurement.rounds):
        names = list(found) if turn % 2 == 0 else list(reversed(found))
        for name in names:
            if found[name].failed is None:
                library = libraries.get(name, libraries[_BARE])
                _note(found[name], measurement, _asked(library, name, measurement))
    return Row(measurement, found)


def _asked(library: Library, name: str, measurement: Measurement) -> Answer:
    question = measurement.questions[name]
    if not library.installed:
        return {"failed": "not installed"}
    if question.get("model") in library.unfit and question["do"] != "fit":
        return {"failed": "not fitted"}
    answer = library.ask(measurement.limit, **question)
    if "failed" in answer and question["do"] == "fit":
        library.unfit.add(question["model"])
    return answer


def _note(found: Found, measurement: Measurement, answer: Answer) -> None:
    found.last = answer
    if "failed" in answer:
        found.failed = answer["failed"]
        return
    found.peak_mib = max(found.peak_mib, answer.get("peak_mib") or 0.0)
    if measurement.unit == PER_SECOND:
        found.asked = answer["asked"]
        found.values.append(found.asked / answer["seconds"])
    else:
        found.values.append(answer["seconds"])
