"""What managers and HR read about groups of people, never about anybody."""

from hrreco.reports.groups import Dimension, GroupFigures, GroupReport, checked_dimensions
from hrreco.reports.here import group_report, report_of_unit

__all__ = [
    "Dimension",
    "GroupFigures",
    "GroupReport",
    "checked_dimensions",
    "group_report",
    "report_of_unit",
]
