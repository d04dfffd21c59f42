"""The one object a caller holds: suggestions, paths, reasons, and a way out."""

from hrreco.advisor.advisor import Advisor
from hrreco.advisor.answered import Answered, AnswerLog, Rows, Told
from hrreco.advisor.company import CompanyData, ServingModel
from hrreco.advisor.prepared import Prepared

__all__ = [
    "Advisor",
    "AnswerLog",
    "Answered",
    "CompanyData",
    "Prepared",
    "Rows",
    "ServingModel",
    "Told",
]
