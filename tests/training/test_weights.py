"""Learning the weights of a blend, on toys whose scores are known beforehand."""

from collections.abc import Iterable, Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from hrreco.evaluation import Fitted, Split, judge
from hrreco.models import Recommender
from hrreco.models.blend import centre, history_trust
from hrreco.profiles import Learners
from hrreco.training import weights
from hrreco.training.weights import learn_weights
from tests.evaluation.toys import learners_of, matrix, toy

N_COURSES = 30
K = 5


def by_person(tables: NDArray[np.float64]) -> Recommender:
    """Return a model that scores a learner by the row of their one course in `tables`."""
    return toy(np.zeros(N_COURSES), tables)


def learn(
    models: Mapping[str, Recommender],
    learners: Learners,
    split: Split,
    k: int = K,
    seed: int = 0,
    history_half: float = 1.0,
) -> dict[str, float]:
    return learn_weights(models, learners, split, k=k, history_half=history_half, seed=seed)


def window(
    targets: Iterable[Iterable[int]], histories: Iterable[Iterable[int]] | None = None
) -> tuple[Learners, Split]:
    """Return a window of learners; learner i has taken course i unless told otherwise."""
    targets = [set(courses) for courses in targets]
    taken = [{i % N_COURSES} for i in range(len(targets))] if histories is None else histories
    histories = [set(courses) for courses in taken]
    seen = matrix(histories, N_COURSES)
    learners = learners_of(histories, N_COURSES)
    return learners, Split(learners.history, seen, matrix(targets, N_COURSES))


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(3)


def planted(random: np.random.Generator) -> tuple[Learners, Split, NDArray[np.float64]]:
    """Return learners who each take three more courses, and what they like, by their first."""
    liking = random.normal(size=(N_COURSES, N_COURSES))
    np.fill_diagonal(liking, -9)
    targets = np.argsort(-liking, axis=1)[:, :3]
    return *window(targets.tolist()), liking


def noise(random: np.random.Generator) -> NDArray[np.float64]:
    return random.normal(size=(N_COURSES, N_COURSES))


def ndcg(model: Recommender, learners: Learners, split: Split) -> float:
    report = judge(Fitted({"popularity": model}, {}), learners, split, ks=(K,))
    return report.models["popularity"].overall.means[f"ndcg@{K}"]


def blended(
    models: Mapping[str, Recommender], found: Mapping[str, float], learners: Learners
) -> Recommender:
    """Return a toy whose scores of these learners, one of each course, are the blend's."""
    total = np.zeros((N_COURSES, N_COURSES))
    for name, weight in found.items():
        scores = models[name].score(learners)
        total += weight * centre(scores).scale[:, None] * scores
    return by_person(total * history_trust(learners, 1.0)[:, None])


def test_the_planted_better_model_gets_the_weight(random: np.random.Generator) -> None:
    learners, split, liking = planted(random)
    models = {"worse": by_person(noise(random)), "better": by_person(liking)}
    assert learn(models, learners, split) == {"better": 1.0}


def test_two_halves_of_the_truth_both_count(random: np.random.Generator) -> None:
    learners, split, liking = planted(random)
    hidden = noise(random)
    halves = {"one": by_person(liking + hidden), "other": by_person(liking - hidden)}
    found = learn(halves, learners, split)
    assert found.keys() == {"one", "other"}
    assert found["one"] == pytest.approx(found["other"], rel=0.3)


def test_random_scores_are_dropped_beside_models_that_know(random: np.random.Generator) -> None:
    learners, split, liking = planted(random)
    hidden = 0.2 * noise(random)
    models = {
        "noise": by_person(noise(random)),
        "one": by_person(liking + hidden),
        "other": by_person(liking - hidden),
    }
    assert "noise" not in learn(models, learners, split)


@pytest.mark.parametrize("scale", [1.0, 7.0])
def test_a_copy_is_dropped(random: np.random.Generator, scale: float) -> None:
    learners, split, liking = planted(random)
    hidden = noise(random)
    models = {
        "one": by_person(liking + hidden),
        "copy": by_person(scale * (liking + hidden)),
        "other": by_person(liking - hidden),
    }
    found = learn(models, learners, split)
    assert len(found.keys() & {"one", "copy"}) == 1
    assert "other" in found


