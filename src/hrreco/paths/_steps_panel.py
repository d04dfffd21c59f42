"""The steps of a path over its months, and the hours of each month beside the budget."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Literal, get_args

import altair as alt

from hrreco.paths._rows import INK, ROW, WIDTH, Panel, inline, line, row_axis, row_key
from hrreco.paths.path import LearningPath, Step
from hrreco.paths.periods import Period, calendar_months, period_of
from hrreco.recommend import Kind
from hrreco.settings import Texts

# Vermilion, sky blue and black, which Okabe and Ito chose so that nobody's eyes confuse them.
_COLOURS = {
    "kind.mandatory": "#D55E00",
    "kind.elective": "#56B4E9",
    "chart.due": "#000000",
    "chart.overdue": "#000000",
}
_SHAPES = {
    "kind.mandatory": "square",
    "kind.elective": "circle",
    "chart.due": "M-0.2,-1.4L0.2,-1.4L0.2,1.4L-0.2,1.4Z",
    "chart.overdue": "triangle-left",
}
_DAY = timedelta(days=1)
_HEADINGS = {
    "title": "chart.course",
    "what": "chart.kind",
    "when": "chart.when",
    "hours": "chart.hours_spent",
    "due": "chart.due",
    "why": "chart.why",
}
_EDGE = 0.02
"""The part of the width that is kept for what lies before the start."""


def steps_panels(path: LearningPath, texts: Texts) -> list[Panel]:
    """Return the steps and the hours, or one line where there are none."""
    if not path.steps:
        return [line(texts.say("chart.no_steps"))]
    months = _Months(path, texts)
    return [_steps(path, months, texts), _hours(path, months, texts)]


class _Months:
    """The axis of time."""

    def __init__(self, path: LearningPath, texts: Texts) -> None:
        self.all = calendar_months(path.start, path.months, 0)
        self.first = path.start
        self._names = texts.months()
        end = self.all[-1].last + _DAY
        self.edge = path.start - max(_DAY, (end - path.start) * _EDGE)
        self._domain = [self.edge.isoformat(), end.isoformat()]

    def name(self, month: Period) -> str:
        """Return the name of a month."""
        return f"{self._names[month.first.month - 1]} {month.first.year}"

    def axis(self, field: str, orient: Literal["top", "bottom"]) -> alt.X:
        """Return the axis; the first name and each January have the year beside them."""
        month = f"{list(self._names)}[utcmonth(datum.value)]"
        year = "datum.index == 0 || utcmonth(datum.value) == 0 ? utcyear(datum.value) : ''"
        lines = [year, month] if orient == "top" else [month, year]
        axis = alt.Axis(
            title=None,
            orient=orient,
            values=[start.isoformat() for start in self._named()],
            labelExpr=f"[{', '.join(lines)}]",
            labelAlign="left",
            labelPadding=16 if orient == "top" else 2,  # the second line hangs from the first
            grid=True,
        )
        # As UTC, so that no day moves with the zone of whoever looks.
        scale = alt.Scale(type="utc", domain=self._domain, nice=False)
        return alt.X(f"{field}:T", axis=axis, scale=scale)

    def _named(self) -> list[date]:
        """Return the first days of the months that are named: as many as there is room for."""
        n = len(self.all)
        every = 1 if n <= 18 else 3 if n <= 36 else 6
        starts = [month.first for month in self.all if (month.first.month - 1) % every == 0]
        # The name of a month of which little is left would run into the next one.
        return starts[1:] if len(starts) > 1 and starts[0].day > 15 else starts


def _steps(path: LearningPath, months: _Months, texts: Texts) -> Panel:
    rows = [
        {**_told(step, texts), **mark, "row": row_key(number, step.title)}
        for number, step in enumerate(path.steps)
        for mark in _marks(step, months, texts)
    ]
    shown = [key for key in _COLOURS if any(row["what"] == texts.say(key) for row in rows)]
    names = [texts.say(key) for key in shown]
    colours = alt.Scale(domain=names, range=[_COLOURS[key] for key in shown])
    shapes = alt.Scale(domain=names, range=[_SHAPES[key] for key in shown])
    base = alt.Chart(inline(rows)).encode(
        y=row_axis(),
        x=months.axis("at", orient="top"),
        color=alt.Color("what:N", scale=colours),
        tooltip=_tooltip("title", "when", "hours", "due", "why", texts=texts),
    )
    spans = base.mark_bar(height=8, stroke=INK, strokeWidth=0.5).encode(x2="until:T")
    points = base.mark_point(filled=True, size=90, opacity=1, stroke=INK, strokeWidth=0.5)
    return alt.layer(
        spans,
        points.encode(shape=alt.Shape("what:N", scale=shapes)),
        title=texts.say("chart.steps"),
        width=WIDTH,
        height=alt.Step(ROW),
    )


def _told(step: Step, texts: Texts) -> dict[str, Any]:
    """Return what is told of a step where one points at it."""
    days = dict.fromkeys(map(texts.day, (step.starts_on, step.ends_on)))
    return {
        "title": step.title,
        "when": " – ".join(days),
        "hours": texts.number(step.hours),
        "due": texts.day(step.due_on) if step.due_on else "–",
        "why": "; ".join(reason.text for reason in step.reasons),
    }


def _marks(step: Step, months: _Months, texts: Texts) -> Iterator[dict[str, Any]]:
    """Yield what is drawn of a step: its days, and the one on which it is due."""
    until = step.ends_on + _DAY
    yield _mark(texts.kind(step.kind), step.starts_on, until)
    if step.due_on is not None:
        overdue = step.due_on < months.first
        due = months.edge if overdue else step.due_on
        yield _mark(texts.say("chart.overdue" if overdue else "chart.due"), due, due)


def _mark(what: str, at: date, until: date) -> dict[str, Any]:
    return {"what": what, "at": at.isoformat(), "until": until.isoformat()}


def _hours(path: LearningPath, months: _Months, texts: Texts) -> Panel:
    bars = alt.Chart(inline(list(_monthly(path, months, texts)))).mark_bar(
        stroke=INK, strokeWidth=0.5
    )
    most = alt.Scale(domain=[0, path.hours_per_month * 1.3], nice=False)  # room for a word above
    hours = alt.Axis(title=None, tickCount=4, tickMinStep=1)
    said = texts.say("chart.budget", hours=texts.number(path.hours_per_month))
    budget = alt.Chart(inline([{"hours": path.hours_per_month, "text": said}])).encode(y="hours:Q")
    return alt.layer(
        bars.encode(
            x=months.axis("at", orient="bottom"),
            x2="until:T",
            y=alt.Y("low:Q", scale=most, axis=hours),
            y2="high:Q",
            color=alt.Color("colour:N", scale=None),
            tooltip=_tooltip("when", "what", "hours", texts=texts),
        ),
        budget.mark_rule(strokeDash=[6, 3], color=INK),
        budget.mark_text(align="right", dy=-8, color=INK).encode(
            x=alt.value(WIDTH), text="text:N"
        ),
        title=texts.say("chart.hours"),
        width=WIDTH,
        height=90,
    )


def _monthly(path: LearningPath, months: _Months, texts: Texts) -> Iterator[dict[str, Any]]:
    """Yield the hours of each kind in each month, one upon the other."""
    spent: dict[tuple[int, Kind], float] = defaultdict(float)
    for step in path.steps:
        at = period_of(step.starts_on, months.all)
        if at is not None:
            spent[at, step.kind] += step.hours
    for at, month in enumerate(months.all):
        low = 0.0
        for kind in get_args(Kind):
            hours = spent[at, kind]
            yield {
                **_mark(texts.kind(kind), month.first, month.last + _DAY),
                "colour": _COLOURS[f"kind.{kind}"],
                "when": months.name(month),
                "hours": texts.number(hours),
                "low": low,
                "high": low + hours,
            }
            low += hours


def _tooltip(*fields: str, texts: Texts) -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{field}:N", title=texts.say(_HEADINGS[field])) for field in fields]
