"""The workspace of `tests/workspace`, and its papers."""

from __future__ import annotations

import re

from hrreco import Workspace
from hrreco.reports.dossier import facts_of, papers_of
from hrreco.settings import Language
from tests.conftest import AS_OF
from tests.workspace.conftest import exports, ingested, learner_id, trained, trained_once

__all__ = ["exports", "ingested", "learner_id", "trained", "trained_once"]

RECORD, DPIA, CARD, SHEET = (
    "record-of-processing",
    "dpia-facts",
    "model-card",
    "information-sheet",
)


def papers(workspace: Workspace, language: Language = "en") -> dict[str, str]:
    """Return each paper of a workspace by its name."""
    found = papers_of(facts_of(workspace, as_of=AS_OF), language)
    return {name.partition(".")[0]: text for name, text in found.texts.items()}


def with_settings(workspace: Workspace, toml: str) -> Workspace:
    """Return the workspace with other settings."""
    (workspace.path / "hrreco.toml").write_text(toml, encoding="utf-8")
    return Workspace.open(workspace.path)


def numbers(text: str, language: Language = "en") -> list[str]:
    """Return all numbers of a text; what is before and after the decimal point is told apart."""
    thousands = "," if language == "en" else "[\u00a0\u202f]"
    return sorted(re.findall(r"\d+", re.sub(rf"(?<=\d){thousands}(?=\d{{3}})", "", text)))


def codes(text: str) -> list[str]:
    """Return names of columns and commands, which are the same in every language."""
    return sorted(re.findall(r"`[^`]+`", text))
