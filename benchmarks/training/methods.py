"""Ways to train under constraints, each from rows to decisions about other rows."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from fairlearn.postprocessing import ThresholdOptimizer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from fairaudit import FairThresholdClassifier
from fairaudit.core.errors import NoFairRuleError

if TYPE_CHECKING:
    from benchmarks.training.tables import Part

Constraints = dict[str, float]

TOLERANCE = 0.05
COMBINED = 0.1

CONSTRAINTS: dict[str, Constraints] = {
    "DP": {"demographic_parity": TOLERANCE},
    "EO": {"equalized_odds": TOLERANCE},
    "PP": {"predictive_parity": TOLERANCE},
    "EO+PP": {"equalized_odds": COMBINED, "predictive_parity": COMBINED},
}

_THEIRS = {"DP": "demographic_parity", "EO": "equalized_odds"}


def base(name: str) -> Any:
    """Make a base estimator."""
    if name == "logistic":
        return LogisticRegression(max_iter=1000)
    return HistGradientBoostingClassifier(random_state=0)


def plain(model: str, asked: str, learn: Part, held: Part, seed: int) -> Any:  # noqa: ARG001
    """No constraint at all."""
    return base(model).fit(learn.X, learn.y).predict(held.X)


def ours(model: str, asked: str, learn: Part, held: Part, seed: int) -> Any:
    """Thresholds by group, without a promise."""
    return _thresholds(model, CONSTRAINTS[asked], learn, held, seed)


def exact(model: str, asked: str, learn: Part, held: Part, seed: int) -> Any:
    """Thresholds by group at tolerance 0, mixed at random, as fairlearn has it."""
    if asked not in _THEIRS:
        raise NotImplementedError
    nothing = dict.fromkeys(CONSTRAINTS[asked], 0.0)
    return _thresholds(model, nothing, learn, held, seed, randomised=True)


def promised(model: str, asked: str, learn: Part, held: Part, seed: int) -> Any:
    """Thresholds by group, promised at 95 %."""
    return _thresholds(model, CONSTRAINTS[asked], learn, held, seed, confidence=0.95)


def fairlearn(model: str, asked: str, learn: Part, held: Part, seed: int) -> Any:
    """Fairlearn's threshold optimiser, which has no predictive parity and no tolerance."""
    if asked not in _THEIRS:
        raise NotImplementedError
    optimiser = ThresholdOptimizer(
        estimator=base(model),
        constraints=_THEIRS[asked],
        objective="accuracy_score",
        predict_method="predict_proba",
    )
    optimiser.fit(learn.X, learn.y, sensitive_features=learn.group)
    return optimiser.predict(held.X, sensitive_features=held.group, random_state=seed)


def _thresholds(
    model: str,
    constraints: Constraints,
    learn: Part,
    held: Part,
    seed: int,
    **settings: Any,
) -> Any:
    fair = FairThresholdClassifier(base(model), constraints, random_state=seed, **settings)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            fair.fit(learn.X, learn.y, sensitive_features=learn.group)
        except NoFairRuleError:
            return None
    return fair.predict(held.X, sensitive_features=held.group)


METHODS = {
    "no constraint": plain,
    "fairaudit": ours,
    "fairaudit, exact (randomised)": exact,
    "fairaudit, confidence .95": promised,
    "fairlearn ThresholdOptimizer": fairlearn,
}
