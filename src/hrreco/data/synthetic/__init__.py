"""A synthetic company with planted truth, so that tests, demos and studies know the answer."""

from hrreco.data.synthetic._company import Company, company
from hrreco.data.synthetic._config import CompanyConfig, enough_history, small_company
from hrreco.data.synthetic._ready import synthetic_company
from hrreco.data.synthetic._truth import DirtyRow, Truth

__all__ = [
    "Company",
    "CompanyConfig",
    "DirtyRow",
    "Truth",
    "company",
    "enough_history",
    "small_company",
    "synthetic_company",
]
