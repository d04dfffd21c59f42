from hrreco.errors import HrrecoError, UnknownIdError, close_match


def test_an_unknown_id_reads_as_a_sentence_and_not_as_a_key() -> None:
    assert str(UnknownIdError("unknown course 'X'")) == "unknown course 'X'"
    assert isinstance(UnknownIdError(""), HrrecoError)


def test_the_close_match_ignores_case() -> None:
    assert close_match("nurze", ["Clerk", "NURSE"]) == "; did you mean 'NURSE'?"


def test_nothing_close_gives_no_hint() -> None:
    assert close_match("zzz", ["Nurse"]) == ""
