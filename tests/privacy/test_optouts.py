import pytest

from hrreco.errors import SettingsError
from hrreco.privacy import PURPOSES, OptOutList, as_opt_outs, checked_purpose


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
    assert as_opt_outs(["E1", "E2"]).opted_out("training") == {"E1", "E2"}
    assert as_opt_outs("E10").opted_out("training") == {"E10"}
    assert as_opt_outs(None).opted_out("training") == frozenset()


def test_a_list_of_opt_outs_is_kept_as_it_is() -> None:
    given = OptOutList()
    assert as_opt_outs(given) is given


def test_an_unknown_purpose_is_refused_with_the_close_match() -> None:
    with pytest.raises(SettingsError, match="did you mean 'profiling'"):
        checked_purpose("profilling")
