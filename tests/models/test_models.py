"""Models beside known answers."""

from dataclasses import replace

import numpy as np
import pytest

from hrreco.errors import ModelError, SettingsError
from hrreco.models import TrainingData, configured
from hrreco.models._contributions import first_feature, first_skill

from .company import company, csr, learners_from, profiles_of, sums, vocabulary_of


def data_of(history, **learners) -> TrainingData:
    history = csr(history)
    courses = history.shape[1]
    people = learners_from(history, **learners)
    return TrainingData(people, profiles_of(courses), vocabulary_of(courses))


class TestPopularity:
    """10 nurses and 20 clerks. Course 0: 8 nurses; 1: 6 clerks and 3 nurses; 2: 4 people."""

    @pytest.fixture
    def model(self):
        history = np.zeros((30, 4))
        history[:8, 0] = 1
        history[7:16, 1] = 0.5
        history[16:20, 2] = 1
        history[:, 3] = 1
        return configured("popularity", {"shrinkage": 10}).fit(
            data_of(history, role=[0] * 10 + [1] * 20)
        )

    def scores(self, model, role):
        return model.score(learners_from(csr(np.zeros((1, 4))), role=[role]))[0]

    def test_by_hand(self, model):
        p = np.array([8 / 30, 9 / 30, 0, 1])
        nurses = [(8 + 10 * p[0]) / 20, (min(10 * p[1], 4) + 10 * p[1]) / 20, 0, 1]
        clerks = [(4 + 10 * p[0]) / 30, (6 + 10 * p[1]) / 30, 0, 1]
        assert self.scores(model, 0) == pytest.approx(nurses, abs=1e-6)
        assert self.scores(model, 1) == pytest.approx(clerks, abs=1e-6)

    def test_a_count_below_five_can_not_be_told_from_any_other(self):
        """3 or 4 of 10 nurses: the same scores."""

        def of(nurses):
            history = np.zeros((30, 2))
            history[:nurses, 0] = history[10 : 10 + 12 - nurses, 0] = 1
            history[:, 1] = 1
            model = configured("popularity", {})
            return self.scores_of(model.fit(data_of(history, role=[0] * 10 + [1] * 20)))

        assert of(3) == of(4) != of(5)

    def scores_of(self, model):
        return model.score(learners_from(csr(np.zeros((1, 2))), role=[0]))[0].tolist()

    def test_parts_name_everyone_and_the_role(self, model):
        nurse = learners_from(csr(np.zeros((1, 4))), role=[0])
        parts = model.contributions(nurse, np.array([[0]]))
        everyone = first_feature(model.vocabulary)
        assert parts.source.tolist() == [everyone, everyone + 1]
        expected = [8 / 30, (8 + 80 / 30) / 20 - 8 / 30]
        assert parts.value[:, 0].tolist() == pytest.approx(expected)


class TestEase:
    def test_against_the_formula(self):
        data = company()
        X = data.learners.history.toarray().astype(float)
        G = X.T @ X
        P = np.linalg.inv(G + np.diag(np.diag(G)) / 3 + 50 * np.eye(X.shape[1]))
        B = -P / np.diag(P)
        np.fill_diagonal(B, 0)
        model = configured("ease", {"regularisation": 50, "dropout": 0.25}).fit(data)
        assert np.allclose(model.score(data.learners), X @ B, atol=1e-5)

    def test_a_large_catalogue_is_refused(self):
        with pytest.raises(ModelError, match=r"up to 13 courses .* there are 14; use als"):
            configured("ease", {"most_courses": 13}).fit(company())


