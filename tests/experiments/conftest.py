"""The studies as modules: they are scripts, which find each other in their own folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

EXPERIMENTS = Path(__file__).parents[2] / "experiments"


@pytest.fixture(autouse=True)
def _beside_the_studies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(EXPERIMENTS))
    for name in ("sections", *(path.stem for path in EXPERIMENTS.glob("*.py"))):
        monkeypatch.delitem(sys.modules, name, raising=False)
