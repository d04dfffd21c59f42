from functools import cache

import pytest

from hrreco.models import Recommender, configured, names

from .company import company


@cache
def _fitted(name: str) -> Recommender:
    return configured(name, {}).fit(company())


@pytest.fixture(params=names())
def name(request) -> str:
    """Every model there is."""
    return request.param


@pytest.fixture
def fitted(name) -> Recommender:
    """Every model there is, fitted on the small company; not to be fitted again."""
    return _fitted(name)
