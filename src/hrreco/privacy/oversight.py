"""What people decide over the model: no such course, another instead, or rules only for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from threading import Lock
from typing import Any, Literal, Protocol

from hrreco.errors import OversightError, UnknownIdError

Action = Literal["suppress", "override", "pause"]
"""`suppress`: a course is suggested to nobody. `override`: it is not suggested to one employee.
`pause`: the rules answer everybody."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a named person decided, in force until it is lifted.

    Attributes
    ----------
    number
        By which it is lifted.
    course_id
        The course that is not suggested; None for a pause.
    employee_id
        Whom an override is about; None for other actions.
    instead
        The course that is put in place of an overridden one, if there is one.
    """

    number: int
    action: Action
    by: str
    reason: str
    since: datetime
    course_id: str | None = None
    employee_id: str | None = None
    instead: str | None = None

    @property
    def about(self) -> tuple[Action, str | None, str | None]:
        """What is decided; one decision at a time may be about it."""
        return self.action, self.employee_id, self.course_id

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {**asdict(self), "since": self.since.isoformat(timespec="seconds")}


@dataclass(frozen=True, slots=True)
class Rulings:
    """What all decisions come to for one employee.

    Attributes
    ----------
    paused
        Whether the rules answer, as for somebody who opted out of profiling.
    suppressed
        Courses that are suggested to nobody.
    overridden
        Courses that are not suggested to the employee.
    instead
        Courses that are, as soon as they may: in the order of the decisions.
    """

    paused: bool = False
    suppressed: frozenset[str] = frozenset()
    overridden: frozenset[str] = frozenset()
    instead: tuple[str, ...] = ()

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Rulings:
        """Return what decisions about one employee, or about everybody, come to."""
        taken = list(decisions)
        if not taken:
            return NO_RULINGS
        courses: Mapping[Action, frozenset[str]] = {
            action: frozenset(d.course_id for d in taken if d.action == action and d.course_id)
            for action in ("suppress", "override")
        }
        return cls(
            paused=any(one.action == "pause" for one in taken),
            suppressed=courses["suppress"],
            overridden=courses["override"],
            instead=tuple(dict.fromkeys(one.instead for one in taken if one.instead)),
        )


NO_RULINGS = Rulings()


class Oversight(Protocol):
    """A list of decisions, in memory or in a store. Every read sees the latest state."""

    def decisions(self) -> tuple[Decision, ...]:
        """Return all decisions in force, in the order in which they were taken."""
        ...

    def rulings(self, employee_id: str) -> Rulings:
        """Return what they come to for one employee."""
        ...

    def record(self, decision: Decision) -> Decision:
        """Put a decision in force; return it with its number."""
        ...

    def lift(self, number: int, by: str) -> Decision:
        """End a decision; return what it was."""
        ...


class OversightList:
    """Decisions held in memory. `Overseer` takes them.

    Parameters
    ----------
    decisions
        Those that are in force to begin with.
    """

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._lock = Lock()
        self._hold(tuple(decisions))
        self._last = max((one.number for one in self._decisions), default=0)

    def decisions(self) -> tuple[Decision, ...]:
        """Return all decisions in force, in the order in which they were taken."""
        return self._decisions

    def rulings(self, employee_id: str) -> Rulings:
        """Return what they come to for one employee."""
        of_everybody, of_some = self._rulings
        return of_some.get(employee_id, of_everybody)

    def record(self, decision: Decision) -> Decision:
        """Put a decision in force; return it with its number."""
        with self._lock:
            check_new(decision, self._decisions)
            self._last += 1
            numbered = replace(decision, number=self._last)
            self._hold((*self._decisions, numbered))
        return numbered

    def lift(self, number: int, by: str) -> Decision:
        """End a decision; return what it was."""
        checked_text(by, "by")
        with self._lock:
            lifted = numbered_among(number, self._decisions)
            self._hold(tuple(one for one in self._decisions if one is not lifted))
        return lifted

    def _hold(self, decisions: tuple[Decision, ...]) -> None:
        whom = {one.employee_id for one in decisions if one.employee_id is not None}
        of_some = {
            one: Rulings.of(d for d in decisions if d.employee_id in (None, one)) for one in whom
        }
        self._decisions: tuple[Decision, ...] = decisions
        # Swapped whole: a thread that answers meanwhile sees the old ones or the new ones.
        self._rulings: tuple[Rulings, Mapping[str, Rulings]] = (
            rulings_of_everybody(decisions),
            of_some,
        )


def rulings_of_everybody(decisions: Iterable[Decision]) -> Rulings:
    """Return what decisions come to for whoever is named in none."""
    return Rulings.of(one for one in decisions if one.employee_id is None)


def new_decision(action: Action, by: str, reason: str, **about: str | None) -> Decision:
    """Return a decision of this moment, without a number yet.

    Raises
    ------
    OversightError
        When nobody is named, or no reason is given.
    """
    return Decision(
        number=0,
        action=action,
        by=checked_text(by, "by"),
        reason=checked_text(reason, "reason"),
        since=datetime.now(UTC),
        **about,
    )


def checked_text(given: object, what: Literal["by", "reason"]) -> str:
    """Return a text without blanks around it.

    Raises
    ------
    OversightError
        When there is none.
    """
    if isinstance(given, str) and given.strip():
        return given.strip()
    meant = {"by": "the name of whoever decides", "reason": "why it is decided"}[what]
    raise OversightError(f"{what} is {given!r}; say {meant}")


def check_new(decision: Decision, decisions: Iterable[Decision]) -> None:
    """Refuse what is decided already.

    Raises
    ------
    OversightError
        Names the decision that is in force.
    """
    for one in decisions:
        if one.about == decision.about:
            raise OversightError(
                f"that is decided already, by {one.by} (decision {one.number}); lift it first"
            )


def numbered_among(number: int, decisions: Iterable[Decision]) -> Decision:
    """Return the decision of a number.

    Raises
    ------
    UnknownIdError
        When there is none; says which there are.
    """
    numbered = {one.number: one for one in decisions}
    if number not in numbered:
        known = ", ".join(map(str, numbered)) or "none"
        raise UnknownIdError(f"no decision {number} is in force; there are: {known}")
    return numbered[number]
