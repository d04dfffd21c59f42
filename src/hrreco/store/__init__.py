"""Where the tables live between two commands: SQLAlchemy tables and transactions."""

from hrreco.store.merge import IngestResult, MergeCounts
from hrreco.store.store import Store

__all__ = ["IngestResult", "MergeCounts", "Store"]
