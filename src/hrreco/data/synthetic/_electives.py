"""Who took which elective course when: choices simulated one round at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator, SeedSequence
from numpy.typing import NDArray

from hrreco.data.synthetic._calendar import DAY
from hrreco.data.synthetic._config import CompanyConfig
from hrreco.data.synthetic._curriculum import NONE, Curriculum
from hrreco.data.synthetic._knowledge import Knowledge
from hrreco.data.synthetic._tastes import Tastes
from hrreco.data.synthetic._workforce import Workforce

OUTCOMES = ("completed", "passed", "failed", "dropped", "started", "enrolled")
_OUTCOME_SHARES = (0.7, 0.13, 0.04, 0.06, 0.04, 0.03)
FINISHED = 2  # the first two outcomes
_CELLS = 40_000_000  # employees x courses that are simulated at once: bounds memory
_ATTEMPTS = 5
_SECOND_INTEREST = 0.15
_NEW_HIRE_PACE = 2.0  # new hires take electives this much faster
_LONGEST_CHAIN = 3  # of prerequisites


@dataclass(frozen=True)
class Taken:
    """Elective courses taken up: parallel arrays, sorted by employee, then by time.

    Attributes
    ----------
    employee, course
        Positions; each pair once.
    at
        datetime64[s]: when the outcome occurred (UTC).
    outcome
        Positions in `OUTCOMES`.
    """

    employee: NDArray[np.int64]
    course: NDArray[np.int64]
    at: NDArray[np.datetime64]
    outcome: NDArray[np.int64]


def electives(
    config: CompanyConfig,
    staff: Workforce,
    courses: Curriculum,
    known: Knowledge,
    liked: Tastes,
    seeds: SeedSequence,
) -> Taken:
    """Let everyone choose, some thousands of employees at a time."""
    size = max(1, _CELLS // len(courses))
    starts = range(0, len(staff), size)
    parts = [
        _Choices(config, staff, courses, known, slice(start, start + size), seed).run(liked)
        for start, seed in zip(starts, seeds.spawn(len(starts)), strict=True)
    ]
    return Taken(
        np.concatenate([part.employee for part in parts]),
        np.concatenate([part.course for part in parts]),
        np.concatenate([part.at for part in parts]),
        np.concatenate([part.outcome for part in parts]),
    )


def working_hours(days: NDArray[np.datetime64], rng: Generator) -> NDArray[np.datetime64]:
    """Return a moment of each day between 06:00 and 14:00 UTC, when people are at work."""
    seconds = rng.integers(6 * 3600, 14 * 3600, len(days))
    return np.asarray(days.astype("datetime64[s]") + seconds.astype("timedelta64[s]"))


class _Choices:
    """The choices of the employees of one slice. Rows count from the start of the slice."""

    def __init__(
        self,
        config: CompanyConfig,
        staff: Workforce,
        courses: Curriculum,
        known: Knowledge,
        part: slice,
        seed: SeedSequence,
    ) -> None:
        self.rng = np.random.default_rng(seed)
        self.courses = courses
        self.first = part.start
        self.role = staff.role[part]
        self.group = staff.group[part]
        self.second_group = staff.second_group[part]
        self.closed = _closed(staff, courses, part)
        self.finished = np.zeros_like(self.closed)
        self._leave_out_known(known)
        self.owner, self.at = self._slots(config, staff, part)
        shares = self.rng.choice(len(OUTCOMES), len(self.owner), p=_OUTCOME_SHARES)
        self.outcome = shares.astype(np.int64)
        self.chosen = np.full(len(self.owner), NONE)

    def run(self, liked: Tastes) -> Taken:
        """Fill the first slot of every employee, then the second of every employee, and so on."""
        counts = np.bincount(self.owner, minlength=len(self.role))
        first_slot = np.cumsum(counts) - counts
        last = np.full(len(self.role), NONE)
        for turn in range(counts.max(initial=0)):
            rows = np.flatnonzero(counts > turn)
            slots = first_slot[rows] + turn
            course = self._next_steps(rows, last[rows], self.at[slots])
            for _ in range(_ATTEMPTS):
                todo = np.flatnonzero(course == NONE)
                course[todo] = self._choose(rows[todo], self.at[slots[todo]], turn, liked)
            filled = course != NONE
            rows, slots, course = rows[filled], slots[filled], course[filled]
            self.chosen[slots] = course
            self.closed[rows, course] = self.closed[rows, self.courses.original[course]] = True
            done = self.outcome[slots] < FINISHED
            self.finished[rows[done], self.courses.original[course[done]]] = True
            last[rows[done]] = course[done]
        kept = self.chosen != NONE
        return Taken(
            self.owner[kept] + self.first, self.chosen[kept], self.at[kept], self.outcome[kept]
        )

    def _slots(
        self, config: CompanyConfig, staff: Workforce, part: slice
    ) -> tuple[NDArray[np.int64], NDArray[np.datetime64]]:
        """Return whose each slot is and when it ends, sorted by both."""
        first, last = staff.first_day[part], staff.last_day[part]
        days = (last - first).astype(np.int64) + 1
        pace = config.electives_per_year * np.where(staff.is_new[part], _NEW_HIRE_PACE, 1.0)
        expected = pace * self.rng.gamma(4.0, 0.25, len(days)) * days / 365
        most = np.count_nonzero(self.courses.popularity) // 2
        owner = np.repeat(np.arange(len(days)), np.minimum(self.rng.poisson(expected), most))
        day = first[owner] + (self.rng.random(len(owner)) * days[owner]).astype(np.int64) * DAY
        at = working_hours(day, self.rng)
        order = np.lexsort((at, owner))
        return owner[order], at[order]

    def _leave_out_known(self, known: Knowledge) -> None:
        """Close the courses that teach a new hire nothing new; they count as prerequisites."""
        mine = known.prior & (known.employee >= self.first)
        mine &= known.employee < self.first + len(self.role)
        for row, skill, level in zip(
            known.employee[mine] - self.first, known.skill[mine], known.level[mine], strict=True
        ):
            teaches = (self.courses.teaches[:, skill] > 0) & (self.courses.level <= level)
            self.closed[row, teaches] = True
            self.finished[row, teaches] = True

    def _next_steps(
        self, rows: NDArray[np.int64], last: NDArray[np.int64], at: NDArray[np.datetime64]
    ) -> NDArray[np.int64]:
        """Return the planted next step of those who take it, and NONE for others."""
        course = np.where(last == NONE, NONE, self.courses.next_step[last])
        likely = np.where(last == NONE, 0.0, self.courses.next_probability[last])
        takes = (self.rng.random(len(rows)) < likely) & (course != NONE)
        needs = self.courses.prerequisite[course]
        takes &= (needs == NONE) | self.finished[rows, needs]
        return np.where(takes & self._open(rows, course, at), course, NONE)

    def _choose(
        self, rows: NDArray[np.int64], at: NDArray[np.datetime64], turn: int, liked: Tastes
    ) -> NDArray[np.int64]:
        """Draw a course, or the first missing prerequisite of it; NONE where that is closed."""
        second = self.rng.random(len(rows)) < _SECOND_INTEREST
        interest = np.where(second, self.second_group[rows], self.group[rows])
        course = liked.draw(self.role[rows], interest, turn, self.rng)
        for _ in range(_LONGEST_CHAIN):
            needs = self.courses.prerequisite[course]
            missing = (needs != NONE) & ~self.finished[rows, needs]
            course = np.where(missing, needs, course)
        return np.where(self._open(rows, course, at), course, NONE)

    def _open(
        self, rows: NDArray[np.int64], course: NDArray[np.int64], at: NDArray[np.datetime64]
    ) -> NDArray[np.bool_]:
        in_time = at < self.courses.retired_on[course] + DAY
        closed = self.closed[rows, course] | self.closed[rows, self.courses.original[course]]
        return np.asarray(in_time & ~closed)


def _closed(staff: Workforce, courses: Curriculum, part: slice) -> NDArray[np.bool_]:
    """Return what is no elective for whom: mandatory, or in a language they do not speak."""
    closed = np.zeros((len(staff.language[part]), len(courses)), dtype=bool)
    for at, course in courses.standing.items():
        closed[:, at] = staff.named_by(course.rules)[part]
    for at, language in enumerate(courses.table["language"]):
        if language is not None:
            closed[:, at] |= staff.language[part] != language
    return closed