class TestAls:
    def test_fold_in_is_what_implicit_would_recalculate(self):
        from implicit.cpu.als import AlternatingLeastSquares
        from threadpoolctl import threadpool_limits

        data = company()
        model = configured("als", {"alpha": 3.0, "regularisation": 0.2, "factors": 6}).fit(data)
        ridge = model.arrays()["ridge"].item()
        with threadpool_limits(1, user_api="blas"):
            engine = AlternatingLeastSquares(
                factors=6, regularization=ridge, alpha=1.0, num_threads=1
            )
        engine.item_factors = model.arrays()["factors"]
        confidence = data.learners.history.copy()
        confidence.data = 1 + 3 * confidence.data
        theirs = engine.recalculate_user(np.arange(61), confidence) @ engine.item_factors.T
        assert np.allclose(model.score(data.learners), theirs, atol=2e-4)

    def test_against_the_formula(self):
        data = company()
        model = configured("als", {}).fit(data)
        Y = model.arrays()["factors"].astype(float)
        for row in (0, 9):
            evidence = data.learners.history[row].toarray()[0]
            c = 1 + 8 * evidence
            A = Y.T @ (c[:, None] * Y) + model.arrays()["ridge"] * np.eye(16)
            u = np.linalg.solve(A, Y.T @ (c * (evidence > 0)))
            assert np.allclose(model.score(data.learners)[row], Y @ u, atol=1e-5)

    def test_the_ridge_is_a_share_of_what_chance_reaches(self):
        taken = (np.random.default_rng(1).random((400, 100)) < 0.05).astype(np.float32)
        data = data_of(taken)
        half, whole = (
            configured("als", {"regularisation": share}).fit(data).arrays()["ridge"].item()
            for share in (0.1, 0.2)
        )
        assert half == pytest.approx(whole / 2)
        confidence = 9.0 * taken[taken.any(axis=1)]
        chance = np.linalg.norm(confidence - confidence.mean(), 2)
        assert whole == pytest.approx(0.2 * chance, rel=0.1)

    def test_thread_counts_give_the_same_bits(self, monkeypatch):
        from hrreco.models import _alternating

        data = company(people=300, courses=60)
        one = configured("als", {}).fit(data).arrays()["factors"]
        monkeypatch.setattr(_alternating, "_MANY_EVENTS", 0)
        assert np.array_equal(configured("als", {}).fit(data).arrays()["factors"], one)

    @pytest.mark.parametrize("length", [1, 5, 6, 11])
    def test_short_and_long_histories_are_folded_in_as_by_a_dense_inverse(self, length):
        data = company(people=40)
        model = configured("als", {"factors": 6, "regularisation": 0.2}).fit(data)
        history = csr(np.r_[np.linspace(0.2, 2, length), np.zeros(14 - length)][None])
        learner = learners_from(history, np.array([0]))
        vectors = model.arrays()["factors"].astype(np.float64)
        confidence = 1 + model.config.alpha * history.toarray()[0]
        gram = vectors.T @ vectors + model.arrays()["ridge"] * np.eye(6)
        own = vectors[:length]
        system = gram + (own.T * (confidence[:length] - 1)) @ own
        reach = vectors @ np.linalg.inv(system) @ own.T * confidence[:length]
        assert np.allclose(model.score(learner)[0], reach.sum(axis=1), rtol=1e-5, atol=1e-6)
        parts = model.contributions(learner, np.arange(14)[None]).value
        assert np.allclose(parts, reach.T, rtol=1e-6, atol=1e-9)


class TestLightFm:
    def test_the_planted_taste_of_a_role_is_found(self):
        data = company(people=200)
        model = configured("lightfm", {}).fit(data)
        new_hires = learners_from(csr(np.zeros((2, 14))), role=[0, 1])
        even, odd = model.score(new_hires)
        assert even[0::2].min() > even[1::2].max()
        assert odd[1::2].min() > odd[0::2].max()

    def test_against_the_formula(self):
        data = company()
        model = configured("lightfm", {}).fit(data)
        learned = model.arrays()
        raw = data.learners.features @ learned["features"] @ learned["courses"].T
        raw += learned["biases"]
        assert np.abs(learned["biases"]).max() > 0.01
        expected = raw - raw.mean(axis=1, keepdims=True)
        assert np.allclose(model.score(data.learners), expected, atol=1e-5)

    def test_scores_are_against_the_mean_course(self):
        model = configured("lightfm", {}).fit(company())
        assert np.allclose(model.score(company().learners).mean(axis=1), 0, atol=1e-6)

    def test_a_sample_of_events_is_enough_for_large_data(self):
        data = company(people=400)
        all_of_them = configured("lightfm", {}).fit(data).arrays()
        some = configured("lightfm", {"most_events": 500}).fit(data).arrays()
        again = configured("lightfm", {"most_events": 500}).fit(data).arrays()
        assert not np.array_equal(all_of_them["courses"], some["courses"])
        assert np.array_equal(again["courses"], some["courses"])


