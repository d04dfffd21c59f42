"""Keys as a person sees them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hrreco.cli._lines import WholeTable

if TYPE_CHECKING:
    from hrreco.workspace.keys import ShownKeys


def keys_view(keys: Sequence[ShownKeys]) -> WholeTable:
    """Return the marks of keys, the newest of each purpose last."""
    table = WholeTable("key", "from", "mark", box=None, pad_edge=False)
    for one in keys:
        for mark in one.marks or ("none yet",):
            table.add_row(one.name, one.source, mark)
    return table
