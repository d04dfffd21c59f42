"""The one object a caller holds: suggestions, paths, reasons, and a way out."""

from hrreco.advisor.advisor import Advisor
from hrreco.advisor.company import CompanyData, ServingModel

__all__ = ["Advisor", "CompanyData", "ServingModel"]
