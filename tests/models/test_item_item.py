"""Item-kNN, RP3beta and collective EASE beside their formulas in dense numpy."""

from dataclasses import replace

import numpy as np
import pytest

from hrreco.errors import ModelError
from hrreco.models import configured
from hrreco.profiles.courses import CourseProfiles

from .company import company, csr, learners_from


def dense(data):
    return data.learners.history.toarray().astype(float)


def highest_of_each(row_by_row, most):
    """Return the matrix with all but the `most` highest of each row at 0; the diagonal, too."""
    kept = row_by_row.copy()
    np.fill_diagonal(kept, 0)
    for row in kept:
        row[np.argsort(-row, kind="stable")[most:]] = 0
    return kept


def assert_scores(model, data, weights):
    expected = dense(data) @ weights
    assert expected.any()
    assert np.allclose(model.score(data.learners), expected, rtol=1e-5, atol=1e-7)


class TestItemknn:
    @pytest.mark.parametrize("neighbours", [3, 200])
    @pytest.mark.parametrize("shrinkage", [0.0, 7.0])
    def test_cosine_with_shrinkage(self, shrinkage, neighbours):
        data = company()
        X = dense(data)
        norm = np.linalg.norm(X, axis=0)
        alike = X.T @ X / (np.outer(norm, norm) + shrinkage)
        settings = {"shrinkage": shrinkage, "neighbours": neighbours}
        model = configured("itemknn", settings).fit(data)
        assert_scores(model, data, highest_of_each(alike, neighbours).T)

    @pytest.mark.parametrize("neighbours", [3, 200])
    @pytest.mark.parametrize(("k1", "b"), [(1.2, 0.5), (0.0, 0.0), (3.0, 1.0)])
    def test_bm25(self, k1, b, neighbours):
        data = company()
        X = dense(data)
        people, courses = X.shape
        weighted = np.zeros_like(X)
        mean_takers = X.sum() / courses
        for u in range(people):
            for i in range(courses):
                length = 1 - b + b * X[:, i].sum() / mean_takers
                rarity = np.log(1 + courses / max(np.count_nonzero(X[u]), 1))
                if X[u, i]:
                    weighted[u, i] = X[u, i] * (k1 + 1) / (X[u, i] + k1 * length) * rarity
        settings = {"similarity": "bm25", "k1": k1, "b": b, "neighbours": neighbours}
        model = configured("itemknn", settings).fit(data)
        alike = highest_of_each(weighted.T @ weighted, neighbours)
        assert_scores(model, data, alike.T)

    def test_people_who_took_much_tell_less_by_bm25(self):
        """0 and 1 are taken by two of short histories, 0 and 2 by two of long ones."""
        history = np.zeros((4, 8))
        history[:2, [0, 1]] = 1
        history[2:, [0, 2, 3, 4, 5, 6, 7]] = 1
        data = replace(company(courses=8), learners=learners_from(csr(history)))
        one = learners_from(csr(np.eye(8)[:1]))
        by_bm25 = configured("itemknn", {"similarity": "bm25", "b": 0}).fit(data).score(one)[0]
        by_cosine = configured("itemknn", {"shrinkage": 0}).fit(data).score(one)[0]
        assert by_bm25[1] > by_bm25[2]
        assert by_cosine[1] == by_cosine[2]


class TestRp3beta:
    @pytest.mark.parametrize("neighbours", [3, 200])
    @pytest.mark.parametrize(("alpha", "beta"), [(1.0, 0.0), (0.6, 0.3), (1.7, 1.2)])
    def test_against_the_formula(self, alpha, beta, neighbours):
        data = company()
        X = dense(data)
        n, m = X.sum(axis=0), np.maximum(X.sum(axis=1), 1e-12)
        to_takers, to_courses = (X / n) ** alpha, (X / m[:, None]) ** alpha
        walks = to_takers.T @ to_courses / n**beta
        settings = {"alpha": alpha, "beta": beta, "neighbours": neighbours}
        model = configured("rp3beta", settings).fit(data)
        assert_scores(model, data, highest_of_each(walks, neighbours))

    def test_by_hand(self):
        """From 0, both takers, by chance; from each to one of two courses, by chance."""
        history = csr([[1, 1, 0], [1, 0, 1], [0, 0, 1]])
        data = replace(company(courses=3), learners=learners_from(history))
        one = learners_from(csr([[1, 0, 0]]))
        plain = configured("rp3beta", {"beta": 0}).fit(data).score(one)[0]
        held_back = configured("rp3beta", {"beta": 1}).fit(data).score(one)[0]
        assert plain.tolist() == pytest.approx([0, 1 / 4, 1 / 4])
        assert held_back.tolist() == pytest.approx([0, 1 / 4, 1 / 8])


class TestCease:
    SETTINGS = {"regularisation": 20.0, "dropout": 0.25, "alike": 5.0}  # noqa: RUF012

    def test_against_the_formula(self):
        """Skills only, one of two that are equally rare for each course: vectors known by hand."""
        data = company(courses=8)
        taught = np.eye(2)[np.arange(8) % 2]
        about = CourseProfiles(("",) * 8, csr(np.hstack([taught, 0 * taught])), ((),) * 8)
        model = configured("cease", self.SETTINGS).fit(replace(data, courses=about))
        X = dense(data)
        G = X.T @ X
        G += np.diag(np.diag(G)) / 3 + 20 * np.eye(8) + 5 * taught @ taught.T
        P = np.linalg.inv(G)
        B = -P / np.diag(P)
        np.fill_diagonal(B, 0)
        assert np.allclose(model.score(data.learners), X @ B, atol=1e-5)

    def test_without_texts_or_skills_it_says_what_to_use(self):
        data = company()
        nothing = CourseProfiles((" ",) * 14, csr(np.zeros((14, 4))), ((),) * 14)
        with pytest.raises(ModelError, match="no texts or skills of courses; use ease"):
            configured("cease", {}).fit(replace(data, courses=nothing))

    def test_of_a_course_nobody_has_taken_it_foresees_what_ease_cannot(self):
        """Course 12 is of theme 0, as 0, 4 and 8 are; 13 is of theme 1. Both are new."""
        data = company(people=200)
        history = data.learners.history.toarray()
        history[:, [12, 13]] = 0
        data = replace(data, learners=learners_from(csr(history)))
        theme_0 = learners_from(csr(np.isin(np.arange(14), [0, 4, 8])[None, :]))
        cease = configured("cease", {}).fit(data).score(theme_0)[0]
        ease = configured("ease", {}).fit(data).score(theme_0)[0]
        assert cease[12] > max(cease[13], 0)
        assert ease[12] == ease[13] == 0
