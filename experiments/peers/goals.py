"""What hrreco wants to reach, and whether what was measured reaches it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from peers.library import OURS
from peers.measure import Row
from peers.plan import FORGETFUL
from peers.tables import Measured, Table, number, seconds

_SMALL, _MIDDLE, _LARGE = "10000x2000", "100000x5000", "100000x20000"


@dataclass(frozen=True)
class Goal:
    """One goal: what is read from one row of the measurements, and the limit that it must keep.

    Attributes
    ----------
    row
        The name of the size, and the key of the row.
    at_least
        Whether the limit is one to reach; else it is one to keep under.
    """

    what: str
    row: tuple[str, str]
    read: Callable[[Row], float | None]
    limit: float
    told: Callable[[float], str]
    at_least: bool = False

    def judged(self, measured: Sequence[Measured]) -> list[str]:
        """Return what, goal, measured, and whether it is met."""
        goal = f"{'at least' if self.at_least else 'at most'} {self.told(self.limit)}"
        size, key = self.row
        row = next((one.row(key) for one in measured if one.name == size), None)
        value = None if row is None else self.read(row)
        if value is None:
            return [self.what, goal, "not measured", ""]
        met = value >= self.limit if self.at_least else value <= self.limit
        return [self.what, goal, self.told(value), "met" if met else "**missed**"]


def goals_table(measured: Sequence[Measured]) -> Table:
    """Return every goal with what was measured."""
    verdicts = [goal.judged(measured) for goal in _GOALS]
    verdicts.append(_ahead("every row of a company", [one for one in measured if one.size]))
    verdicts.append(_ahead("every row of starting", [one for one in measured if not one.size]))
    return {
        "title": "Goals",
        "columns": ["what", "goal", "measured", "verdict"],
        "rows": verdicts,
    }


def _ahead(what: str, measured: Sequence[Measured]) -> list[str]:
    verdicts = [row.ahead for one in measured for row in one.rows if row.ahead is not None]
    said = [f"ahead of RecTools and LensKit in {sum(verdicts)} of {len(verdicts)} rows"]
    verdict = "met" if all(verdicts) else "**missed**"
    return [what, "ahead", *said, verdict if verdicts else ""]


def _ours(row: Row) -> float | None:
    return row.found[OURS].median


def _peak_gib(row: Row) -> float | None:
    return row.found[OURS].peak_mib / 1024 or None


def _to(name: str) -> Callable[[Row], float | None]:
    return lambda row: row.times_slower(name)


def _times(value: float) -> str:
    return f"{value:.2f} x"


def _rate(value: float) -> str:
    return f"{number(value)}/s"


def _gib(value: float) -> str:
    return f"{number(value)} GiB"


_AT = "at 100,000 x 5,000"
_FITS = (
    Goal(f"ALS fit {_AT}, to bare implicit", (_MIDDLE, "als_fit"), _to("implicit"), 1.2, _times),
    Goal(
        f"EASE fit {_AT}, to Gram + Cholesky in scipy",
        (_MIDDLE, "ease_fit"),
        _to("ease_cholesky"),
        1.3,
        _times,
    ),
    Goal(
        f"EASE fit {_AT}, to Gram + Cholesky + inverse in scipy",
        (_MIDDLE, "ease_fit"),
        _to("ease_inverse"),
        1.3,
        _times,
    ),
    Goal(f"`train` {_AT}, 3 million events", (_MIDDLE, "train"), _ours, 180.0, seconds),
    Goal("`import hrreco`", ("start", "import"), _ours, 0.3, seconds),
)
_ONE = tuple(
    Goal(
        f"one employee, blend, {courses} courses",
        (size, "blend_one"),
        _ours,
        limit,
        seconds,
    )
    for size, courses, limit in ((_SMALL, "2,000", 0.0005), (_LARGE, "20,000", 0.0015))
)
_EVERYONE = tuple(
    goal
    for model, title, rate in (
        ("als", "ALS", 15_000.0),
        ("itemknn", "item-kNN", 15_000.0),
        ("blend", "blend", 5_000.0),
    )
    for goal in (
        Goal(
            f"everyone {_AT}, {title}",
            (_MIDDLE, f"{model}_everyone"),
            _ours,
            rate,
            _rate,
            at_least=True,
        ),
        Goal(f"its memory, {title}", (_MIDDLE, f"{model}_everyone"), _peak_gib, 4.0, _gib),
    )
)
_FORGETTING = tuple(
    Goal(
        f"forgetting one employee {_AT}, {title}",
        (_MIDDLE, f"{model}_forget"),
        _ours,
        0.05,
        seconds,
    )
    for model, title in FORGETFUL.items()
)
_GOALS = (*_FITS, *_ONE, *_EVERYONE, *_FORGETTING)
