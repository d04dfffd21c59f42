"""The blend beside a computation in dense numpy, and what it is made of."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrreco.errors import ModelError, SettingsError
from hrreco.models import Contributions, configured, read_bundle, recommender, write_bundle
from hrreco.models._contributions import Share
from hrreco.models.blend import centre

from .company import company, csr, learners_from, origin, sums

ALL = ("als", "cease", "content", "ease", "itemknn", "lightfm", "popularity", "rp3beta")
ALL = (*ALL, "transitions")


def blend(*parts, history_half=1.0):
    """Return a blend of parts, each a name, or a name and its weight; not fitted."""
    told = [part if isinstance(part, tuple) else (part, 1.0) for part in parts]
    weighed = [{"name": name, "weight": weight} for name, weight in told]
    return configured("blend", {"parts": weighed, "history_half": history_half})


@pytest.fixture(scope="module")
def everything():
    """All models in one, fitted on the small company; not to be fitted again."""
    return blend(*ALL).fit(company())


def of_each(data, learners, *names):
    """Return each model's own scores, less their mean and over their spread, in float64."""
    for name in names:
        scores = configured(name, {}).fit(data).score(learners).astype(float)
        centred = scores - scores.mean(axis=1, keepdims=True)
        yield centred / scores.std(axis=1, keepdims=True)


class TestScores:
    def test_each_part_is_standardised_for_the_learner_over_the_whole_catalogue(self):
        data, others = company(), company(seed=1).learners.take(slice(0, 20))
        n = np.diff(others.history.indptr)[:, None]
        assert n.min() > 0
        trust = n / (n + 2.5)
        ease, rules = of_each(data, others, "ease", "popularity")
        model = blend(("ease", 3.0), ("popularity", 1.0), history_half=2.5).fit(data)
        expected = 0.75 * trust * ease + 0.25 * rules
        assert np.allclose(model.score(others), expected, atol=1e-5)

    def test_only_the_ratio_of_weights_counts(self):
        data = company()
        one = blend(("ease", 0.3), ("popularity", 0.1)).fit(data)
        other = blend(("ease", 900.0), ("popularity", 300.0)).fit(data)
        assert np.allclose(one.score(data.learners), other.score(data.learners), atol=1e-6)

    def test_models_of_histories_count_by_what_there_is_of_one(self):
        history = np.zeros((3, 14))
        history[1, :1] = history[2, :3] = 1
        learners = learners_from(csr(history))
        found = blend("ease", history_half=1.0).fit(company()).score(learners).std(axis=1)
        assert found.tolist() == pytest.approx([0, 1 / 2, 3 / 4], abs=1e-5)
        whole = blend("ease", history_half=0.0).fit(company()).score(learners).std(axis=1)
        assert whole.tolist() == pytest.approx([0, 1, 1], abs=1e-5)

    def test_without_a_history_only_models_that_need_none_speak(self):
        data = company()
        new = learners_from(csr(np.zeros((2, 14))))
        model = blend("ease", "transitions", "popularity").fit(data)
        (rules,) = of_each(data, new, "popularity")
        assert np.allclose(model.score(new), rules / 3, atol=1e-5)

    def test_a_part_without_spread_adds_nothing(self):
        data = company()
        courses = replace(data.courses, texts=("Hygienia",) * 14)
        alike = replace(data, courses=replace(courses, teaches=csr(np.ones((14, 4)))))
        learners = learners_from(csr(np.ones((1, 14))))  # alike to all, so all score the same
        content = configured("content", {}).fit(alike).score(learners)
        assert np.ptp(content) < 0.1 * content.mean()
        model = blend("content", "ease").fit(alike)
        (ease,) = of_each(alike, learners, "ease")
        assert np.allclose(model.score(learners), ease / 2 * 14 / 15, atol=1e-5)
        courses = np.arange(14)[None, :]
        made_of = sums(model.contributions(learners, courses))
        assert np.allclose(made_of, model.score(learners), atol=1e-5)


class TestCentre:
    def test_by_hand(self):
        scores = np.array([[1, 3], [5, 5], [0, 0]], dtype=np.float32)
        by = centre(scores)
        assert scores.tolist() == [[-1, 1], [0, 0], [0, 0]]
        assert by.mean.tolist() == [2, 5, 0]
        assert by.scale.tolist() == [1, 0, 0]

    def test_differences_in_the_last_digit_are_no_spread(self):
        assert centre(np.array([[1.0, 1.0 + 2e-7]], dtype=np.float32)).scale.tolist() == [0]

    def test_of_no_courses(self):
        assert centre(np.zeros((2, 0), dtype=np.float32)).scale.tolist() == [0, 0]


