"""Groups of a handful of people, against every rule there is."""

from __future__ import annotations

from itertools import combinations, permutations, product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.optimize import linprog
from sklearn.base import BaseEstimator, ClassifierMixin

from fairaudit import FairThresholdClassifier
from fairaudit.core.errors import NoFairRuleError

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")

# Numerators and denominators, over tp, fp, fn, tn.
RATES = {
    "demographic_parity": [([1, 1, 0, 0], [1, 1, 1, 1])],
    "equal_opportunity": [([1, 0, 0, 0], [1, 0, 1, 0])],
    "equalized_odds": [([1, 0, 0, 0], [1, 0, 1, 0]), ([0, 1, 0, 0], [0, 1, 0, 1])],
    "predictive_parity": [([1, 0, 0, 0], [1, 1, 0, 0])],
}
COSTS = [(1.0, 1.0), (1.0, 3.0), (5.0, 1.0), (1e-10, 2e-10), (1e9, 1e9)]


class Scores(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Scores people by their only feature."""

    def fit(self, X: Any, y: Any) -> Scores:
        self.classes_ = np.unique(y)
        return self

    def decision_function(self, X: Any) -> Any:
        return np.asarray(X)[:, 0]


class Few:
    """Two or three groups, drawn; `thresholds` has the cells of each group's thresholds."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        sizes = [*rng.integers(4, 13, rng.integers(1, 3)), rng.integers(8, 30)]
        self.group = np.repeat([f"g{place}" for place in range(len(sizes))], sizes)
        drawn = [rng.integers(0, rng.choice([2, 3, 20]), size) for size in sizes]
        for own in drawn:
            own[:2] = 0, 1  # two scores at least
        self.score = np.concatenate(drawn).astype(float)
        noise = rng.normal(size=len(self.score)) * self.score.std()
        self.y = (self.score + noise > self.score.mean()).astype(int)
        self.y[np.unique(self.group, return_index=True)[1]] = 0
        self.y[np.unique(self.group, return_index=True)[1] + 1] = 1
        self.thresholds = [
            self._cells(self.group == name) for name in np.unique(self.group)
        ]
        self.bands = [band(cells) for cells in self.thresholds]

    def _cells(self, own: Any) -> Any:
        score, y = self.score[own], self.y[own]
        cuts = [np.inf, *np.unique(score)[::-1]]
        chosen = [(score >= cut, y == 1) for cut in cuts]
        return np.array(
            [[(s & p).sum(), (s & ~p).sum(), (~s & p).sum(), (~s & ~p).sum()]
             for s, p in chosen], dtype=float,
        )  # fmt: skip

    def singles(self, constraints: dict[str, float]) -> Iterator[list[Any]]:
        """Give the cells of all rules of one threshold per group that keep it all."""
        allowed = [
            [of for of in cells if low <= of[:2].sum() <= high]
            for cells, (low, high) in zip(self.thresholds, self.bands, strict=True)
        ]
        for rule in product(*allowed):
            if all(
                abs(a @ num / (a @ den) - b @ num / (b @ den)) <= within + 1e-9
                for name, within in constraints.items()
                for num, den in RATES[name]
                for a, b in combinations(rule, 2)
            ):
                yield list(rule)

    def mixed(self, constraints: dict[str, float], costs: tuple[float, float]) -> float:
        """Give the least cost of errors, in all, when thresholds may be mixed."""
        cells = np.concatenate(self.thresholds)
        sizes = [len(own) for own in self.thresholds]
        member = np.repeat(np.arange(len(sizes)), sizes) == np.arange(len(sizes))[:, None]
        selected = member * cells[:, :2].sum(axis=1)
        rows, limits = [*-selected, *selected], [-low for low, _ in self.bands]
        limits += [high for _, high in self.bands]
        for name, within in constraints.items():
            for num, den in RATES[name]:
                rates = member * (cells @ num / (cells @ den))
                for a, b in permutations(range(len(sizes)), 2):
                    rows.append(rates[a] - rates[b])
                    limits.append(within)
        cost = cells[:, 1:3] @ np.array(costs) / max(costs)
        found = linprog(cost, np.array(rows), limits, member, np.ones(len(sizes)))
        return float(found.fun * max(costs)) if found.status == 0 else np.inf

    def fitted(self, constraints: dict[str, float], **settings: Any) -> Any:
        fair = FairThresholdClassifier(
            Scores(), constraints, calibration=None, random_state=0, **settings
        )
        return fair.fit(self.score[:, None], self.y, sensitive_features=self.group)


def band(cells: Any) -> tuple[float, float]:
    """Between how many of a group must be selected?"""
    people = cells[0].sum()
    selected = cells[:, :2].sum(axis=1)
    low, high = max(5, 0.01 * people), people - max(1, 0.01 * people)
    some = ((selected >= low) & (selected <= high)).any()
    return (low, high) if some and people >= 10 else (1, people - 1)


def cost(cells: Any, costs: tuple[float, float]) -> float:
    return float(sum(of[1] * costs[0] + of[2] * costs[1] for of in cells))


def expected(fair: Any, of: Few) -> list[Any]:
    """Give each group's cells under a rule that may mix thresholds."""
    return [
        sum(part.probability * own[part.levels] for part in fair.rule_[name])
        for name, own in zip(fair.groups_, of.thresholds, strict=True)
    ]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", RATES)
def test_no_rule_is_better_than_the_bound_and_no_single_thresholds_than_those_found(
    name: str, seed: int
) -> None:
    of = Few(seed)
    constraints = {name: [0.0, 0.1, 0.3, 1.0][seed % 4]}
    costs = COSTS[seed % len(COSTS)]
    least = min((cost(rule, costs) for rule in of.singles(constraints)), default=np.inf)
    near = 1e-4 * max(costs)
    if np.isfinite(least):
        fair = of.fitted(constraints, costs=costs)
        assert fair.excess_ == 0
        assert cost(expected(fair, of), costs) == pytest.approx(least, abs=near)
        assert (1 - fair.accuracy_bound_) * len(of.y) <= least + near
        mixed = of.fitted(constraints, costs=costs, randomised=True)
        assert cost(expected(mixed, of), costs) <= least + near * len(of.y)
    if name == "predictive_parity":
        return  # a ratio, which no linear program holds equal
    best = of.mixed(constraints, costs)
    if not np.isfinite(best):
        with pytest.raises(NoFairRuleError, match="mixed at random or not"):
            of.fitted(constraints, costs=costs, randomised=True)
        return
    mixed = of.fitted(constraints, costs=costs, randomised=True)
    found = expected(mixed, of)
    assert cost(found, costs) == pytest.approx(best, abs=near * len(of.y))
    assert (1 - mixed.accuracy_bound_) * len(of.y) <= best + near
    for cells, (low, high) in zip(found, of.bands, strict=True):
        assert low - 1e-6 <= cells[:2].sum() <= high + 1e-6


@pytest.mark.parametrize(
    "constraints", [{"predictive_parity": 0.0}, {"demographic_parity": 0.3}]
)
@pytest.mark.parametrize("randomised", [False, True])
def test_four_people_do_not_make_impossible_what_thresholds_do(
    constraints: dict[str, float], *, randomised: bool
) -> None:
    # Ten of twenty people and one of four are positive, and score highest.
    score = np.r_[np.arange(20)[::-1], np.arange(4)[::-1]].astype(float)
    y = np.r_[[1] * 10 + [0] * 10, [1, 0, 0, 0]]
    group = np.repeat(["a", "b"], [20, 4])
    fair = FairThresholdClassifier(
        Scores(), constraints, calibration=None, randomised=randomised, random_state=0
    ).fit(score[:, None], y, sensitive_features=group)
    assert (fair.predict(score[:, None], sensitive_features=group) == y).all()
    assert fair.accuracy_bound_ == pytest.approx(1)


@pytest.mark.parametrize("unit", [1e-10, 1e-3, 1e9])
@pytest.mark.parametrize("randomised", [False, True])
def test_the_scale_of_costs_does_not_matter(unit: float, *, randomised: bool) -> None:
    of = Few(3)
    constraints = {"equalized_odds": 0.0 if randomised else 0.4}
    fair, scaled = (
        of.fitted(constraints, costs=costs, randomised=randomised)
        for costs in ((1.0, 3.0), (unit, 3 * unit))
    )
    assert scaled.rule_ == fair.rule_
    costs = 1 - scaled.accuracy_bound_, unit * (1 - fair.accuracy_bound_)
    assert costs[0] == pytest.approx(costs[1], rel=1e-9, abs=1e-15)


@pytest.mark.parametrize(("positive", "cut"), [(0, np.inf), (1, -np.inf)])
def test_a_group_not_seen_may_be_decided_alike(positive: int, cut: float) -> None:
    # The few of the rarer label score worst.
    score = np.arange(200.0)
    y = np.full(200, positive)
    y[:5] = 1 - positive
    if positive:
        score = -score
    fair = FairThresholdClassifier(
        Scores(), {"demographic_parity": 0.5}, calibration=None, unseen="pooled"
    ).fit(score[:, None], y, sensitive_features=np.arange(200) % 2)
    far = np.array([[-1e9], [1e9]])
    assert (fair.predict(far, sensitive_features=["new", "new"]) == positive).all()


@pytest.mark.parametrize(
    ("costs", "told"),
    [((1.0, 1.0), "deciding everybody alike\\.$"), ((1.0, 0.0), "costs nothing where one")],
)
def test_a_refusal_says_when_no_thresholds_are_useful(
    costs: tuple[float, float], told: str
) -> None:
    rng = np.random.default_rng(0)
    y = (rng.random(2000) < 0.02).astype(int)
    score = rng.normal(size=2000) - y
    fair = FairThresholdClassifier(
        Scores(),
        {"demographic_parity": 1},
        costs=costs,
        confidence=0.95,
        calibration=None,
        random_state=0,
    )
    with pytest.raises(NoFairRuleError, match=f"Whatever the tolerance.*{told}"):
        fair.fit(score[:, None], y, sensitive_features=np.arange(2000) % 2)
