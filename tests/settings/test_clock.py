from datetime import UTC, date, datetime
from typing import Any

import pytest

from hrreco.errors import SettingsError
from hrreco.settings import Moment

HELSINKI = "Europe/Helsinki"


def test_a_day_means_its_last_instant_in_the_company_s_zone() -> None:
    moment = Moment.of(date(2026, 3, 1), HELSINKI)
    assert moment.at == datetime(2026, 3, 1, 21, 59, 59, 999999, tzinfo=UTC)
    assert moment.today == date(2026, 3, 1)


def test_a_day_of_23_hours_ends_with_the_day() -> None:
    assert Moment.of("2026-03-29", HELSINKI).at.hour == 20


def test_a_moment_without_a_zone_is_in_the_company_s_own() -> None:
    assert Moment.of("2026-07-01T00:30", HELSINKI).at == datetime(2026, 6, 30, 21, 30, tzinfo=UTC)


def test_now_is_the_clock() -> None:
    before = datetime.now(UTC)
    assert before <= Moment.of(None, HELSINKI).at <= datetime.now(UTC)


@pytest.mark.parametrize(
    "text", ["yesterday", "2026-02-30", "31.3.2026", "9999-12-31", "", "0001-01-01T00:00", 5, 2.5]
)
def test_what_is_no_date_is_refused(text: Any) -> None:
    with pytest.raises(SettingsError, match="date"):
        Moment.of(text, HELSINKI)
