import warnings

import pytest

from hrreco.data import EmployeeRecord
from hrreco.errors import DataError, SettingsError
from hrreco.privacy import PURPOSES, OptOutList, as_opt_outs, checked_purpose


class People:
    """Of whom only the ids are known."""

    def __init__(self, *employee_ids: str) -> None:
        self.employee_ids = employee_ids

    def knows(self, employee_id: str) -> bool:
        return employee_id in self.employee_ids

    def employee(self, employee_id: str) -> EmployeeRecord:
        raise AssertionError


def test_opting_out_is_by_purpose() -> None:
    opt_outs = OptOutList()
    opt_outs.opt_out("E1", ["profiling"])
    assert opt_outs.is_out("E1", "profiling")
    assert not opt_outs.is_out("E1", "training")
    assert opt_outs.opted_out("profiling") == {"E1"}


def test_opting_out_means_every_purpose_unless_one_is_named() -> None:
    opt_outs = OptOutList()
    opt_outs.opt_out("E1")
    assert all(opt_outs.is_out("E1", purpose) for purpose in PURPOSES)
    opt_outs.opt_in("E1")
    assert not any(opt_outs.opted_out(purpose) for purpose in PURPOSES)


def test_plain_ids_one_id_or_nothing_will_do() -> None:
    assert as_opt_outs(["E1", "E2"], People("E1", "E2")).opted_out("training") == {"E1", "E2"}
    assert as_opt_outs("E10", People("E10")).opted_out("training") == {"E10"}
    assert as_opt_outs(None, People()).opted_out("training") == frozenset()


def test_a_list_of_opt_outs_is_kept_as_it_is() -> None:
    given = OptOutList()
    assert as_opt_outs(given, People()) is given


def test_an_unknown_purpose_is_refused_with_the_close_match() -> None:
    with pytest.raises(SettingsError, match="did you mean 'profiling'"):
        checked_purpose("profilling")


def test_whole_numbers_are_read_as_text_everywhere() -> None:
    opt_outs = OptOutList([7])  # type: ignore[list-item]
    opt_outs.opt_out(8)  # type: ignore[arg-type]
    assert opt_outs.opted_out("training") == {"7", "8"}
    assert opt_outs.is_out(8, "training")  # type: ignore[arg-type]
    opt_outs.opt_in(7)  # type: ignore[arg-type]
    assert opt_outs.opted_out("training") == {"8"}


@pytest.mark.parametrize("employee_id", [7.0, float("nan"), None, b"E1"])
def test_what_can_be_no_id_is_refused_and_not_passed_over(employee_id: object) -> None:
    with pytest.raises(DataError, match="ids are text"):
        OptOutList([employee_id])  # type: ignore[list-item]


def test_a_misspelt_purpose_is_refused_when_asked_for_too() -> None:
    with pytest.raises(SettingsError, match="did you mean 'training'"):
        OptOutList().is_out("E1", "trainig")  # type: ignore[arg-type]


def test_plain_ids_that_nobody_has_are_counted_and_not_named() -> None:
    with pytest.warns(UserWarning, match="1 of 2 opt-outs name nobody") as caught:
        as_opt_outs(["E1", "e2"], People("E1", "E2"))
    assert "e2" not in str(caught[0].message)


def test_a_kept_list_and_plain_ids_that_are_known_warn_of_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        as_opt_outs(OptOutList(["E99"]), People("E1"))
        as_opt_outs(["E1"], People("E1"))
