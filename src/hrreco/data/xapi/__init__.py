"""Statements of the Experience API (xAPI 1.0.3) and cmi5, as events of the data contract."""

from hrreco.data.xapi.activities import last_segment
from hrreco.data.xapi.statement import Statement, read_statement

__all__ = ["Statement", "last_segment", "read_statement"]
