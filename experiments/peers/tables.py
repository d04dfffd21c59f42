"""The rows that were measured, as tables and metrics of a section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from peers.company import Size
from peers.library import OURS, RIVALS, TITLES
from peers.measure import Found, Row
from peers.plan import PER_SECOND

Table = dict[str, Any]

_PARTS = {"ease_cholesky": "Gram + Cholesky", "ease_inverse": "Gram + Cholesky + inverse"}


@dataclass(frozen=True)
class Measured:
    """All rows of one size; of no size, what is measured once."""

    size: Size | None
    rows: Sequence[Row]

    @property
    def name(self) -> str:
        """Return what metrics begin with."""
        return self.size.name if self.size else "start"

    def row(self, key: str) -> Row | None:
        """Return a row by the key of its measurement, if it was measured."""
        return next((row for row in self.rows if row.measurement.key == key), None)


def speed_table(measured: Measured) -> Table:
    """Return the table of times and rates: median, and the least and most of the rounds."""
    size = measured.size
    title = "Starting" if size is None else _title(size)
    return {
        "title": title,
        "columns": ["what", *TITLES.values(), *(f"{TITLES[n]} ÷ hrreco" for n in RIVALS), "ahead"],
        "rows": [_speed_row(row) for row in measured.rows],
    }


def memory_table(measured: Measured) -> Table:
    """Return the table of the largest resident memory of each library's process, in MiB."""
    return {
        "title": f"Peak memory, MiB: {_title(measured.size) if measured.size else 'starting'}",
        "columns": ["what", *TITLES.values()],
        "rows": [
            [
                row.measurement.title,
                *(_memory(row.found.get(name)) for name in TITLES),
            ]
            for row in measured.rows
            if any(found.peak_mib for found in row.found.values())
        ],
    }


def metrics(measured: Measured) -> Iterator[tuple[str, float]]:
    """Yield every median, ratio and peak by a flat name."""
    for row in measured.rows:
        begin = f"speed.{measured.name}.{row.measurement.key}"
        unit = "per_s" if row.measurement.unit == PER_SECOND else "s"
        for name, found in row.found.items():
            if found.median is not None:
                yield f"{begin}.{name}.{unit}", found.median
            if found.peak_mib:
                yield f"{begin}.{name}.peak_mib", found.peak_mib
            ratio = row.times_slower(name)
            if ratio is not None and name != OURS:
                yield f"{begin}.hrreco_to_{name}", ratio


def number(value: float) -> str:
    """Return three digits that tell, and thousands apart."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def seconds(value: float) -> str:
    """Return seconds, or milliseconds where they are few."""
    return f"{number(value)} s" if value >= 0.1 else f"{number(1000 * value)} ms"


def _title(size: Size) -> str:
    return f"{size.employees:,} employees, {size.courses:,} courses, {size.events:,} events"


def _speed_row(row: Row) -> list[str]:
    cells = [_value(row, row.found.get(name)) for name in TITLES]
    parts = [
        f"{title}: {_value(row, row.found[name])}"
        for name, title in _PARTS.items()
        if name in row.found
    ]
    if parts:
        cells[list(TITLES).index("implicit")] = "; ".join(parts)
    ratios = [_ratio(row.times_slower(name)) for name in RIVALS]
    ahead = {True: "yes", False: "**no**", None: ""}[row.ahead]
    return [row.measurement.title, *cells, *ratios, ahead]


def _value(row: Row, found: Found | None) -> str:
    if found is None:
        return ""
    if found.median is None:
        return found.failed or ""
    if row.measurement.unit == PER_SECOND:
        rates = f"{number(found.median)}/s{_spread([number(v) for v in _ends(found)])}"
        return f"{rates}, of {found.asked:,}"
    return f"{seconds(found.median)}{_spread([seconds(v) for v in _ends(found)])}"


def _ends(found: Found) -> list[float]:
    return [min(found.values), max(found.values)] if len(found.values) > 1 else []


def _spread(ends: list[str]) -> str:
    return f" [{ends[0]}, {ends[1]}]" if ends else ""


def _ratio(times_slower: float | None) -> str:
    return "" if times_slower is None else f"{number(1 / times_slower)} x"


def _memory(found: Found | None) -> str:
    return number(found.peak_mib) if found is not None and found.peak_mib else ""
