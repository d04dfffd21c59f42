"""The workspace of `tests/workspace`, for the commands."""

from tests.workspace.conftest import exports, ingested, learner_id, trained, trained_once

__all__ = ["exports", "ingested", "learner_id", "trained", "trained_once"]
