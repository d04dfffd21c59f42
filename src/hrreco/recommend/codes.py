"""Why a course is not in an answer: one code per course, the same in every language."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int8]
"""int8 [courses], in catalogue order: a `LeftOut` each."""


class LeftOut(IntEnum):
    """What leaves a course out, in the order in which the rules are asked.

    Where several rules would leave a course out, the first of this order is named.
    """

    ELIGIBLE = 0
    LEFT_COMPANY = 1
    INACTIVE = 2
    SENSITIVE = 3
    TAKEN = 4
    EQUIVALENT_TAKEN = 5
    SUPPRESSED = 6
    """A person in charge has it suggested to nobody."""
    OVERRIDDEN = 7
    """A person in charge does not have it suggested to this employee."""
    IN_PROGRESS = 8
    DISMISSED = 9
    WRONG_LEVEL = 10
    LANGUAGE = 11
    PREREQUISITE_MISSING = 12
    NOT_IN_MODEL = 13
    NO_EVIDENCE = 14
    BEYOND_K = 15
    """Mandatory and due, but the answer is full of what is due sooner."""

    @property
    def code(self) -> str:
        """The code as callers see it, such as ``in_progress``."""
        return self.name.lower()


SUGGESTED = "suggested"
"""The code of `WhyNot` for a course that is in the answer."""

BELOW_CUT = "below_cut"
"""The code of `WhyNot` for an elective that could be shown, were k larger."""

EMPTY_CATALOGUE = "empty_catalogue"
"""Stands in an answer's `left_out`, with the count 0, when there is no course at all."""


def counted(codes: Codes) -> dict[str, int]:
    """Return how many courses each code leaves out; codes that leave out none are absent."""
    if not len(codes):
        return {EMPTY_CATALOGUE: 0}
    counts = np.bincount(codes, minlength=len(LeftOut)).tolist()
    return {_NAMES[i]: n for i, n in enumerate(counts) if n and i}


_NAMES = tuple(code.code for code in LeftOut)
