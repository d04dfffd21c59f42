"""Counts of people, as they may be told."""

from __future__ import annotations


def told(count: int, min_people: int) -> int | None:
    """Return a count of people as it may be told, or None where they are too few.

    Rounded down to tens, or to `min_people` where that is more, because the difference of two
    exact counts, before and after, tells who opted out.

    Examples
    --------
    >>> told(1_117, 5), told(7, 5), told(4, 5), told(0, 5)
    (1110, 5, None, 0)
    """
    if 0 < count < min_people:
        return None
    return max(count // 10 * 10, min(count, min_people))
