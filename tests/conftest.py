"""What all tests share: nothing is sent anywhere, and two small companies."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from hrreco.data import LearningData
from hrreco.data.synthetic import Company, CompanyConfig, company
from tests.postgres import Server, running

AS_OF = CompanyConfig().as_of

# Time is measured in benchmarks; a busy machine must not fail a property.
settings.register_profile("hrreco", deadline=None)
settings.load_profile("hrreco")


@pytest.fixture(scope="session")
def made() -> Company:
    """A company of 600 people with enough history to learn from, of known gender and age."""
    return company(
        CompanyConfig(
            seed=8,
            employees=600,
            courses=150,
            roles=12,
            skills=40,
            electives_per_year=14.0,
            attributes=True,
        )
    )


@pytest.fixture(scope="session")
def learning_data(made: Company) -> LearningData:
    """The same company as data, clean."""
    return LearningData.from_frames(**made.tables, as_of=AS_OF)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of this process's own."""
    with running() as server:
        yield server
