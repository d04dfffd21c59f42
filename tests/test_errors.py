import pytest

from hrreco.errors import HrrecoError, UnknownIdError, checked_id, close_match


def test_an_unknown_id_reads_as_a_sentence_and_not_as_a_key() -> None:
    assert str(UnknownIdError("unknown course 'X'")) == "unknown course 'X'"
    assert isinstance(UnknownIdError(""), HrrecoError)


def test_the_close_match_ignores_case() -> None:
    assert close_match("nurze", ["Clerk", "NURSE"]) == "; did you mean 'NURSE'?"


@pytest.mark.parametrize(
    ("name", "meant", "others"),
    [
        ("1", "0001", ["0011", "1001"]),
        ("0012", "12", ["00123", "0112"]),
        ("E00012", "E000012", ["E001012", "E000123"]),
        ("e12", "E0012", ["E112"]),
        ("a-1-2", "A-01-02", ["a-1-3"]),
    ],
)
def test_an_id_that_differs_in_leading_zeros_alone_is_the_one_meant(
    name: str, meant: str, others: list[str]
) -> None:
    assert close_match(name, [*others, meant]) == f"; did you mean {meant!r}?"


def test_zeros_that_do_not_lead_make_another_number() -> None:
    assert close_match("1", ["10", "1000"]) != "; did you mean '1000'?"
    assert close_match("0", ["10000"]) == ""


def test_nothing_close_gives_no_hint() -> None:
    assert close_match("zzz", ["Nurse"]) == ""


@pytest.mark.parametrize("given", ["E\0", "E\ud800", "\udfff"])
def test_an_id_that_no_database_holds_is_unknown(given: str) -> None:
    with pytest.raises(UnknownIdError, match="unknown employee"):
        checked_id(given, "employee")
