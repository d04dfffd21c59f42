"""Who has opted out of what."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from operator import index
from typing import Any, Literal, Protocol, get_args, runtime_checkable

from hrreco.data.records import People
from hrreco.errors import DataError, SettingsError, close_match

Purpose = Literal["training", "profiling", "group_reports"]
"""`training`: the rows may be learned from. `profiling`: they may shape suggestions.
`group_reports`: they may be in counts and means over people."""

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
        """Start with `employee_ids` opted out of every purpose; whole numbers are read as text."""
        everyone = {_text(employee_id) for employee_id in employee_ids}
        self._out: dict[Purpose, set[str]] = {purpose: set(everyone) for purpose in PURPOSES}

    def opted_out(self, purpose: Purpose) -> frozenset[str]:
        """Return the ids of all who opted out of `purpose`."""
        return frozenset(self._out[checked_purpose(purpose)])

    def is_out(self, employee_id: str, purpose: Purpose) -> bool:
        """Return whether `employee_id` opted out of `purpose`."""
        return _text(employee_id) in self._out[checked_purpose(purpose)]

    def opt_out(self, employee_id: str, purposes: Iterable[Purpose] = PURPOSES) -> None:
        """Record that `employee_id` refuses these purposes."""
        for purpose in purposes:
            self._out[checked_purpose(purpose)].add(_text(employee_id))

    def opt_in(self, employee_id: str, purposes: Iterable[Purpose] = PURPOSES) -> None:
        """Record that `employee_id` no longer refuses these purposes."""
        for purpose in purposes:
            self._out[checked_purpose(purpose)].discard(_text(employee_id))


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
    raise SettingsError(f"unknown purpose {purpose!r}; there are {', '.join(PURPOSES)}{hint}")


def as_opt_outs(given: OptOuts | Iterable[str] | None, people: People) -> OptOuts:
    """Return opt-outs for what a caller gave: such a list, plain employee ids, or nothing.

    Plain ids are looked up among the `people` they are about. An id that nobody has is no error,
    since whoever left or was erased may well be on the list, but it may also be written another
    way than in the data, and then a refusal would be passed over: a warning counts such ids, and
    names nobody. A kept list, such as an `OptOutList`, is taken as it is.
    """
    if given is None:
        return OptOutList()
    if isinstance(given, OptOuts):
        return given
    listed = OptOutList([given] if isinstance(given, str) else given)
    _warn_of_unknown(listed.opted_out("training"), people)
    return listed


def _warn_of_unknown(opted_out: frozenset[str], people: People) -> None:
    unknown = sum(not people.knows(employee_id) for employee_id in opted_out)
    if unknown:
        warnings.warn(
            f"{unknown} of {len(opted_out)} opt-outs name nobody in the data: people who left or "
            "were erased, or ids written another way; give an OptOutList if that is as it should "
            "be",
            UserWarning,
            stacklevel=4,  # the line that made an advisor
        )


def _text(employee_id: Any) -> str:
    """Return an id as the text it is in the data; whole numbers are read as text."""
    if isinstance(employee_id, str):
        return employee_id
    try:
        return str(index(employee_id))
    except TypeError:
        raise DataError(f"{employee_id!r} is no employee id; ids are text, such as '7'") from None
