"""A hash of what a table says, and of nothing else."""

from __future__ import annotations

from hashlib import sha256
from typing import Protocol

import numpy as np
import polars as pl


class _Hash(Protocol):
    def update(self, data: bytes | memoryview, /) -> None: ...


def fingerprint(table: pl.DataFrame) -> str:
    """Return the SHA-256 (hex) of a table's column names and values.

    The order of rows does not count. Values are hashed as plain bytes (UTF-8, and little-endian
    integers and floats), so that a version of a library does not count either.
    """
    plain = [name for name, dtype in table.schema.items() if not dtype.is_nested()]
    ordered = table.sort(plain)
    digest = sha256()
    for column in ordered:
        digest.update(f"\n{column.name}\n".encode())
        _feed(digest, column)
    return digest.hexdigest()


def _feed(digest: _Hash, values: pl.Series) -> None:
    if isinstance(values.dtype, pl.Struct):
        for field in values.struct.fields:
            _feed(digest, values.struct.field(field))
    elif values.null_count() == len(values):  # as most columns of a small company are
        digest.update(np.packbits(np.ones(len(values), dtype=bool)).data)
        digest.update(np.zeros(len(values), dtype="<i8").data)
    elif isinstance(values.dtype, pl.List):
        lengths = values.list.len()
        _feed_numbers(digest, lengths)
        _feed(digest, values.filter(lengths > 0).explode())
    elif values.dtype == pl.String:
        _feed_numbers(digest, values.str.len_bytes())
        digest.update(values.str.join("").fill_null("")[0].encode())
    else:
        _feed_numbers(digest, values.to_physical())


def _feed_numbers(digest: _Hash, values: pl.Series) -> None:
    # As is usual, all cells are there, and then there is no need to look at each.
    is_null = (
        values.is_null().to_numpy() if values.null_count() else np.zeros(len(values), dtype=bool)
    )
    digest.update(np.packbits(is_null).data)
    is_float = values.dtype.is_float()
    filled = values.cast(pl.Float64 if is_float else pl.Int64).fill_null(0)
    digest.update(np.ascontiguousarray(filled.to_numpy(), dtype="<f8" if is_float else "<i8").data)
