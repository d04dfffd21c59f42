"""Degenerate inputs, and a server that puts a model through each in a forked process.

Run as ``python -m models.degenerate MODEL`` in `tests/`; it prints one line of JSON per input.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module

import numpy as np
from scipy import sparse

from hrreco.errors import HrrecoError
from hrreco.models import Recommender, TrainingData, configured
from hrreco.profiles.courses import CourseProfiles
from hrreco.profiles.learners import Learners
from hrreco.profiles.vocabulary import Vocabulary

from .company import company, csr, learners_from, profiles_of, sums, vocabulary_of


def of(history, **more) -> TrainingData:
    """Return the data of a history; its texts and skills are sound."""
    history = history if sparse.issparse(history) else csr(history)
    courses = history.shape[1]
    data = TrainingData(learners_from(history), profiles_of(courses), vocabulary_of(courses))
    return replace(data, **more)


def spoilt(change: Callable[[sparse.csr_matrix], object]) -> TrainingData:
    """Return sound data after `change` was done to the history in place."""
    data = company()
    change(data.learners.history)
    return data


def raw(data, indices, indptr, shape) -> sparse.csr_matrix:
    """Return a CSR whose parts scipy was not let to check."""
    matrix = sparse.csr_matrix(shape, dtype=np.float32)
    matrix.data = np.asarray(data, dtype=np.float32)
    matrix.indices = np.asarray(indices, dtype=np.int32)
    matrix.indptr = np.asarray(indptr, dtype=np.int32)
    return matrix


def with_history(history) -> TrainingData:
    data = company()
    return replace(data, learners=replace(data.learners, history=history(data.learners.history)))


def with_texts(*texts: str) -> TrainingData:
    data = company(courses=len(texts))
    return replace(data, courses=replace(data.courses, texts=texts))


_RANDOM = np.random.default_rng(0)

CASES: dict[str, Callable[[], TrainingData]] = {
    "all_zeros": lambda: of(np.zeros((5, 4))),
    "one_row": lambda: of(np.ones((1, 6)) * [[1, 1, 0, 0, 1, 0]]),
    "one_row_full": lambda: of(np.ones((1, 6))),
    "one_column": lambda: of(np.ones((6, 1))),
    "one_entry": lambda: of(np.eye(1)),
    "one_entry_of_many": lambda: of(np.eye(7)[:1]),
    "two_by_two": lambda: of(np.eye(2)),
    "no_rows": lambda: of(sparse.csr_matrix((0, 5), dtype=np.float32)),
    "no_courses": lambda: of(sparse.csr_matrix((5, 0), dtype=np.float32)),
    "nothing_at_all": lambda: of(sparse.csr_matrix((0, 0), dtype=np.float32)),
    "all_ones": lambda: of(np.ones((30, 20))),
    "dense_and_large": lambda: of(_RANDOM.uniform(0.1, 2, (300, 200))),
    "identical_learners": lambda: of(np.tile([1, 0, 1, 0, 1, 0, 0, 0], (50, 1))),
    "identical_courses": lambda: of(np.tile(_RANDOM.random((40, 1)) < 0.5, (1, 9))),
    "identity": lambda: of(np.eye(40)),
    "block_diagonal": lambda: of(np.kron(np.eye(5), np.ones((8, 4)))),
    "one_course_taken_by_all": lambda: of(np.eye(12)[np.zeros(60, dtype=int)]),
    "one_person_took_all": lambda: of(np.vstack([np.ones(30), np.eye(30)[:5]])),
    "one_course_each": lambda: of(np.eye(10)[np.arange(100) % 10]),
    "single_outlier_row": lambda: of(np.vstack([np.zeros((50, 20)), np.ones((1, 20))])),
    "few_people_many_courses": lambda: of((_RANDOM.random((3, 600)) < 0.1) * 1.0),
    "many_people_two_courses": lambda: of((_RANDOM.random((5_000, 2)) < 0.5) * 1.0),
    "200000_courses_of_one_person": lambda: of(
        sparse.csr_matrix(np.ones((1, 200_000), dtype=np.float32))
    ),
    "most_evidence": lambda: of(2.0 * (_RANDOM.random((40, 12)) < 0.3)),
    "tiny_evidence": lambda: of(1e-30 * (_RANDOM.random((40, 12)) < 0.3)),
    "denormal_evidence": lambda: of(1e-42 * (_RANDOM.random((40, 12)) < 0.3)),
    "evidence_of_many_sizes": lambda: of(10.0 ** _RANDOM.uniform(-38, 0.3, (40, 12))),
    "huge_evidence": lambda: of(3e38 * (_RANDOM.random((40, 12)) < 0.3)),
    "slightly_too_much_evidence": lambda: spoilt(lambda h: h.data.fill(2.001)),
    "nan": lambda: spoilt(lambda h: h.data.__setitem__(3, np.nan)),
    "all_nan": lambda: spoilt(lambda h: h.data.fill(np.nan)),
    "infinite": lambda: spoilt(lambda h: h.data.__setitem__(3, np.inf)),
    "minus_infinite": lambda: spoilt(lambda h: h.data.__setitem__(3, -np.inf)),
    "negative": lambda: spoilt(lambda h: h.data.__setitem__(3, -1)),
    "minus_zero": lambda: spoilt(lambda h: h.data.__setitem__(3, -0.0)),
    "explicit_zeros": lambda: spoilt(lambda h: h.data.__setitem__(slice(0, 20), 0)),
    "only_explicit_zeros": lambda: spoilt(lambda h: h.data.fill(0)),
    "unsorted_indices": lambda: of(raw([1, 1, 1, 1], [3, 0, 2, 1], [0, 2, 4], (2, 5))),
    "duplicate_entries": lambda: of(raw([1, 1, 1, 1], [3, 3, 2, 1], [0, 2, 4], (2, 5))),
    "duplicates_that_add_up_to_too_much": lambda: of(raw([1] * 3, [3] * 3, [0, 3], (1, 5))),
    "index_out_of_range": lambda: of(raw([1, 1], [1, 900_000], [0, 2], (1, 5))),
    "negative_index": lambda: of(raw([1, 1], [-7, 1], [0, 2], (1, 5))),
    "torn_rows": lambda: of(raw([1, 1], [0, 1], [0, 900, 2], (2, 5))),
    "rows_past_the_end": lambda: of(raw([1, 1], [0, 1], [0, 1, 900], (2, 5))),
    "too_few_row_bounds": lambda: of(raw([1, 1], [0, 1], [0, 2], (9, 5))),
    "fewer_values_than_indices": lambda: of(raw([1], [0, 1], [0, 1, 2], (2, 5))),
    "float64": lambda: with_history(lambda h: h.astype(np.float64)),
    "integers": lambda: with_history(lambda h: h.astype(np.int64)),
    "booleans": lambda: with_history(lambda h: h.astype(bool)),
    "complex_numbers": lambda: with_history(lambda h: h.astype(np.complex64)),
    "coo": lambda: with_history(lambda h: h.tocoo()),
    "csc": lambda: with_history(lambda h: h.tocsc()),
    "csr_array": lambda: with_history(sparse.csr_array),
    "int64_indices": lambda: with_history(_with_long_indices),
    "dense_array": lambda: with_history(lambda h: h.toarray()),
    "too_few_rows": lambda: with_history(lambda h: h[:3]),
    "too_few_columns": lambda: with_history(lambda h: h[:, :3]),
    "texts_all_empty": lambda: with_texts(*[""] * 14),
    "texts_all_blank": lambda: with_texts(*[" \n\t "] * 14),
    "texts_of_emoji": lambda: with_texts(*["🦺🧯", "🦺", "👩‍⚕️", "🧯🧯🧯"]),
    "texts_of_stop_words": lambda: with_texts("the and of", "ja tai", "och att", "的了"),
    "texts_of_one_letter": lambda: with_texts("a", "b", "a", ""),
    "texts_all_alike": lambda: with_texts(*["Hygienia"] * 14),
    "texts_of_100_kB": lambda: with_texts("hygienia " * 11_000, "x" * 100_000, "培训" * 50_000),
    "texts_with_controls": lambda: with_texts("\x00\x01", "a\x00b", "\u200b\u200f", "\ufeff"),
    "texts_too_few": lambda: _courses(texts=("one",)),
    "skills_none": lambda: of(np.eye(6), courses=CourseProfiles.unknown(6)),
    "skills_nan": lambda: _courses(teaches=csr(np.full((14, 4), np.nan))),
    "skills_negative": lambda: _courses(teaches=csr(-np.ones((14, 4)))),
    "skills_taught_by_none": lambda: _courses(teaches=csr(np.zeros((14, 4)))),
    "skills_taught_by_all": lambda: _courses(teaches=csr(np.ones((14, 4)))),
    "tags_empty": lambda: _courses(tags=((),) * 14),
    "tags_odd": lambda: _courses(tags=(("", "🦺", "", " "),) * 14),
    "features_all_zero": lambda: _learners(features=csr(np.zeros((61, 3)))),
    "features_all_held": lambda: _learners(features=csr(np.ones((61, 3)))),
    "features_huge": lambda: _learners(features=csr(np.full((61, 3), 1e30))),
    "features_nan": lambda: _learners(features=csr(np.full((61, 3), np.nan))),
    "features_too_few_rows": lambda: _learners(features=csr(np.ones((5, 3)))),
    "needs_nan": lambda: _learners(needs=csr(np.full((61, 4), np.nan))),
    "needs_everything": lambda: _learners(needs=csr(np.ones((61, 4)))),
    "needs_negative": lambda: _learners(needs=csr(-np.ones((61, 4)))),
    "ages_unknown": lambda: _learners(age=None),
    "ages_all_alike": lambda: _learners(age=company().learners.history.sign()),
    "ages_nan": lambda: _ages(lambda age: age * np.nan),
    "ages_negative": lambda: _ages(lambda age: -age),
    "ages_of_zero": lambda: _ages(lambda age: age * 0),
    "ages_huge": lambda: _ages(lambda age: age * 1e30),
    "ages_of_others": lambda: _ages(lambda age: age[::-1]),
    "ages_too_few_rows": lambda: _ages(lambda age: age[:5]),
    "vocabulary_empty": lambda: replace(company(), vocabulary=Vocabulary(())),
    "vocabulary_without_features": lambda: _without_features(()),
    "vocabulary_too_long": lambda: replace(company(), vocabulary=vocabulary_of(15)),
    "limit_of_one_course_each": lambda: company(courses_per_learner=1),
    "limit_of_no_course": lambda: company(courses_per_learner=0),
    "no_time": lambda: company(seconds=-1.0),
}


def _with_long_indices(history):
    history.indices = history.indices.astype(np.int64)
    history.indptr = history.indptr.astype(np.int64)
    return history


def _courses(**parts) -> TrainingData:
    data = company()
    return replace(data, courses=replace(data.courses, **parts))


def _learners(**parts) -> TrainingData:
    data = company()
    return replace(data, learners=replace(data.learners, **parts))


def _ages(change) -> TrainingData:
    return _learners(age=change(company().learners.age))


def _without_features(features: tuple[()]) -> TrainingData:
    data = company()
    none = sparse.csr_matrix((61, 0), dtype=np.float32)
    vocabulary = replace(data.vocabulary, features=features)
    return replace(data, vocabulary=vocabulary, learners=replace(data.learners, features=none))


def outcome(model: str, name: str) -> str:
    """Fit on one input and score it, and let a sound model score it, too; say how each ended."""
    data = CASES[name]()
    fitted = _ended(lambda: check(configured(model, {}).fit(data), data.learners))
    sound = _sound(model, _alike(data))
    return f"fit: {fitted}; score: {_ended(lambda: check(sound, data.learners))}"


@cache
def _sound(model: str, courses: int) -> Recommender:
    return configured(model, {}).fit(company(courses=courses))


def _alike(data: TrainingData) -> int:
    """Return how many courses sound data need to be of the same shape, within reason."""
    courses = len(data.vocabulary.courses)
    return courses if 2 <= courses <= 600 else 14


def _ended(act: Callable[[], None]) -> str:
    try:
        act()
    except HrrecoError as error:
        assert "\n" not in str(error), "an error is one line"
        return type(error).__name__
    return "result"


def check(model, learners: Learners) -> None:
    """Look at the scores of some learners, and at what they are made of."""
    scores = model.score(learners)
    n, n_courses = learners.history.shape
    assert scores.shape == (n, n_courses), "shape"
    assert scores.dtype == np.float32, "dtype"
    assert np.isfinite(scores).all(), "not finite"
    courses = np.tile(np.arange(min(n_courses, 3), dtype=np.intp), (n, 1))
    parts = model.contributions(learners, courses)
    assert np.isfinite(parts.value).all(), "parts not finite"
    wrong = np.abs(sums(parts) - scores[:, : courses.shape[1]])
    assert np.all(wrong <= 1e-5 * np.maximum(1, np.abs(scores[:, : courses.shape[1]]))), "sum"


def forked(model: str) -> Iterator[dict[str, object]]:
    """Yield how each input ended in a process that goes on to the next unless it dies of one."""
    for engine in configured(model, {}).engines():
        import_module(
            {"rectools-lightfm": "lightfm", "scikit-learn": "sklearn.feature_extraction.text"}.get(
                engine, engine
            )
        )
    names = list(CASES)
    while names:
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            _in_child(model, names, writer)
        os.close(writer)
        with os.fdopen(reader, encoding="utf-8") as stream:
            ended = [json.loads(line) for line in stream]
        _, status = os.waitpid(child, 0)
        for said in ended:
            yield {"case": names.pop(0), "status": 0, "said": said}
        if status:
            yield {"case": names.pop(0), "status": status, "said": ""}


def _in_child(model: str, names: list[str], writer: int) -> None:
    for name in names:
        signal.alarm(60)
        try:
            said = outcome(model, name)
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(writer, f"{json.dumps(said)}\n".encode())
    os._exit(0)


if __name__ == "__main__":
    for line in forked(sys.argv[1]):
        print(json.dumps(line), flush=True)
