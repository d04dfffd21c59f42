from __future__ import annotations

from multiprocessing import get_context
from multiprocessing.context import ForkServerContext

import pytest

from tests.store.conftest import empty_database, empty_template

__all__ = ["empty_database", "empty_template"]


@pytest.fixture(scope="session")
def processes() -> ForkServerContext:
    """Processes that have the imports done, and no threads or connections of this one."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.torture.acts"])
    return context
