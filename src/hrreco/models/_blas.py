"""How many threads BLAS takes: their number changes bits, and slows the engines down."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import lru_cache
from importlib import import_module

from threadpoolctl import ThreadpoolController


def blas_threads(most: int) -> AbstractContextManager[object]:
    """Return a context in which BLAS takes at most so many threads."""
    limited: AbstractContextManager[object] = _libraries().limit(limits=most, user_api="blas")
    return limited


@lru_cache(maxsize=1)
def _libraries() -> ThreadpoolController:
    import_module("scipy.linalg")  # it has a BLAS of its own, which is found only when loaded
    return ThreadpoolController()  # looks through all that is loaded, which takes milliseconds
