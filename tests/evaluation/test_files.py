import math

import polars as pl
import pytest

from hrreco.errors import (
    DataError,
    MissingColumnError,
    MissingFileError,
    SettingsError,
    UnknownIdError,
)
from hrreco.evaluation._frames import read_asked, read_courses
from hrreco.training import evaluate_files

# B is taken by seven employees, A by six, C by five, D by too few to count; E is only in test.
TRAIN = {
    "A": ("01", "02", "03", "04", "05", "06"),
    "B": ("01", "02", "03", "04", "05", "06", "07"),
    "C": ("04", "05", "06", "07", "08"),
    "D": ("08",),
}
TEST = [
    ("01", "C"),
    ("02", "D"),
    ("03", "E"),
    ("04", "E"),
    ("07", "A"),
    ("08", "A"),
    ("new", "A"),
    ("new", "D"),
]


def frame(pairs):
    return pl.DataFrame(pairs, schema=["employee_id", "course_id"], orient="row")


@pytest.fixture
def files(tmp_path):
    train = frame([(e, course) for course, people in TRAIN.items() for e in people])
    train.with_columns(noise=pl.lit("x")).write_parquet(tmp_path / "train.parquet")
    frame(TEST).write_csv(tmp_path / "test.csv")
    return tmp_path / "train.parquet", tmp_path / "test.csv"


def ids_in(path):
    return read_asked(path).select("employee_id", "course_id").rows()


def test_popularity_on_tiny_files_gives_the_numbers_of_a_pencil(files):
    found = evaluate_files(*files, None, ["popularity"], [1, 2]).to_json()
    model = found["models"]["popularity"]
    assert found["learners"] == 7
    # the two best: 01 C D, 02 C D, 03 C D, 04 D E, 07 A D, 08 B A, new B A
    second = 1 / math.log2(3)
    ndcg = [1, second, 0, second, 1, second, second / (1 + second)]
    assert model["ndcg@2"] == pytest.approx(sum(ndcg) / 7)
    assert model["recall@1"] == pytest.approx(2 / 7)
    assert model["recall@2"] == pytest.approx((5 + 1 / 2) / 7)
    assert model["hit_rate@1"] == pytest.approx(2 / 7)
    assert model["hit_rate@2"] == pytest.approx(6 / 7)
    assert model["mrr@2"] == pytest.approx((2 + 4 / 2) / 7)
    assert model["coverage@1"] == pytest.approx(4 / 5)
    assert model["coverage@2"] == 1.0
    assert model["slices"]["cold_start"]["learners"] == 1
    assert model["slices"]["warm"]["learners"] == 6


def test_the_order_of_rows_and_repeated_rows_change_nothing(files, tmp_path):
    train, test = files
    mixed = pl.read_parquet(train).sample(fraction=3, with_replacement=True, seed=1, shuffle=True)
    pl.concat([mixed, pl.read_parquet(train)]).write_parquet(tmp_path / "mixed.parquet")
    one = evaluate_files(train, test, None, ["ease"], [2])
    other = evaluate_files(tmp_path / "mixed.parquet", test, None, ["ease"], [2])
    assert one.to_json() == other.to_json()


def test_the_rules_are_always_judged_too(files):
    models = evaluate_files(*files, None, ["ease", "ease"], [2]).to_json()["models"]
    assert set(models) == {"popularity", "ease"}
    assert set(models["ease"]["versus_rules"]) == {"recall@2", "ndcg@2", "hit_rate@2", "mrr@2"}


def test_progress_is_told_to_the_end(files):
    told = []
    evaluate_files(*files, None, ["ease"], [2], progress=lambda *step: told.append(step))
    assert told == [
        *(("fit popularity", 0, 2), ("fit ease", 1, 2), ("fit", 2, 2)),
        *(("judge", done, 2) for done in (0, 1, 2)),
    ]