class TestContent:
    TEXTS = ("Hoitotyön hygienia", "Hygienia hoitotyössä", "数据分析入门", "数据分析进阶")

    @pytest.fixture
    def data(self):
        base = company(courses=4)
        theirs = csr([[1, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 1, 1, 0]])
        return replace(base, courses=replace(base.courses, texts=self.TEXTS, teaches=theirs))

    def test_similarity_and_gap_by_hand(self, data):
        model = configured("content", {"gap_weight": 0.5}).fit(data)
        one = learners_from(csr([[1, 0, 0, 0]]))
        like_first = model.score(one)[0]
        assert like_first[0] == 0
        assert like_first[1] > 0.5 > like_first[2] == like_first[3] == 0
        needing = learners_from(csr(np.zeros((1, 4))), needs=[[1, 0, 0.5, 0]])
        assert model.score(needing)[0] == pytest.approx([1 / 3, 1 / 3, 0, 1 / 6])
        both = learners_from(csr([[1, 0, 1, 0]]), needs=[[1, 0, 0.5, 0]])
        like_third = model.score(learners_from(csr([[0, 0, 1, 0]])))[0]
        by_hand = (like_first + like_third) / 2 + [1 / 3, 1 / 3, 0, 1 / 6]
        assert model.score(both)[0] == pytest.approx(by_hand)

    def test_chinese_texts_are_told_apart(self, data):
        courses = replace(data.courses, teaches=csr(np.zeros((4, 4))))
        model = configured("content", {}).fit(replace(data, courses=courses))
        scores = model.score(learners_from(csr([[0, 0, 1, 0]])))[0]
        assert scores.argmax() == 3

    def test_neighbours_bound_the_bundle(self):
        data = company(courses=40)
        model = configured("content", {"neighbours": 3}).fit(data)
        assert np.diff(model.arrays()["similarity_indptr"]).max() == 3

    def test_parts_name_courses_and_skills(self, data):
        model = configured("content", {}).fit(data)
        learner = learners_from(csr([[1, 0, 0, 0]]), needs=[[1, 0, 0, 0]])
        parts = model.contributions(learner, np.array([[1]]))
        assert parts.source.tolist() == [0, first_skill(model.vocabulary)]
        assert parts.value[1, 0] == pytest.approx(0.5)


class TestFallback:
    def test_each_learner_gets_the_model_that_has_something_to_say(self):
        data = company()
        model = configured("fallback", {"learned": "ease"}).fit(data)
        ease = configured("ease", {}).fit(data)
        rules = configured("popularity", {}).fit(data)
        history = np.zeros((3, 14))
        history[1, 2] = 1
        learners = learners_from(csr(history))
        scores = model.score(learners)
        assert np.array_equal(scores[1], ease.score(learners)[1])
        assert np.array_equal(scores[[0, 2]], rules.score(learners)[[0, 2]])

    def test_reasons_come_from_the_model_that_scored(self):
        model = configured("fallback", {}).fit(company())
        history = np.zeros((3, 14))
        history[1, 2] = 1
        parts = model.contributions(learners_from(csr(history)), np.full((3, 2), 4))
        features = parts.source >= first_feature(model.vocabulary)
        assert np.unique(parts.learner[features]).tolist() == [0, 2]
        assert np.unique(parts.learner[~features]).tolist() == [1]
        assert parts.value[~features].any()

    def test_wrong_settings_are_named(self):
        with pytest.raises(SettingsError, match=r"regularization.*did you mean 'regularisation'"):
            configured("fallback", {"settings": {"regularization": 3}})
        with pytest.raises(ModelError, match="itself"):
            configured("fallback", {"learned": "fallback"})

    def test_engines_are_those_of_the_learned_part(self):
        assert configured("fallback", {"learned": "als"}).engines() == ("implicit",)


class TestGroupsOfFive:
    def test_lightfm_says_nothing_of_a_feature_that_fewer_than_five_took_a_course_with(self):
        data = company()
        model = configured("lightfm", {"epochs": 2}).fit(data)
        together = (data.learners.features.T @ data.learners.history.sign()).toarray()
        n, n_courses = len(data.learners), len(data.vocabulary.courses)
        courses = np.tile(np.arange(n_courses), (n, 1))
        parts = model.contributions(data.learners, courses)
        at, course = np.nonzero(parts.value)
        said = parts.value[at, course]
        feature = parts.source[at] - n_courses
        assert said.any()
        assert (together[feature, course] >= 5).all()
        np.testing.assert_allclose(sums(parts), model.score(data.learners), atol=1e-5)

    def test_the_rules_answer_whoever_has_no_history_whatever_model_serves(self):
        data = company()
        model = configured("fallback", {"learned": "lightfm"}).fit(data)
        history = csr(np.zeros(data.learners.history.shape))
        new_hires = type(data.learners)(history, data.learners.features, data.learners.needs)
        assert np.array_equal(model.score(new_hires), model.rules.score(new_hires))
