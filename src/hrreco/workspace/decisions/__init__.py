"""The log of decisions: each answer with all that it was made from, so that it can be repeated."""

from hrreco.workspace.decisions.again import Replayed, replay
from hrreco.workspace.decisions.purge import PurgedDecisions, purge_decisions
from hrreco.workspace.decisions.stored import StoredAnswers

__all__ = ["PurgedDecisions", "Replayed", "StoredAnswers", "purge_decisions", "replay"]