def test_a_model_that_cannot_be_fitted_does_not_keep_the_others_from_it(tmp_path):
    frame([("1", "A"), ("2", "B"), ("3", "A")]).write_csv(tmp_path / "train.csv")
    frame([("1", "B")]).write_csv(tmp_path / "test.csv")
    files = (tmp_path / "train.csv", tmp_path / "test.csv")
    found = evaluate_files(*files, None, ["transitions", "popularity"], [5]).to_json()
    assert set(found["models"]) == {"popularity"}
    assert "transitions" in found["unfitted"]["transitions"]


def test_content_needs_the_courses(files, tmp_path):
    with pytest.raises(SettingsError, match="--courses"):
        evaluate_files(*files, None, ["content"], [2])
    courses = pl.DataFrame(
        {"course_id": list("ABCDEF"), "title": [f"On {c * 3}" for c in "ABCDEF"]}
    )
    courses.write_csv(tmp_path / "courses.csv")
    report = evaluate_files(*files, tmp_path / "courses.csv", ["content"], [2])
    assert report.models["content"].overall.learners == 7


def test_courses_of_another_company_are_noticed(files, tmp_path):
    pl.DataFrame({"course_id": ["X"], "title": ["x"]}).write_csv(tmp_path / "courses.csv")
    with pytest.raises(DataError, match="describes none of the 5 courses, for example 'A'"):
        evaluate_files(*files, tmp_path / "courses.csv", ["content"], [2])


def test_an_unknown_model_is_named_before_any_file_is_read(tmp_path):
    with pytest.raises(UnknownIdError, match="did you mean 'ease'"):
        evaluate_files(tmp_path / "no", tmp_path / "no", None, ["eaze"], [2])


def test_a_senseless_length_is_named_before_any_file_is_read(tmp_path):
    with pytest.raises(SettingsError, match="1 or more"):
        evaluate_files(tmp_path / "no", tmp_path / "no", None, ["ease"], [0])


def test_a_missing_file_is_named_with_the_one_that_was_meant(files, tmp_path):
    with pytest.raises(
        MissingFileError, match=r"tets\.csv: no such file; did you mean 'test\.csv'"
    ):
        evaluate_files(files[0], tmp_path / "tets.csv", None, ["ease"], [2])
    with pytest.raises(MissingFileError, match="no such folder"):
        read_asked(tmp_path / "nowhere" / "a.csv")
    with pytest.raises(MissingFileError, match="is a folder; name the file in it"):
        read_asked(tmp_path)


def test_a_missing_column_is_named_with_the_one_that_was_meant(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("employee_id,course\n1,A\n")
    with pytest.raises(MissingColumnError, match="no column 'course_id'; did you mean 'course'"):
        read_asked(path)
    path.write_text("employee_id,x\n1,A\n")
    with pytest.raises(MissingColumnError, match="there are employee_id, x"):
        read_asked(path)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"employee_id,course_id\n", "no rows"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"employee_id,course_id\n1,\n", "row 2 has no course_id"),
        ("a.csv", b"\xff\xfe", "is empty"),
        ("a.parquet", b"PAR1 not", "is not a Parquet file"),
        ("a.xlsx", b"no sheet", "is not an Excel file"),
    ],
)
def test_a_file_that_is_no_table_of_ids_is_one_clear_line(tmp_path, name, content, says):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError, match=says) as error:
        read_asked(path)
    assert name in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_ids_stay_text_whatever_they_look_like(tmp_path, separator):
    path = tmp_path / "a.csv"
    ids = [("007", "1.0"), ("a b", "🦊"), ("true", "2024-01-01")]
    lines = [("employee_id", "course_id", "n"), *((*pair, "1") for pair in ids)]
    path.write_text("\n".join(separator.join(line) for line in lines), encoding="utf-8-sig")
    assert ids_in(path) == ids


