"""A learning path as a picture: its steps over its months, and the gap before and after."""

from __future__ import annotations

import altair as alt

from hrreco.paths._gap_panel import gap_panels
from hrreco.paths._rows import INK
from hrreco.paths._steps_panel import steps_panels
from hrreco.paths.path import LearningPath
from hrreco.paths.periods import calendar_months
from hrreco.recommend import texts_in
from hrreco.settings import Texts


def path_chart(path: LearningPath) -> alt.VConcatChart:
    """Return the picture of a path, in the path's language."""
    texts = texts_in(path.lang)
    panels = [*steps_panels(path, texts), *gap_panels(path, texts)]
    chart: alt.VConcatChart = (
        alt.vconcat(*panels, title=_title(path, texts), background="white", padding=16)
        .resolve_scale(color="independent", shape="independent", fill="independent")
        .configure_view(stroke=None)
        .configure_axis(labelColor=INK, titleColor=INK, gridColor="#dddddd", domain=False)
        .configure_legend(labelColor=INK, labelLimit=0, title=None, orient="top", offset=6)
        .configure_title(anchor="start", color=INK, frame="group", offset=10)
        .configure_concat(spacing=18)
        .configure_text(fontSize=11)
    )
    return chart


def _title(path: LearningPath, texts: Texts) -> alt.TitleParams:
    last = calendar_months(path.start, path.months, 0)[-1].last
    span = texts.say(
        "chart.span",
        first=texts.day(path.start),
        last=texts.day(last),
        hours=texts.number(path.hours_per_month),
    )
    text = texts.say("chart.title", role=path.target_role)
    return alt.TitleParams(text, subtitle=span, fontSize=18, limit=900, offset=20)
