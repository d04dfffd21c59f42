"""Who has opted out of what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol, get_args, runtime_checkable

from hrreco.errors import SettingsError, close_match

Purpose = Literal["training", "profiling"]
"""`training`: the rows may be learned from. `profiling`: the rows may shape suggestions."""

PURPOSES: tuple[Purpose, ...] = get_args(Purpose)


@runtime_checkable
class OptOuts(Protocol):
    """A list of opt-outs, in memory or in a store. Every read sees the latest state."""

    def opted_out(self, purpose: Purpose) -> frozenset[str]:
        """Return the ids of all who opted out of `purpose`."""
        ...

    def is_out(self, employee_id: str, purpose: Purpose) -> bool:
        """Return whether `employee_id` opted out of `purpose`."""
        ...

    def opt_out(self, employee_id: str, purposes: Iterable[Purpose] = PURPOSES) -> None:
        """Record that `employee_id` refuses these purposes."""
        ...

    def opt_in(self, employee_id: str, purposes: Iterable[Purpose] = PURPOSES) -> None:
        """Record that `employee_id` no longer refuses these purposes."""
        ...


class OptOutList:
    """Opt-outs held in memory.

    Examples
    --------
    >>> opt_outs = OptOutList({"E1"})
    >>> opt_outs.opt_in("E1", ["training"])
    >>> opt_outs.is_out("E1", "profiling"), opt_outs.is_out("E1", "training")
    (True, False)
    """

    def __init__(self, employee_ids: Iterable[str] = ()) -> None:
        """Start with `employee_ids` opted out of every purpose; numbers are read as texts."""
        everyone = {str(employee_id) for employee_id in employee_ids}
        self._out: dict[Purpose, set[str]] = {purpose: set(everyone) for purpose in PURPOSES}

    def opted_out(self, purpose: Purpose) -> frozenset[str]:
        """Return the ids of all who opted out of `purpose`."""
        return frozenset(self._out[purpose])

    def is_out(self, employee_id: str, purpose: Purpose) -> bool:
        """Return whether `employee_id` opted out of `purpose`."""
        return employee_id in self._out[purpose]

    def opt_out(self, employee_id: str, purposes: Iterable[Purpose] = PURPOSES) -> None:
        """Record that `employee_id` refuses these purposes."""
        for purpose in purposes:
            self._out[checked_purpose(purpose)].add(employee_id)

    def opt_in(self, employee_id: str, purposes: Iterable[Purpose] = PURPOSES) -> None:
        """Record that `employee_id` no longer refuses these purposes."""
        for purpose in purposes:
            self._out[checked_purpose(purpose)].discard(employee_id)


def checked_purpose(purpose: str) -> Purpose:
    """Return `purpose`.

    Raises
    ------
    SettingsError
        When there is no such purpose; names the close match.
    """
    for known in PURPOSES:
        if purpose == known:
            return known
    hint = close_match(purpose, PURPOSES)
    raise SettingsError(f"unknown purpose {purpose!r}; there are {list(PURPOSES)}{hint}")


def as_opt_outs(given: OptOuts | Iterable[str] | None) -> OptOuts:
    """Return opt-outs for what a caller gave: such a list, plain employee ids, or nothing."""
    if given is None:
        return OptOutList()
    if isinstance(given, OptOuts):
        return given
    return OptOutList([given] if isinstance(given, str) else given)