def test_leading_zeros_stay(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("employee_id,course_id\n007,01\n008,02\n")
    assert ids_in(path) == [("007", "01"), ("008", "02")]


def test_numbers_in_parquet_become_text(tmp_path):
    frame([(1, 10)]).write_parquet(tmp_path / "a.parquet")
    assert ids_in(tmp_path / "a.parquet") == [("1", "10")]


def test_skills_and_tags_are_read_in_the_form_of_the_contract(tmp_path):
    path = tmp_path / "courses.csv"
    path.write_text(
        "course_id,title,description,skills,tags,prerequisites\n"
        "A,Data,About,sql:2|http://x/y:z,new | it,free text: none\n"
        "B,Care,,,,\n"
        "A,Again,,,,\n"
    )
    assert read_courses(path).rows() == [
        ("A", "Data\nAbout", ["sql", "http://x/y:z"], ["new", "it"]),
        ("B", "Care", [], []),
    ]


def test_lists_in_parquet_are_lists_and_other_forms_are_ignored(tmp_path):
    path = tmp_path / "courses.parquet"
    nested = {"course_id": ["A"], "title": [None], "skills": [["sql"]], "tags": [[{"a": 1}]]}
    pl.DataFrame(nested, schema_overrides={"title": pl.String}).write_parquet(path)
    assert read_courses(path).rows() == [("A", "", ["sql"], [])]


def test_whole_numbers_are_one_id_whether_or_not_a_file_stores_them_as_decimals(tmp_path):
    frame([(1.0, 10.0)]).write_parquet(tmp_path / "a.parquet")
    assert ids_in(tmp_path / "a.parquet") == [("1", "10")]


@pytest.mark.parametrize("name", ["employee_id", "course_id"])
@pytest.mark.parametrize("odd", [[["A"], ["B"]], [b"\xff", b"B"]], ids=["list", "binary"])
def test_an_id_that_is_no_text_is_named_with_its_row(tmp_path, name, odd):
    path = tmp_path / "a.parquet"
    frame([("1", "A"), ("2", "B")]).with_columns(pl.Series(name, odd)).write_parquet(path)
    with pytest.raises(DataError, match=rf"a\.parquet: row 2 has a {name} that is no text"):
        read_asked(path)


def test_a_missing_number_is_a_missing_id(tmp_path):
    frame([(1.0, 10.0), (math.nan, 10.0)]).write_parquet(tmp_path / "a.parquet")
    with pytest.raises(DataError, match="row 3 has no employee_id"):
        read_asked(tmp_path / "a.parquet")


@pytest.mark.parametrize("odd", [[["x"], ["y"]], [b"\xff", None]], ids=["list", "binary"])
def test_texts_of_a_course_that_cannot_be_read_are_as_good_as_none(tmp_path, odd):
    path = tmp_path / "courses.parquet"
    courses = pl.DataFrame({"course_id": [1.0, 2.0], "title": ["One", "Two"], "description": odd})
    courses.write_parquet(path)
    assert read_courses(path)["text"].to_list() == ["One", "Two"]
    courses.with_columns(title="description", skills="description").write_parquet(path)
    assert read_courses(path).select("course_id", "text").rows() == [("1", ""), ("2", "")]


def test_a_course_without_an_id_is_named(tmp_path):
    path = tmp_path / "courses.csv"
    path.write_text("course_id,title\nA,Data\n,Care\n")
    with pytest.raises(DataError, match=r"courses\.csv: row 3 has no course_id"):
        read_courses(path)


def test_files_of_two_catalogues_are_noticed(files, tmp_path):
    frame([("01", "X-9")]).write_csv(tmp_path / "other.csv")
    says = r"column course_id is in .*'X-9' and so on here, 'A' and so on there; "
    with pytest.raises(DataError, match=says) as error:
        evaluate_files(files[0], tmp_path / "other.csv", None, ["ease"], [2])
    assert "other.csv: none of the courses" in str(error.value)
    assert "did you mean" not in str(error.value)
    assert "train.parquet" in str(error.value)


def test_newcomers_alone_may_be_judged(files, tmp_path):
    frame([("new", "A")]).write_csv(tmp_path / "new.csv")
    report = evaluate_files(files[0], tmp_path / "new.csv", None, ["ease"], [2])
    assert report.models["popularity"].slices["cold_start"].learners == 1
