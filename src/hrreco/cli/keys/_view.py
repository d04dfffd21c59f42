"""Keys as a person sees them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from hrreco.cli._lines import whole_line

if TYPE_CHECKING:
    from hrreco.workspace.keys import ShownKeys


def keys_view(keys: Sequence[ShownKeys]) -> Text:
    """Return where keys come from and their marks, the newest of each purpose last."""
    lines = []
    for one in keys:
        lines.append(f"{one.name}, from {one.source}")
        lines += (f"  {mark}" for mark in one.marks or ("none yet",))
    return whole_line("\n".join(lines))
