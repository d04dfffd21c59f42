"""Counts of people, and rates over them, as they may be told."""

from __future__ import annotations

import math

TENS = 10
HALF_HOUR = 0.5


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
    return max(told_sum(count), min(count, min_people))


def told_sum(amount: int) -> int:
    """Return a count of what people did as it may be told: rounded down to tens.

    Examples
    --------
    >>> told_sum(5_437), told_sum(7)
    (5430, 0)
    """
    return amount // TENS * TENS


def told_hours(mean: float) -> float:
    """Return a mean of hours over people as it may be told: to the nearest half hour.

    Examples
    --------
    >>> told_hours(6.4), told_hours(0.2)
    (6.5, 0.0)
    """
    return round(mean / HALF_HOUR) * HALF_HOUR


def told_rate(rate: float, people: int) -> float:
    """Return a mean over people as it may be told: in steps of one in `people`.

    A hit rate of many digits is a fraction that gives away the exact count below it. What is not 0
    is told as half a step at least: whether a difference is above 0 or below decides who serves.

    Parameters
    ----------
    people
        Their count as it is told, 1 or more.

    Examples
    --------
    >>> told_rate(373 / 1117, 1110) == told_rate(371 / 1111, 1110)
    True
    >>> round(told_rate(373 / 1117, 1110), 4)
    0.3342
    >>> told_rate(-0.001, 40), told_rate(0.0, 40)
    (-0.0125, 0.0)
    """
    steps = round(rate * people) or math.copysign(0.5, rate) * (rate != 0)
    return round(steps / people, 6)
