"""The problem of one employee's plan: which courses there are to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hrreco.paths.agenda import Agenda
from hrreco.paths.offers import Offers
from hrreco.paths.periods import A_DAY, midnight, moment_of
from hrreco.paths.problem import Option, Problem, Start
from hrreco.paths.prospects import Prospects
from hrreco.paths.starts import starts_of, time_of
from hrreco.skills import RoleNeed

MOST_OPTIONS = 200
"""Courses to choose from: those that close the gap soonest, then those that suit best."""

_PER_NEED = 8
"""Courses that may close the same need; the quickest with all that must come before them."""

_MINUTES_OF_A_NEED = 6_000
"""An essential need is worth as much as 100 hours of what suits best, and so comes first."""

_OF_FORMAT = 0.1
"""How much of what suits best lies in the format."""


class Wishes(NamedTuple):
    """What a plan is for.

    Attributes
    ----------
    needs
        What the role still needs, and no mandatory course of the plan leads to.
    suit
        How well courses suit, above 0 to 1, by position; the best first.
    core
        Courses that are each wanted as much as an essential need, by position.
    """

    needs: Sequence[RoleNeed]
    suit: Mapping[int, float]
    core: Sequence[int] = ()

    @property
    def worth(self) -> dict[int, int]:
        """Return what each wish is worth, by number: those of needs first, then of the core."""
        weights = [*(need.weight for need in self.needs), *(1.0 for _ in self.core)]
        return {i: round(weight * _MINUTES_OF_A_NEED) for i, weight in enumerate(weights)}

    def closes(self, offers: Offers) -> dict[int, frozenset[int]]:
        """Return which wishes each course fulfils, by number."""
        found: dict[int, set[int]] = {}
        ways = [*map(offers.closing, self.needs), *((position,) for position in self.core)]
        for number, positions in enumerate(ways):
            for position in positions:
                found.setdefault(position, set()).add(number)
        return {position: frozenset(numbers) for position, numbers in found.items()}


def problem_of(wishes: Wishes, prospects: Prospects) -> Problem:
    """Return the problem of filling what is left of an agenda."""
    closes = wishes.closes(prospects.offers)
    prospects.look_at([*closes, *wishes.suit])
    chosen = _chosen(wishes, closes, prospects)
    starts = starts_of(chosen, prospects)
    return Problem(
        room=tuple(prospects.agenda.room),
        worth=wishes.worth,
        options=tuple(
            _option(position, starts[position], closes, wishes, prospects)
            for position in sorted(chosen)
        ),
        time=time_of(starts, prospects),
        equivalent=_equivalent(chosen, prospects.offers),
        clashes=_clashes(chosen, prospects),
        done=_done(prospects.agenda),
    )


def _chosen(
    wishes: Wishes, closes: Mapping[int, frozenset[int]], prospects: Prospects
) -> set[int]:
    """Return the courses to choose from, each with some way to it."""
    chosen: set[int] = set()
    known: dict[int, frozenset[int]] = {}
    for number in wishes.worth:
        closing = [p for p, numbers in closes.items() if number in numbers and p in prospects.open]
        ways = {position: _way_to(position, prospects, known) for position in closing}
        quickest = sorted(closing, key=lambda p: (prospects.offers.total(ways[p]), p))
        _add(chosen, (ways[position] for position in quickest[:_PER_NEED]))
    suiting = (position for position in wishes.suit if position in prospects.open)
    _add(chosen, (_way_to(position, prospects, known) for position in suiting))
    return chosen


def _add(chosen: set[int], ways: Iterable[frozenset[int]]) -> None:
    for way in ways:
        if len(chosen | way) <= MOST_OPTIONS:
            chosen |= way


def _way_to(
    position: int, prospects: Prospects, known: dict[int, frozenset[int]]
) -> frozenset[int]:
    """Return a course with what must come before it: of each group the quickest by itself.

    What is found is added to what is `known`, so that each course is looked at once.
    """
    if position in known:
        return known[position]
    way = {position}
    for group in prospects.before(position):
        ways = [_way_to(one, prospects, known) for one in group if one in prospects.open]
        if len(ways) == len(group):  # none of them is placed already
            way |= min(ways, key=lambda one: (prospects.offers.total(one), sorted(one)))
    known[position] = frozenset(way)
    return known[position]


def _option(
    position: int,
    starts: tuple[Start, ...],
    closes: Mapping[int, frozenset[int]],
    wishes: Wishes,
    prospects: Prospects,
) -> Option:
    offers = prospects.offers
    minutes = offers.minutes[position]
    suit = wishes.suit.get(position, 0.0)
    liked = offers.catalogue.formats[position] in prospects.person.formats
    value = minutes * ((1 - _OF_FORMAT) * suit + _OF_FORMAT * liked * (suit > 0))
    return Option(
        course=position,
        minutes=minutes,
        value=round(value),
        closes=closes.get(position, frozenset()),
        after=tuple(prospects.before(position)),
        starts=starts,
        dated=position in offers.sessions,
    )


def _equivalent(chosen: set[int], offers: Offers) -> tuple[tuple[int, int], ...]:
    equivalents = offers.catalogue.equivalents
    return tuple(
        (one, other)
        for one in sorted(chosen)
        for other in equivalents[one]
        if one < other and other in chosen
    )


def _clashes(chosen: set[int], prospects: Prospects) -> tuple[tuple[Start, ...], ...]:
    """Return the starts that are under way together, each time that one begins."""
    sessions = prospects.sessions
    held = [start for start in sessions if start.course in chosen]
    held.sort(key=lambda start: (sessions[start].starts_at, start))
    found: list[tuple[Start, ...]] = []
    running: list[Start] = []
    for start in held:
        running = [r for r in running if sessions[r].ends_at > sessions[start].starts_at]
        together = (*(r for r in running if sessions[r].overlaps(sessions[start])), start)
        running.append(start)
        if found and set(found[-1]) <= set(together):
            found.pop()  # what follows says that, too
        found.append(together)
    return tuple(clash for clash in found if len({start.course for start in clash}) > 1)


def _done(agenda: Agenda) -> dict[int, int]:
    """Return the moments at which what is placed is over; a course without dates has its days."""
    done: dict[int, int] = {}
    for placement in agenda.placed:
        session = placement.session
        over = moment_of(session.ends_at) if session else midnight(placement.ends_on) + A_DAY
        done[placement.position] = min(over, done.get(placement.position, over))
    return done
