"""What an employee lacks for a role, before the path and after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import altair as alt

from hrreco.paths._rows import INK, ROW, WIDTH, Panel, inline, line, row_axis, row_key
from hrreco.paths.path import LearningPath
from hrreco.settings import Texts

_BETWEEN = 150
"""Pixels for before and after; the rest of the width says how, or why not."""

_OPEN, _CLOSED = "#FFFFFF", "#009E73"
"""Hollow, and the green of Okabe and Ito."""


def gap_panels(path: LearningPath, texts: Texts) -> list[Panel]:
    """Return the skills that are missing, essential ones first, or a line where there are none."""
    if not path.gap.skills:
        key = "chart.no_gap" if path.gap.needed else "chart.no_needs"
        return [line(texts.say(key, role=path.target_role))]
    rows = list(_rows(path, texts))
    panels: list[Panel] = []
    for importance in ("essential", "optional"):
        some = [row for row in rows if row["importance"] == importance]
        if some:  # one legend is enough
            legend = alt.Legend() if not panels else None
            panels.append(_panel(texts.say(f"chart.{importance}"), some, legend, texts))
    return panels


def _rows(path: LearningPath, texts: Texts) -> Iterator[dict[str, Any]]:
    """Yield of each skill where it stands before and after, and what closes it or does not."""
    closed = {
        skill: f"{texts.day(step.ends_on)}: {step.title}"
        for step in path.steps
        for skill in step.closes
    }
    left = {one.skill: one.text for one in path.left_out if one.skill is not None}
    for number, missing in enumerate(path.gap.skills):
        skill = missing.skill
        after = "chart.closed" if skill in closed else "chart.open"
        for when, state in (("chart.before", "chart.open"), ("chart.after", after)):
            yield {
                "row": row_key(number, skill),
                "skill": skill,
                "importance": missing.importance,
                "when": texts.say(when),
                "state": texts.say(state),
                "why": closed.get(skill) or left.get(skill, ""),
            }


def _panel(
    title: str, rows: list[dict[str, Any]], legend: alt.Legend | None, texts: Texts
) -> Panel:
    when = [texts.say("chart.before"), texts.say("chart.after")]
    states = [texts.say("chart.open"), texts.say("chart.closed")]
    base = alt.Chart(inline(rows)).encode(
        y=row_axis(),
        x=alt.X(
            "when:N",
            sort=when,
            scale=alt.Scale(range=[0, _BETWEEN]),
            axis=alt.Axis(title=None, orient="top", labelAngle=0, ticks=False),
        ),
        tooltip=[alt.Tooltip(f"{field}:N") for field in ("skill", "why")],
    )
    state = alt.Fill(
        "state:N", scale=alt.Scale(domain=states, range=[_OPEN, _CLOSED]), legend=legend
    )
    why = alt.Chart(inline(rows[1::2])).mark_text(align="left", limit=WIDTH - _BETWEEN, color=INK)
    return alt.layer(
        base.mark_line(color=INK, strokeWidth=0.5).encode(detail="row:N"),
        base.mark_point(size=90, opacity=1, stroke=INK, strokeWidth=1).encode(fill=state),
        why.encode(y=row_axis(), x=alt.value(_BETWEEN), text="why:N"),
        title=title,
        width=WIDTH,
        height=alt.Step(ROW),
    )
