from __future__ import annotations

from pathlib import Path

import pytest

from hrreco import Esco, LearningData
from tests.skills.company import bakery
from tests.skills.esco_files import write_esco


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of the made-up ESCO."""
    return write_esco(tmp_path / "esco")


@pytest.fixture
def esco(folder: Path) -> Esco:
    return Esco.read(folder)


@pytest.fixture
def data() -> LearningData:
    """The made-up bakery."""
    return bakery()