def test_what_others_have_made_useless_is_left_out(random: np.random.Generator) -> None:
    learners, split, liking = planted(random)
    models = {"early": by_person(liking + noise(random)), "knows": by_person(liking)}
    found = weights._Window.of(models, learners, split, K, 1.0, 0)
    assert weights._pruned(found, {"early": 0.1, "knows": 1.0}) == {"knows": 1.0}


@pytest.mark.parametrize(("least", "kept"), [(0.012, {"knows", "helps"}), (0.013, {"knows"})])
def test_a_model_must_add_enough_to_be_worth_its_time(
    monkeypatch: pytest.MonkeyPatch, least: float, kept: set[str]
) -> None:
    """One learner in 30 has the right course in the second place, unless the helper speaks."""
    monkeypatch.setattr(weights, "_LEAST_GAIN", least)  # the helper adds .37 / 29.63 of .988
    right = np.arange(N_COURSES)[:, None] + 1 == np.arange(N_COURSES)
    right[-1, 0] = True
    wrong = np.zeros_like(right)
    wrong[0, 2] = True
    models = {
        "knows": by_person(5.0 * right + 6.0 * wrong),
        "helps": by_person(9.0 * right * (np.arange(N_COURSES) == 0)[:, None]),
    }
    learners, split = window([np.flatnonzero(row) for row in right] * 20)
    assert learn(models, learners, split).keys() == kept


def test_models_without_spread_get_no_weight(random: np.random.Generator) -> None:
    learners, split, liking = planted(random)
    models = {"flat": toy(np.full(N_COURSES, 0.5)), "knows": by_person(liking)}
    assert learn(models, learners, split) == {"knows": 1.0}


def test_the_same_data_and_seed_give_the_same_weights(
    random: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "_MOST_LEARNERS", 12)
    learners, split, liking = planted(random)
    tables = [liking + 2 * noise(random) for _ in range(4)]
    models = {f"m{i}": by_person(table) for i, table in enumerate(tables)}
    found = [list(learn(models, learners, split, seed=seed).items()) for seed in (1, 1, 2)]
    assert found[0] == found[1] != found[2]


