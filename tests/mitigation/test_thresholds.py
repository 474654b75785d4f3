from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
import sklearn
from fairlearn.postprocessing import ThresholdOptimizer
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV

from fairaudit import FairThresholdClassifier, datasets
from fairaudit.core.errors import InputError, NoFairRuleError
from fairaudit.mitigation.constraints import rate_constraints
from fairaudit.mitigation.gaps import cells_by_group, excess
from fairaudit.mitigation.people import people
from fairaudit.mitigation.thresholds import ABLE
from tests.mitigation.people_by_chance import Drawn, drawn

PEOPLE = drawn(3000)


class Given(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Scores people by their first feature, as it stands."""

    def __init__(self, within: float = 1.0) -> None:
        self.within = within

    def fit(self, X: Any, y: Any) -> Given:
        self.classes_ = np.unique(y)
        return self

    def decision_function(self, X: Any) -> Any:
        return np.asarray(X)[:, 0]

    def predict(self, X: Any) -> Any:
        return self.classes_[(self.decision_function(X) > 0).astype(int)]


def excess_of(decided: Any, of: Drawn, constraints: dict[str, float]) -> float:
    found = people(of.group, rows=len(of.y), where="test")
    asked = rate_constraints(constraints, able=ABLE, where="test")
    return excess(asked, cells_by_group(of.y, decided, found))


def in_sample(constraints: dict[str, float], **settings: Any) -> FairThresholdClassifier:
    return FairThresholdClassifier(
        LogisticRegression(), constraints, calibration=None, random_state=0, **settings
    )


@pytest.mark.parametrize(
    "constraints",
    [
        {"demographic_parity": 0.03},
        {"equalized_odds": 0.03},
        {"predictive_parity": 0.03},
        {"conditional_use_accuracy_equality": 0.1},
        {"predictive_parity": 0.1, "equalized_odds": 0.15},
    ],
)
@pytest.mark.parametrize("groups", [2, 4])
def test_constraints_hold_on_the_rows_they_were_made_on(
    constraints: dict[str, float], groups: int
) -> None:
    of = drawn(4000, groups=groups)
    fair = in_sample(constraints).fit(of.X, of.y, sensitive_features=of.group)
    decided = fair.predict(of.X, sensitive_features=of.group)
    assert excess_of(decided, of, constraints) <= 1e-9
    assert fair.excess_ == 0
    assert (decided == of.y).mean() <= fair.accuracy_bound_ + 1e-9


@pytest.mark.parametrize("of_a", [None, 0, 1])
@pytest.mark.filterwarnings("ignore:.*the rule errs more than one decision:UserWarning")
@pytest.mark.filterwarnings("ignore:.* the rule selects:UserWarning")
def test_the_best_single_thresholds_are_found(of_a: int | None) -> None:
    # Twelve people in each of two groups: every pair of thresholds can be tried. Equal
    # selection needs no labels of both kinds in a group.
    rng = np.random.default_rng(4)
    score = rng.permutation(24).astype(float)
    group = np.repeat(["a", "b"], 12)
    y = (score + 8 * rng.normal(size=24) > 11).astype(int)
    if of_a is not None:
        y[group == "a"] = of_a
    fair = FairThresholdClassifier(
        Given(), {"demographic_parity": 0.2}, prefit=True, random_state=0
    )
    fair.estimator.fit(score[:, None], y)
    fair.fit(score[:, None], y, sensitive_features=group)
    best = 0.0
    cuts = [np.append(np.sort(score[group == name]), np.inf) for name in ("a", "b")]
    for low, high in product(*cuts):
        decided = (score >= np.where(group == "a", low, high)).astype(int)
        shares = [decided[group == name].mean() for name in ("a", "b")]
        # At least five of twelve people are selected in each group.
        if min(shares) * 12 >= 5 and abs(shares[0] - shares[1]) <= 0.2 + 1e-12:
            best = max(best, (decided == y).mean())
    decided = fair.predict(score[:, None], sensitive_features=group)
    assert (decided == y).mean() == pytest.approx(best)


def given_scores(
    score: Any, y: Any, group: Any, constraints: dict[str, float]
) -> FairThresholdClassifier:
    X = np.asarray(score, dtype=float)[:, None]
    model = Given().fit(X, y)
    fair = FairThresholdClassifier(model, constraints, prefit=True, random_state=0)
    return fair.fit(X, y, sensitive_features=group)


@pytest.mark.filterwarnings("ignore:.*the rule errs more than one decision:UserWarning")
@pytest.mark.filterwarnings("ignore:.* the rule selects:UserWarning")
@pytest.mark.parametrize("seed", range(2))
def test_a_handful_of_people_does_not_loosen_what_is_asked_of_all(seed: int) -> None:
    rng = np.random.default_rng(seed)
    group = np.repeat(["A", "B", "C"], [2000, 2000, 12])
    able = rng.normal(size=4012) + np.repeat([0, -0.7, 0.3], [2000, 2000, 12])
    y = (able + rng.normal(size=4012) > 0.2).astype(int)
    score = able + 0.7 * rng.normal(size=4012)
    assert given_scores(score, y, group, {"equalized_odds": 0.05}).excess_ == 0


@pytest.mark.filterwarnings("ignore:.*the rule errs more than one decision:UserWarning")
@pytest.mark.filterwarnings("ignore:.* the rule selects:UserWarning")
def test_for_three_groups_thresholds_are_found_where_there_are_any() -> None:
    table = datasets.load("compas")
    table = table.loc[table.index.repeat(table["count"])]
    table = table[table["race"].isin(["African-American", "Caucasian", "Hispanic"])]
    score, y = table["decile_score"], table["two_year_recid"].to_numpy()
    fair = given_scores(score, y, table["race"], {"equalized_odds": 0.05})
    assert fair.excess_ == 0
    assert list(fair.thresholds_.values()) == [9.5, 8.5, 7.5]
    with pytest.raises(NoFairRuleError, match=r"cannot keep.*nearest exceeds it by 0\.027"):
        given_scores(
            score, y, table["race"], {"equalized_odds": 0.1, "predictive_parity": 0.1}
        )


def test_what_is_exceeded_because_people_cannot_be_parted_is_warned_of() -> None:
    score = np.arange(24.0)
    group = np.repeat(["a", "b"], [11, 13])
    y = np.r_[np.arange(11) > 4, np.arange(13) > 5].astype(int)
    with pytest.warns(UserWarning, match=r"exceeded by 0\.00699 on the rows"):
        fair = given_scores(score, y, group, {"demographic_parity": 0.0})
    assert fair.excess_ == pytest.approx(1 / 143)


@pytest.mark.parametrize(
    ("criterion", "theirs"),
    [
        ("demographic_parity", "demographic_parity"),
        ("equalized_odds", "equalized_odds"),
        ("equal_opportunity", "true_positive_rate_parity"),
        ("predictive_equality", "false_positive_rate_parity"),
    ],
)
def test_accuracy_is_never_below_fairlearns_at_the_same_constraint(
    criterion: str, theirs: str
) -> None:
    base = LogisticRegression().fit(PEOPLE.X, PEOPLE.y)
    peer = ThresholdOptimizer(
        estimator=base,
        constraints=theirs,
        objective="accuracy_score",
        prefit=True,
        predict_method="predict_proba",
    )
    peer.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
    q = peer._pmf_predict(PEOPLE.X, sensitive_features=PEOPLE.group)[:, 1]
    expected = (q * PEOPLE.y + (1 - q) * (1 - PEOPLE.y)).mean()
    ours = FairThresholdClassifier(base, {criterion: 0.0}, prefit=True, randomised=True)
    ours.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
    assert ours.accuracy_bound_ >= expected - 1e-9


def test_a_randomised_rule_keeps_its_constraint_on_average() -> None:
    of = drawn(20_000, seed=2)
    fair = in_sample({"demographic_parity": 0.0}, randomised=True)
    fair.fit(of.X, of.y, sensitive_features=of.group)
    decided = fair.predict(of.X, sensitive_features=of.group)
    assert excess_of(decided, of, {"demographic_parity": 0.02}) == 0


def test_what_is_impossible_is_refused_with_the_smallest_gap_there_is() -> None:
    # A score that says nothing: precision is the base rate, whatever the thresholds.
    rng = np.random.default_rng(0)
    group = np.repeat(["a", "b"], 2000)
    y = np.concatenate([np.repeat([1, 0], [1200, 800]), np.repeat([1, 0], [600, 1400])])
    X = rng.permuted(np.tile([0.0, 1.0], 2000))[:, None]
    fair = in_sample({"predictive_parity": 0.05})
    fair.estimator = Given()
    with pytest.raises(NoFairRuleError, match=r"smallest gap .* is 0\.2\d+") as told:
        fair.fit(X, y, sensitive_features=group)
    assert "positive predictive value within 0.05" in str(told.value)


def test_with_confidence_too_few_people_get_no_solution_and_how_many_it_takes() -> None:
    fair = FairThresholdClassifier(
        LogisticRegression(), {"equalized_odds": 0.02}, confidence=0.95, random_state=0
    )
    with pytest.raises(
        NoFairRuleError, match=r"no solution at confidence 0\.95.* would do"
    ):
        fair.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)


def test_with_confidence_what_is_promised_holds_on_people_not_seen() -> None:
    everybody = drawn(60_000, seed=9)
    learn, new = everybody.part(slice(0, 12_000)), everybody.part(slice(12_000, None))
    constraints = {"equalized_odds": 0.08}
    fair = FairThresholdClassifier(
        LogisticRegression(), constraints, confidence=0.95, random_state=0
    )
    fair.fit(learn.X, learn.y, sensitive_features=learn.group)
    assert fair.promised_
    decided = fair.predict(new.X, sensitive_features=new.group)
    assert excess_of(decided, new, constraints) == 0
    plain = LogisticRegression().fit(learn.X, learn.y).predict(new.X)
    assert excess_of(plain, new, constraints) > 0


def test_a_group_not_seen_is_refused_or_decided_by_the_pooled_threshold() -> None:
    fair = in_sample({"demographic_parity": 0.1})
    fair.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
    other = np.full(3000, "group 7")
    with pytest.raises(InputError, match="not seen while fitting: group 7"):
        fair.predict(PEOPLE.X, sensitive_features=other)
    pooled = in_sample({"demographic_parity": 0.1}, unseen="pooled")
    pooled.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
    decided = pooled.predict(PEOPLE.X, sensitive_features=other)
    plain = LogisticRegression().fit(PEOPLE.X, PEOPLE.y).predict(PEOPLE.X)
    assert (decided == plain).mean() > 0.9


def test_the_excess_of_a_mixed_rule_is_the_expected_one() -> None:
    mixed = in_sample({"equalized_odds": 0.0}, randomised=True)
    mixed.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
    assert any(len(parts) > 1 for parts in mixed.rule_.values())
    assert mixed.excess_ == 0
    drawn_once = mixed.predict(PEOPLE.X, sensitive_features=PEOPLE.group)
    assert excess_of(drawn_once, PEOPLE, {"equalized_odds": 0.0}) > 0


@pytest.mark.parametrize("make", [pd.DataFrame, None])
def test_groups_may_stand_in_the_features(make: Any) -> None:
    beside = in_sample({"demographic_parity": 0.05})
    beside.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
    X = pd.DataFrame(PEOPLE.X, columns=list("abc")).assign(sex=PEOPLE.group)
    columns = ["sex"]
    if make is None:
        X, columns = X.to_numpy(object), [3]
    among = in_sample({"demographic_parity": 0.05}, sensitive_columns=columns)
    among.fit(X, PEOPLE.y)
    assert among.thresholds_ == pytest.approx(beside.thresholds_)
    both = in_sample({"demographic_parity": 0.05}, sensitive_columns=columns)
    with pytest.raises(InputError, match="are both there"):
        both.fit(X, PEOPLE.y, sensitive_features=PEOPLE.group)


def test_decisions_turn_at_zero_of_the_decision_function() -> None:
    fair = in_sample({"equalized_odds": 0.05})
    fair.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
    margin = fair.decision_function(PEOPLE.X, sensitive_features=PEOPLE.group)
    decided = fair.predict(PEOPLE.X, sensitive_features=PEOPLE.group)
    assert ((margin >= 0) == decided).all()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"X": np.ones((3000, 3))}, "gives everybody the same score"),
        ({"y": np.arange(3000) % 3}, "Only binary classification"),
        ({"y": np.ones(3000, int)}, "only one class"),
        ({"sensitive_features": np.full(3000, "a")}, "only one group"),
        ({"sensitive_features": PEOPLE.group[:10]}, "10 rows and X has 3,000"),
        ({"X": np.where(PEOPLE.X > 2.5, np.nan, PEOPLE.X)}, "NaN"),
    ],
)
def test_what_cannot_be_learned_from_is_refused(change: dict[str, Any], told: str) -> None:
    asked = {"X": PEOPLE.X, "y": PEOPLE.y, "sensitive_features": PEOPLE.group} | change
    with pytest.raises(ValueError, match=told):
        in_sample({"demographic_parity": 0.1}).fit(
            asked["X"], asked["y"], sensitive_features=asked["sensitive_features"]
        )


@pytest.mark.parametrize("settings", [{}, {"confidence": 0.9}, {"calibration": 2}])
def test_a_group_without_positives_is_refused_where_a_rate_is_about_them(
    settings: dict[str, Any],
) -> None:
    y = PEOPLE.y * (PEOPLE.group == "group 1")
    fair = FairThresholdClassifier(
        LogisticRegression(), {"equal_opportunity": 0.4}, **settings
    )
    with pytest.raises(InputError, match="group group 0 has no actual positives"):
        fair.fit(PEOPLE.X, y, sensitive_features=PEOPLE.group)
    equal = FairThresholdClassifier(
        LogisticRegression(), {"demographic_parity": 0.4}, **settings, random_state=0
    )
    assert equal.fit(PEOPLE.X, y, sensitive_features=PEOPLE.group).excess_ == 0


@pytest.mark.parametrize(("positives", "told"), [(3, "calibration=3"), (1, "=None")])
def test_too_few_rows_of_a_class_for_the_folds_are_refused(
    positives: int, told: str
) -> None:
    fair = FairThresholdClassifier(LogisticRegression(), {"demographic_parity": 0.1})
    with pytest.raises(InputError, match=f"in {positives} of the rows, too few.*{told}"):
        fair.fit(
            PEOPLE.X, np.arange(3000) < positives, sensitive_features=np.arange(3000) % 2
        )


@pytest.mark.parametrize(
    "labels",
    [np.array(["no", "yes"])[PEOPLE.y], PEOPLE.y + 1, np.arange(3000) % 3],
    ids=["texts", "other numbers", "three"],
)
def test_a_fitted_estimator_of_other_classes_is_refused(labels: Any) -> None:
    base = LogisticRegression().fit(PEOPLE.X, labels)
    fair = FairThresholdClassifier(base, {"demographic_parity": 0.1}, prefit=True)
    with pytest.raises(InputError, match="the fitted estimator knows the classes"):
        fair.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)


def test_the_score_is_the_accuracy_by_each_rows_group() -> None:
    fair = in_sample({"demographic_parity": 0.05})
    fair.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
    decided = fair.predict(PEOPLE.X, sensitive_features=PEOPLE.group)
    found = fair.score(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
    assert found == pytest.approx((decided == PEOPLE.y).mean())
    first = (PEOPLE.group == "group 0").astype(float)
    weighted = fair.score(
        PEOPLE.X, PEOPLE.y, sample_weight=first, sensitive_features=PEOPLE.group
    )
    assert weighted == pytest.approx((decided == PEOPLE.y)[first == 1].mean())


def test_a_search_scores_accuracy_by_groups_that_are_routed() -> None:
    with sklearn.config_context(enable_metadata_routing=True):
        fair = in_sample({"demographic_parity": 0.1})
        for request in ("fit", "predict", "score"):
            getattr(fair, f"set_{request}_request")(sensitive_features=True)
        search = GridSearchCV(fair, {"estimator__C": [0.1, 1.0]}, cv=2)
        search.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
    assert 0.7 < search.best_score_ < 1


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"unseen": "ignore"}, "unseen must be"),
        *[
            ({"confidence": given}, "confidence must be between 0.5 and 1, exclusive")
            for given in (95, 0.5, 0.0001, 0, np.nan, True, "0.95")
        ],
        *[
            ({"test_size": given}, "test_size must be between 0 and 1")
            for given in (0, 1.0, 10, np.nan, None, "0.5")
        ],
        *[
            ({"calibration": given}, "at least 2 folds")
            for given in (1, -3, True, 5.5, "5")
        ],
        *[
            ({"costs": given}, "costs must be two numbers, what a false positive")
            for given in ((-1.0, 1.0), (0, 0), (1,), (1, 2, 3), (np.nan, 1), (np.inf, 1))
        ],
        *[({"costs": given}, "two numbers") for given in (["1", "2"], "ab", None, 5)],
    ],
)
def test_parameters_out_of_range_are_refused(settings: dict[str, Any], told: str) -> None:
    fair = FairThresholdClassifier(
        LogisticRegression(), {"demographic_parity": 0.1}, **settings
    )
    with pytest.raises(InputError, match=told):
        fair.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)


@pytest.mark.parametrize(
    "classes", [(0, 1), (-1, 7), (False, True), (0, 255), (0.0, 1.0), ("no", "yes")]
)
def test_labels_of_every_kind_are_decided_alike(classes: tuple[Any, Any]) -> None:
    of = drawn(400)
    kind = np.uint8 if classes == (0, 255) else None
    y = np.array(classes, dtype=kind)[of.y]
    fair = FairThresholdClassifier(
        Given().fit(of.X, y), {"demographic_parity": 0.1}, prefit=True
    ).fit(of.X, y, sensitive_features=of.group)
    assert fair.classes_.tolist() == list(classes)
    plain = FairThresholdClassifier(
        Given().fit(of.X, of.y), {"demographic_parity": 0.1}, prefit=True
    ).fit(of.X, of.y, sensitive_features=of.group)
    decided = fair.predict(of.X, sensitive_features=of.group)
    expected = plain.predict(of.X, sensitive_features=of.group)
    assert (decided == np.array(classes, dtype=kind)[expected]).all()


@pytest.mark.parametrize(
    ("positives", "size", "told"),
    [
        (1500, 0.0001, "keeps 1 of 3,000 rows apart; each part needs 2 or more"),
        (1500, 0.9999, "keeps 3,000 of 3,000 rows apart"),
        (1, 0.9, "rows that are not kept apart are of one class"),
    ],
)
def test_too_few_rows_for_a_promise_are_refused(
    positives: int, size: float, told: str
) -> None:
    fair = FairThresholdClassifier(
        LogisticRegression(),
        {"demographic_parity": 0.1},
        confidence=0.9,
        test_size=size,
        random_state=0,
    )
    with pytest.raises(InputError, match=told):
        fair.fit(
            PEOPLE.X, np.arange(3000) < positives, sensitive_features=np.arange(3000) % 2
        )


def test_attributes_are_decided_by_their_names_and_not_by_their_order() -> None:
    both = pd.DataFrame({"sex": PEOPLE.group, "old": np.arange(3000) % 2})
    fair = in_sample({"demographic_parity": 0.1}, unseen="pooled")
    fair.fit(PEOPLE.X, PEOPLE.y, sensitive_features=both)
    decided = fair.predict(PEOPLE.X, sensitive_features=both)
    turned = fair.predict(PEOPLE.X, sensitive_features=both[["old", "sex"]])
    assert (decided == turned).all()
    with pytest.raises(InputError, match="sensitive features is 1, and was 2"):
        fair.predict(PEOPLE.X, sensitive_features=both[["sex"]])


@pytest.mark.parametrize(
    ("random_state", "answers"),
    [(0, 1), (np.random.RandomState(0), 2), (None, 2)],
)
def test_who_comes_alone_is_drawn_anew_unless_the_seed_is_a_number(
    random_state: Any, answers: int
) -> None:
    # Half of a, and three quarters of b, are positive and score higher.
    group = np.repeat(["a", "b"], 200)
    y = np.where(group == "a", np.arange(400) % 2, np.arange(400) % 4 > 0).astype(int)
    fair = FairThresholdClassifier(
        Given().fit(y, y),
        {"demographic_parity": 0.0},
        costs=(2.0, 1.0),
        prefit=True,
        randomised=True,
        random_state=random_state,
    ).fit(y[:, None], y, sensitive_features=group)
    drawn_alone = [fair.predict([[1]], sensitive_features=["b"])[0] for _ in range(99)]
    assert len(set(drawn_alone)) == answers


@pytest.mark.parametrize("settings", [{}, {"confidence": 0.9}])
@pytest.mark.parametrize("criterion", ["demographic_parity", "predictive_parity"])
def test_a_group_with_one_score_can_be_decided_at_random_only(
    settings: dict[str, Any], criterion: str
) -> None:
    alike = PEOPLE.group == "group 0"
    X = np.where(alike[:, None], 1.0, PEOPLE.X)
    fair = in_sample({criterion: 0.4}, **settings)
    with pytest.raises(NoFairRuleError, match="everybody in group group 0 has one score"):
        fair.fit(X, PEOPLE.y, sensitive_features=PEOPLE.group)
    mixed = in_sample({"demographic_parity": 0.4}, randomised=True, **settings)
    mixed.fit(X, PEOPLE.y, sensitive_features=PEOPLE.group)
    assert mixed.excess_ == 0
