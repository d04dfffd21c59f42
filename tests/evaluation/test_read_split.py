"""What a split given as files says of order, repeats and candidates."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from hrreco.errors import DataError
from hrreco.evaluation import NO_COURSE, FileSplit, read_split
from hrreco.profiles.learners import YOUNGEST

# Two learners: 1 took A, B, A; 2 took B alone. 3 is only in the test.
LEARNERS, COURSES = ("1", "1", "1", "2"), ("A", "B", "A", "B")
A, B, C = range(3)


def write(folder: Path, test: dict[str, Any] | None = None, **order: Any) -> tuple[Path, Path]:
    train = {"employee_id": LEARNERS, "course_id": COURSES, **order}
    test = test or {"employee_id": ["1", "3"], "course_id": ["C", "A"]}
    pl.DataFrame(train, strict=False).write_parquet(folder / "train.parquet")
    pl.DataFrame(test, strict=False).write_parquet(folder / "test.parquet")
    return folder / "train.parquet", folder / "test.parquet"


def split_of(folder: Path, test: dict[str, Any] | None = None, **order: Any) -> FileSplit:
    return read_split(*write(folder, test, **order), None)


def ages(split: FileSplit) -> list[list[float]]:
    age = split.learners.age
    assert age is not None
    return age.toarray().tolist()


def test_ages_are_places_from_the_end_of_each_history(tmp_path: Path) -> None:
    assert ages(split_of(tmp_path, position=[1, 2, 3, 4])) == [[1, 2, 0], [0, 1, 0], [0, 0, 0]]


def test_only_the_order_of_positions_counts(tmp_path: Path) -> None:
    far_apart = split_of(tmp_path, position=[-5.5, 100, 1e300, 4])
    assert ages(far_apart) == [[1, 2, 0], [0, 1, 0], [0, 0, 0]]


def test_ages_are_days_before_the_latest_row_of_all(tmp_path: Path) -> None:
    days = [date(2026, 1, day) for day in (1, 2, 3, 11)]
    found = ages(split_of(tmp_path, occurred_at=days))
    assert found[0] == pytest.approx([8 + YOUNGEST, 9 + YOUNGEST, 0])
    assert found[1] == pytest.approx([0, YOUNGEST, 0])


def test_a_time_of_day_counts_and_may_be_text(tmp_path: Path) -> None:
    at = ["2026-01-01T00:00", "2026-01-01T12:00:00Z", "2026-01-02", "2026-01-02"]
    assert ages(split_of(tmp_path, occurred_at=at))[0] == pytest.approx([0, 0.5, 0], abs=0.002)


def test_a_position_goes_before_a_time(tmp_path: Path) -> None:
    otherwise = [datetime(2026, 1, day) for day in (1, 9, 2, 1)]
    split = split_of(tmp_path, position=[1, 2, 3, 4], occurred_at=otherwise)
    assert not split.by_time
    assert ages(split)[0] == [1, 2, 0]


def test_of_a_course_taken_again_the_latest_time_counts_whatever_the_order_of_rows(
    tmp_path: Path,
) -> None:
    assert ages(split_of(tmp_path, position=[3, 2, 1, 4]))[0] == [1, 2, 0]
    assert split_of(tmp_path, position=[3, 2, 1, 4]).learners.history.toarray()[0].max() == 1


def test_a_course_taken_again_is_a_row_of_its_own_where_an_order_is_known(tmp_path: Path) -> None:
    assert len(split_of(tmp_path, position=[1, 2, 3, 4]).seen.learner) == 4
    assert len(split_of(tmp_path).seen.learner) == 3


@pytest.mark.parametrize("order", [{}, {"position": [1, 2, 1, 4]}], ids=["none", "position"])
def test_a_row_that_is_written_twice_is_there_once(order: dict[str, Any], tmp_path: Path) -> None:
    """A cut would hold one of the two out, and show the other."""
    seen = split_of(tmp_path, **order).seen
    assert list(zip(seen.learner, seen.course, strict=True)) == [(0, A), (0, B), (1, B)]


def test_without_an_order_there_are_no_ages(tmp_path: Path) -> None:
    split = split_of(tmp_path)
    assert split.seen.at is None
    assert split.learners.age is None


@pytest.mark.parametrize(
    ("order", "says"),
    [
        ({"position": ["1", "2", "x", "4"]}, "row 4 has no position"),
        ({"position": [1, None, 3, 4]}, "row 3 has no position"),
        ({"position": [[1], [2], [3], [4]]}, "row 2 has no position"),
        ({"position": [1.0, float("nan"), 3.0, 4.0]}, "row 3 has no position"),
        ({"occurred_at": ["2026-01-01", "soon", "", ""]}, "row 3 has no occurred_at"),
        ({"occurred_at": [1704412800] * 4}, "row 2 has no occurred_at"),
        ({"occurred_at": ["1704412800000"] * 4}, "row 2 has no occurred_at"),
        ({"occurred_at": ["05.01.2024"] * 4}, "row 2 has no occurred_at"),
    ],
)
def test_an_order_that_cannot_be_read_is_named_with_its_row(
    order: dict[str, Any], says: str, tmp_path: Path
) -> None:
    with pytest.raises(DataError, match=rf"train\.parquet: {says} that can be read") as error:
        split_of(tmp_path, **order)
    assert "\n" not in str(error.value)
    form = "ISO 8601 has it, such as 2024-01-05" if "occurred_at" in order else "a number"
    assert form in str(error.value)


def asking(negatives: Any) -> dict[str, Any]:
    return {"employee_id": ["1", "1", "3"], "course_id": ["C", "B", "A"], "negatives": negatives}


def test_each_row_with_negatives_is_a_question_of_its_own(tmp_path: Path) -> None:
    split = split_of(tmp_path, asking([["A", "B"], ["C"], ["B", "D"]]), position=[1, 2, 3, 4])
    learners, question = split.question
    assert question.candidates is not None
    assert question.candidates.tolist() == [[C, A, B], [B, C, NO_COURSE], [A, B, 3]]
    assert question.targets.toarray().argmax(axis=1).tolist() == [C, B, A]
    assert question.exclude.nnz == 0
    assert learners.history.toarray().tolist() == [[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 0, 0]]
    assert learners.age is not None
    assert learners.age.toarray()[1].tolist() == [1, 2, 0, 0]


@pytest.mark.parametrize(
    "negatives",
    [
        [["1", "2"], ["3"], ["2", "4"]],
        [[1, 2], [3], [2, 4]],
        [[1.0, 2.0], [3.0], [2.0, 4.0]],
        ["1|2", "3", " 2 | 4 "],
    ],
    ids=["texts", "numbers", "decimals", "separated"],
)
def test_negatives_are_read_as_ids_are(negatives: Any, tmp_path: Path) -> None:
    train = {"employee_id": [1, 1], "course_id": [1, 2]}
    test = {"employee_id": [1, 1, 3], "course_id": [3, 2, 1], "negatives": negatives}
    pl.DataFrame(train).write_parquet(tmp_path / "train.parquet")
    pl.DataFrame(test).write_parquet(tmp_path / "test.parquet")
    split = read_split(tmp_path / "train.parquet", tmp_path / "test.parquet", None)
    assert split.vocabulary.courses == ("1", "2", "3", "4")
    assert split.asked.negatives is not None
    assert split.asked.negatives.tolist() == [[0, 1], [2, NO_COURSE], [1, 3]]


def test_a_course_named_twice_among_the_negatives_counts_twice(tmp_path: Path) -> None:
    """As whoever drew them with replacement meant it."""
    split = split_of(tmp_path, asking([["A", "A"], ["C", "C"], ["B", "C"]]))
    assert split.asked.negatives is not None
    assert split.asked.negatives[0].tolist() == [A, A]


@pytest.mark.parametrize("negatives", [[["A"], None, ["B"]], [["A"], [], ["B"]], ["A", "", "B"]])
def test_a_row_without_negatives_among_others_is_named(negatives: Any, tmp_path: Path) -> None:
    """It would be answered right whatever the model."""
    with pytest.raises(DataError, match=r"test\.parquet: row 3 has no negatives"):
        split_of(tmp_path, asking(negatives))


def test_negatives_that_are_no_list_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"test\.parquet: row 2 has no negatives that can be read"):
        split_of(tmp_path, asking([1, 2, 3]))


@pytest.mark.parametrize(
    "wrong",
    ["A B", "A,B", "['A', 'B']", '["A", "B"]', "X|Y", ["X", "Y"], ["A B"], ["C1"]],
)
def test_negatives_that_are_all_strangers_are_named_with_their_row(
    wrong: Any, tmp_path: Path
) -> None:
    """Any model would tell them from a course that it knows."""
    right = "A|X" if isinstance(wrong, str) else ["A", "X"]
    with pytest.raises(
        DataError, match=r"test\.parquet: row 3 has no negatives that are .* in 2 of 3 rows"
    ) as error:
        split_of(tmp_path, asking([right, wrong, wrong]))
    assert "separated by `|`" in str(error.value)
    assert "must be in the file of courses" in str(error.value)
    assert "\n" not in str(error.value)


def test_negatives_prove_nothing_of_each_other(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"row 2 has no negatives that are .* but 'X', and"):
        split_of(tmp_path, asking([["X", "Y"]] * 3))


def test_of_a_long_text_only_the_beginning_is_shown(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"but 'A B .*…'") as error:
        split_of(tmp_path, asking(["A B " * 200] * 3))
    assert "A B " * 11 not in str(error.value)


def test_a_few_strangers_may_be_among_the_negatives_and_go_first(tmp_path: Path) -> None:
    """Nobody may have taken them, and they are as hard to tell as the catalogue makes them."""
    split = split_of(tmp_path, asking([["X", "Y", "A"], ["X", "C"], ["Y"]]))
    assert split.vocabulary.courses == ("A", "B", "C", "X", "Y")


def test_negatives_may_be_courses_that_the_catalogue_alone_has(tmp_path: Path) -> None:
    files = write(tmp_path, asking([["X"], ["X", "Y"], ["A"]]))
    assert read_split(*files, catalogue(tmp_path, "A", "X")).asked.negatives is not None


@pytest.mark.parametrize("of", ["train", "test"])
def test_a_row_with_more_fields_than_the_header_is_named(of: str, tmp_path: Path) -> None:
    """Its cells may be misplaced, and of ids separated by commas only one would count."""
    train, test = tmp_path / "train.csv", tmp_path / "test.csv"
    rows = {"train": "employee_id,course_id\n1,A\n1,B\n", "test": "employee_id,course_id\n1,A\n"}
    rows[of] = rows[of].replace("1,A", "1,A\n1,B,C,9")
    train.write_text(rows["train"])
    test.write_text(rows["test"])
    with pytest.raises(DataError, match=rf"{of}\.csv: row 3 has more fields than the header"):
        read_split(train, test, None)


def test_negatives_that_no_row_has_are_no_negatives(tmp_path: Path) -> None:
    split = split_of(tmp_path, asking([None, None, None]))
    assert split.asked.negatives is None
    learners, question = split.question
    assert question.candidates is None
    assert len(learners) == 3
    assert np.diff(question.targets.indptr).tolist() == [2, 0, 1]


def catalogue(folder: Path, *course_ids: str) -> Path:
    path = folder / "courses.parquet"
    pl.DataFrame({"course_id": course_ids, "title": course_ids}).write_parquet(path)
    return path


NEW_ONE = {"employee_id": ["1"], "course_id": ["C"]}


def test_courses_that_nobody_has_taken_may_be_asked_for_where_the_catalogue_has_them(
    tmp_path: Path,
) -> None:
    split = read_split(*write(tmp_path, NEW_ONE), catalogue(tmp_path, "A", "C"))
    assert (split.vocabulary.courses, split.courses.texts) == (("A", "B", "C"), ("A", "", "C"))


@pytest.mark.parametrize("others", [("C", "D"), ("A", "B"), None])
def test_courses_of_another_catalogue_are_refused(
    others: tuple[str, ...] | None, tmp_path: Path
) -> None:
    """Such as one whose ids are written otherwise."""
    files = write(tmp_path, NEW_ONE)
    courses = catalogue(tmp_path, *others) if others else None
    with pytest.raises(
        DataError, match=r"none of the courses in its column course_id is in .*train\.parquet"
    ) as error:
        read_split(*files, courses)
    assert "test on courses that the train file or the catalogue has" in str(error.value)
    assert "did you mean" not in str(error.value)


@pytest.mark.parametrize(
    ("here", "there"), [("c_7", "C-7"), ("7", "0007"), ("K 12", "K-012"), ("Ä1", "ä1")]
)
def test_courses_whose_ids_are_written_otherwise_are_told_as_that(
    here: str, there: str, tmp_path: Path
) -> None:
    train, test = write(tmp_path, {"employee_id": ["1", "1"], "course_id": ["100", here]})
    pl.DataFrame({"employee_id": ["1"], "course_id": [there]}).write_parquet(train)
    with pytest.raises(DataError, match=f"did you mean '{there}' by '{here}'"):
        read_split(train, test, None)
