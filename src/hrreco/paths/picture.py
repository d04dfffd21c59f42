"""A picture of a path as a file."""

from __future__ import annotations

import json
from html import escape
from io import BytesIO
from pathlib import Path

import vl_convert

from hrreco.paths.path import PICTURES, LearningPath
from hrreco.settings import check_target, write_whole

_LIBRARY = "window.vegaEmbed = vegaEmbed;"

_PAGE = """\
<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<script>{library}</script>
</head>
<body>
<div id="path"></div>
<script>vegaEmbed("#path", {spec}, {{"actions": false, "renderer": "svg"}});</script>
</body>
</html>
"""


def save(path: LearningPath, file: Path) -> None:
    """Write the picture of a path, as a page that needs no network or as PNG.

    Raises
    ------
    WorkspaceError
        When the file is named neither ``.html`` nor ``.png``, or cannot be written.
    """
    check_target(file, *PICTURES)
    content = _page(path) if file.suffix.lower() == ".html" else _png(path)
    write_whole(file, content, private=True)


def _page(path: LearningPath) -> str:
    chart = path.chart()
    # A title may hold anything: as written here, nothing in it ends the script.
    spec = json.dumps(chart.to_dict()).replace("<", "\\u003c")
    return _PAGE.format(
        lang=path.lang,
        title=escape(chart.title.text),
        library=vl_convert.javascript_bundle(_LIBRARY),
        spec=spec,
    )


def _png(path: LearningPath) -> bytes:
    content = BytesIO()
    path.chart().save(content, format="png", scale_factor=2)
    return content.getvalue()