class TestContributions:
    @settings(max_examples=40, deadline=None)
    @given(st.integers(0, 2**32 - 1), st.sampled_from([0.05, 0.3, 1.0]))
    def test_those_of_all_models_in_one_add_up(self, everything, seed, density):
        random = np.random.default_rng(seed)
        there = random.random((6, 14)) < density
        needs = random.uniform(0, 1, (6, 4)) * (random.random((6, 4)) < density)
        learners = learners_from(csr(random.uniform(1e-3, 2, (6, 14)) * there), needs=needs)
        courses = np.tile(np.arange(14), (6, 1))
        scores = everything.score(learners)
        off = np.abs(sums(everything.contributions(learners, courses)) - scores)
        assert np.all(off <= 1e-5 * np.maximum(1, np.abs(scores)))

    @pytest.mark.parametrize("name", ALL)
    def test_they_add_up_whatever_the_weight(self, name):
        data = company()
        model = blend((name, 1000.0)).fit(data)
        learners = company(people=300, seed=6).learners
        courses = np.tile(np.arange(14), (300, 1))
        scores = model.score(learners)
        off = np.abs(sums(model.contributions(learners, courses)) - scores)
        assert np.all(off <= 1e-5 * np.maximum(1, np.abs(scores)))

    def test_a_course_that_several_models_name_is_one_source(self):
        data = company()
        model = blend("ease", "itemknn").fit(data)
        history = np.zeros((1, 14))
        history[0, [2, 5]] = 1
        learner, courses = learners_from(csr(history)), np.array([[4, 7, 9]])
        parts = model.contributions(learner, courses)
        assert parts.source.tolist() == [2, 5]
        trust, expected = 2 / 3, np.zeros((2, 3))
        for name in ("ease", "itemknn"):
            alone = configured(name, {}).fit(data)
            spread = alone.score(learner).astype(float).std()
            expected += trust / 2 / spread * alone.contributions(learner, courses).value
        assert np.allclose(parts.value, expected, atol=1e-6)

    def test_the_mean_taken_away_is_in_the_baseline(self):
        data = company()
        learner, courses = data.learners.take(slice(3, 4)), np.array([[0, 1]])
        scores = configured("ease", {}).fit(data).score(learner)[0].astype(float)
        n = learner.history.nnz
        model = blend("ease").fit(data)
        expected = -scores.mean() / scores.std() * n / (n + 1)
        found = model.contributions(learner, courses).baseline
        assert np.allclose(found, expected, rtol=1e-5)

    def test_summed_by_hand(self):
        one = Contributions(
            np.array([[1.0, 2.0], [0.0, 0.0]]),
            np.array([0, 0, 1]),
            np.array([1, 4, 1]),
            np.array([[1.0, 0.0], [2.0, 3.0], [5.0, 5.0]]),
        )
        other = Contributions(
            np.zeros((2, 2)), np.array([0, 1]), np.array([4, 0]), np.array([[10.0, 20.0], [1, 2]])
        )
        shares = [
            Share(one, np.array([2.0, 1.0]), np.array([0.5, 0.0])),
            Share(other, np.array([0.1, 3.0]), np.array([0.0, 1.0])),
        ]
        both = Contributions.summed(shares, (2, 2))
        assert both.baseline.tolist() == [[1.0, 3.0], [-3.0, -3.0]]
        assert both.learner.tolist() == [0, 0, 1, 1]
        assert both.source.tolist() == [1, 4, 0, 1]
        assert both.value.tolist() == [[2, 0], [5, 8], [3, 6], [5, 5]]

    @pytest.mark.parametrize("shape", [(0, 3), (2, 0), (2, 3)])
    def test_summed_of_nothing(self, shape):
        nothing = Contributions.summed([], shape)
        assert nothing.baseline.shape == shape
        assert nothing.value.shape == (0, shape[1])


class TestParts:
    def test_a_blend_of_blends_is_refused(self):
        for name in ("blend", "fallback"):
            with pytest.raises(ModelError, match=f"made of single models; '{name}' is none"):
                blend("ease", name)

    def test_a_doubled_model_is_refused_with_its_name(self):
        with pytest.raises(ModelError, match="each model once; 'als' is there more often"):
            blend("als", "ease", "als")

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [
            ({"parts": []}, "parts"),
            ({"parts": [{"name": "ease", "weight": 0}]}, "weight"),
            (
                {"parts": [{"name": "ease", "settings": {"dropuot": 0.1}}]},
                "'dropout'",
            ),
        ],
        ids=["none", "weight", "setting"],
    )
    def test_wrong_settings_are_named(self, wrong, message):
        with pytest.raises(SettingsError, match=message):
            configured("blend", wrong)

    def test_engines_are_those_of_the_parts_each_once(self, everything):
        assert everything.engines() == ("implicit", "rectools-lightfm", "scikit-learn")
        assert blend("ease", "popularity").engines() == ()

    def test_a_refit_forgets_in_every_part(self):
        names = tuple(name for name in ALL if name != "lightfm")
        again = blend(*names).fit(company(seed=1)).fit(company()).arrays()
        once = blend(*names).fit(company()).arrays()
        assert all(again[name].tobytes() == array.tobytes() for name, array in once.items())

    def test_a_bundle_of_all_models_gives_back_the_same_bits(self, everything, tmp_path):
        bundle_id = write_bundle(tmp_path / "b", everything, origin(ingest_seq=1))
        again = read_bundle(tmp_path / "b", bundle_id).model
        assert again.config == everything.config
        assert [type(part) for part in again.parts] == [recommender(name) for name in ALL]
        learners = company(seed=3).learners
        assert again.score(learners).tobytes() == everything.score(learners).tobytes()
        mine, its = everything.arrays(), again.arrays()
        assert list(mine) == list(its)
        assert all(mine[name].tobytes() == its[name].tobytes() for name in mine)

    def test_behind_the_rules_it_comes_back_the_same_too(self, tmp_path):
        told = {"parts": [{"name": "lightfm"}, {"name": "content", "weight": 0.5}]}
        model = configured("fallback", {"learned": "blend", "settings": told}).fit(company())
        bundle_id = write_bundle(tmp_path / "b", model, origin(ingest_seq=1))
        again = read_bundle(tmp_path / "b", bundle_id).model
        learners = company(seed=3).learners
        assert again.score(learners).tobytes() == model.score(learners).tobytes()
        assert write_bundle(tmp_path / "c", again, origin(ingest_seq=1)) == bundle_id