def test_a_window_that_is_put_together_from_blocks_is_the_same(
    random: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    learners, split, liking = planted(random)
    models = {"knows": by_person(liking), "noise": by_person(noise(random))}
    at_once = weights._Window.of(models, learners, split, K, 1.0, 0)
    monkeypatch.setattr("hrreco.evaluation.ranking._CELLS", 4 * N_COURSES)
    in_blocks = weights._Window.of(models, learners, split, K, 1.0, 0)
    for name in models:
        assert (in_blocks.scores[name] == at_once.scores[name]).all()
    assert (in_blocks.right == at_once.right).all()
    assert (in_blocks.exclude != at_once.exclude).nnz == 0
    assert (in_blocks.ideal == at_once.ideal).all()


def test_learners_without_a_history_are_not_looked_at(random: np.random.Generator) -> None:
    learners, split, liking = planted(random)
    asked = [set(split.targets[row].indices.tolist()) for row in range(N_COURSES)]
    new_hires = toy(np.isin(np.arange(N_COURSES), [20, 21, 22]))  # right for all of them
    new_hires.from_history = False  # type: ignore[misc]
    models = {"liking": by_person(liking), "new": new_hires}
    alone = learn(models, learners, split)
    more = window(
        [*asked, *[{20, 21, 22}] * 200], [*[{row} for row in range(N_COURSES)], *[()] * 200]
    )
    assert learn(models, *more) == alone == {"liking": 1.0}


@pytest.mark.parametrize("seed", range(6))
def test_a_blend_is_never_worse_on_its_window_than_the_best_single_model(seed: int) -> None:
    random = np.random.default_rng(seed)
    learners, split, liking = planted(random)
    models = {
        "rounded": by_person(np.round((liking + noise(random)) * 2) / 2),  # many ties
        "noisy": by_person(liking + 2 * noise(random)),
        "noise": by_person(noise(random)),
        "rules": toy(np.round(random.random(N_COURSES), 1)),
    }
    found = learn(models, learners, split)
    best = max(ndcg(model, learners, split) for model in models.values())
    assert ndcg(blended(models, found, learners), learners, split) >= best - 1e-9


def test_models_alone_are_worth_what_they_are_judged_by() -> None:
    """Ties, too: equal scores are in order of position."""
    random = np.random.default_rng(0)
    learners, split, liking = planted(random)
    models = {"rounded": by_person(np.round(liking)), "flat": toy(np.ones(N_COURSES))}
    found = weights._Window.of(models, learners, split, K, 1.0, 0)
    for name, model in models.items():
        assert found.gains({name: 1.0}).mean() == pytest.approx(ndcg(model, learners, split))


def test_courses_that_cannot_be_suggested_are_no_hits() -> None:
    """One model puts the barred course first, which is a target; the other the one that is not."""
    learners, split = window([{20, 21}] * 10)
    barred = split.exclude.tolil()
    barred[:, 20] = True
    split = Split(split.history, barred.tocsr(), split.targets)
    first = {20: 9.0, 22: 5.0, 23: 4.0}
    models = {
        "barred": toy([first.get(course, 0.0) for course in range(N_COURSES)]),
        "free": toy([3.0 * (course == 21) for course in range(N_COURSES)]),
    }
    assert learn(models, learners, split, k=1) == {"free": 1.0}


def test_places_that_no_course_is_left_for_are_no_hits() -> None:
    """Two courses are left for a list of five; the last of all is the right one."""
    learners, split = window([{N_COURSES - 1}], [range(N_COURSES - 2)])
    model = toy(-np.arange(N_COURSES))
    worth = weights._Window.of({"m": model}, learners, split, K, 1.0, 0).gains({"m": 1.0}).mean()
    assert worth == pytest.approx(1 / np.log2(3)) == pytest.approx(ndcg(model, learners, split))


def test_a_model_of_steep_scores_does_not_crowd_out_the_candidates_of_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The right one's best are less beyond its spread than all that the steep one likes."""
    monkeypatch.setattr(weights, "_CANDIDATES", 4)
    learners, split = window([{25, 26}] * 10)
    models = {
        "steep": toy([99.0 if 10 <= course < 15 else 0.0 for course in range(N_COURSES)]),
        "right": toy([(course >= 15) + (course in (25, 26)) / 5 for course in range(N_COURSES)]),
    }
    assert learn(models, learners, split, k=2) == {"right": 1.0}


def test_one_model_is_a_blend_of_its_own(random: np.random.Generator) -> None:
    learners, split, liking = planted(random)
    assert learn({"only": by_person(liking)}, learners, split) == {"only": 1.0}


def test_fewer_courses_than_k_are_enough(random: np.random.Generator) -> None:
    learners, split, liking = planted(random)
    models = {"noise": by_person(noise(random)), "knows": by_person(liking)}
    assert learn(models, learners, split, k=100) == {"knows": 1.0}


@pytest.mark.parametrize(
    ("targets", "histories"),
    [([], []), ([()] * 3, [{1}] * 3), ([{5}] * 3, [()] * 3)],
    ids=["nobody", "nothing to foresee", "no histories"],
)
def test_with_nobody_to_judge_by_the_first_model_is_all(
    targets: list[set[int]], histories: list[set[int]]
) -> None:
    learners, split = window(targets, histories)
    models = {"popularity": toy(np.arange(N_COURSES)), "other": toy(np.zeros(N_COURSES))}
    assert learn(models, learners, split) == {"popularity": 1.0}


def test_where_nothing_can_be_suggested_the_first_model_is_all() -> None:
    learners, split = window([{5}], [range(N_COURSES)])
    models = {"popularity": toy(np.arange(N_COURSES)), "other": toy(-np.arange(N_COURSES))}
    assert learn(models, learners, split) == {"popularity": 1.0}


def test_models_of_histories_count_less_where_there_is_little_of_one() -> None:
    """Of short histories the rules are right, of long ones the model."""
    short, long = [{0}] * 20, [set(range(8))] * 20
    learners, split = window([{20}] * 20 + [{21}] * 20, [*short, *long])
    models = {"rules": toy(np.eye(N_COURSES)[20]), "taste": toy(np.eye(N_COURSES)[21])}
    both = {"rules": 1.0, "taste": 2.0}
    models["rules"].from_history = False  # type: ignore[misc]
    assert weights._Window.of(models, learners, split, 1, 3.0, 0).gains(both).mean() == 1.0
    models["rules"].from_history = True  # type: ignore[misc]
    assert weights._Window.of(models, learners, split, 1, 3.0, 0).gains(both).mean() == 0.5
