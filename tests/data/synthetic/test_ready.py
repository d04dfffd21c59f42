import pytest

from hrreco.data.synthetic import CompanyConfig, company, synthetic_company
from hrreco.errors import SettingsError


def test_a_company_is_ready_to_learn_from():
    data = synthetic_company(150, seed=3)
    made = company(CompanyConfig(employees=150, seed=3)).tables
    for name in ("employees", "courses", "events", "role_skills"):
        assert len(getattr(data, name)) == len(made[name]) > 0
    assert data.report.quarantine.is_empty()


def test_a_company_that_cannot_be_made_is_refused():
    with pytest.raises(SettingsError, match="synthetic company: employees"):
        synthetic_company(10)
