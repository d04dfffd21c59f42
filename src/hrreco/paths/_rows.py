"""What the panels of a picture share: rows with a label each, months, and a line of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import altair as alt

INK = "#222222"
"""Of texts, and around marks, so that light ones stand out from the white as well."""

WIDTH = 640
"""Of what is drawn beside the labels, in pixels."""

ROW = 22
LABELS = 240
"""Room for labels; the longer ones end in an ellipsis."""

Row = Mapping[str, Any]
Panel: TypeAlias = alt.Chart | alt.LayerChart | alt.FacetChart


def inline(rows: Sequence[Row]) -> alt.InlineData:
    """Return rows as the data of a chart."""
    return alt.InlineData(values=[dict(row) for row in rows])


def row_key(number: int, label: str) -> str:
    """Return what a row is sorted by and labelled from: two rows may bear the same label."""
    return f"{number:04}{label}"


def row_axis() -> alt.Y:
    """Return the axis with the label of each row."""
    axis = alt.Axis(
        title=None,
        labelExpr="slice(datum.label, 4)",
        labelLimit=LABELS - 16,
        minExtent=LABELS,
        maxExtent=LABELS,
        labelPadding=8,
        ticks=False,
        grid=True,
    )
    return alt.Y("row:N", axis=axis)


def line(text: str) -> alt.Chart:
    """Return a panel with nothing but a sentence in it."""
    chart = alt.Chart(inline([{"text": text}]), width=WIDTH, height=ROW)
    said: alt.Chart = chart.mark_text(align="left", fontSize=13, color=INK).encode(
        x=alt.value(0), text="text:N"
    )
    return said
