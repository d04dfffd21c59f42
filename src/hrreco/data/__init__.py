"""Tables of the data contract: read, mapped, checked, and handed on as `LearningData`."""

from hrreco.data.attributes import FairnessAttributes
from hrreco.data.catalogue import NO_DAYS, Catalogue
from hrreco.data.known import Known
from hrreco.data.learning_data import LearningData
from hrreco.data.records import EmployeeRecord, People
from hrreco.data.report import Finding, QualityReport, TableCounts

__all__ = [
    "NO_DAYS",
    "Catalogue",
    "EmployeeRecord",
    "FairnessAttributes",
    "Finding",
    "Known",
    "LearningData",
    "People",
    "QualityReport",
    "TableCounts",
]
