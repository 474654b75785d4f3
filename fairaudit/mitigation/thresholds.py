"""After training: thresholds by group that keep the constraints, and may promise to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np

from fairaudit.core.errors import InputError, NoFairRuleError, shown
from fairaudit.core.value import replace
from fairaudit.feasibility.hull import steps
from fairaudit.feasibility.question import Parity, question
from fairaudit.feasibility.regions import regions
from fairaudit.feasibility.rules import rule
from fairaudit.feasibility.solve import best_rule, smallest_joint_gap
from fairaudit.mitigation.constraints import rate_constraints
from fairaudit.mitigation.cutting import (
    Rule,
    between_scores,
    cuts_of,
    pooled_threshold,
    single_thresholds,
)
from fairaudit.mitigation.estimator import GroupAwareClassifier
from fairaudit.mitigation.gaps import cells_by_group, excess
from fairaudit.mitigation.people import People, people
from fairaudit.mitigation.promise import chance_of_passing, people_needed, trial
from fairaudit.mitigation.rounding import rounded
from fairaudit.mitigation.scores import (
    out_of_fold_scores,
    positive_scores,
    score_method,
)
from fairaudit.tally.rates import RATES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairaudit.core.cells import Cells
    from fairaudit.engines.codes import Array
    from fairaudit.feasibility.question import Question
    from fairaudit.feasibility.regions import Regions
    from fairaudit.mitigation.constraints import RateConstraint
    from fairaudit.mitigation.promise import Trial

ABLE = frozenset(RATES) - {"base_rate"}

_SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""The parts of each tolerance that rules are made for, when one is to be promised."""

_LIKELY = 0.8
"""The first rule to be tested should pass with this probability."""


class FairThresholdClassifier(GroupAwareClassifier):
    """Which thresholds keep these criteria at the least cost in errors, and do they still?

    Each group gets a threshold of its own on the base estimator's score. Any criteria may
    be combined, predictive parity among them, for any number of groups; the best rule is
    found on the exact convex hulls of what thresholds reach, with a bound that shows it is
    the best (`fairaudit.feasibility`). Where no rule keeps the constraints, `fit` raises
    `NoFairRuleError` with the smallest gap any rule reaches, and where single thresholds
    cannot but mixing two at random can, it says so.

    Constraints that are fitted on a sample hold on that sample; on new people gaps come
    back larger. With `confidence=0.95` some rows are kept apart, and only a rule is
    accepted whose every gap is shown, on those, to be within its tolerance, by the limits
    of an audit's *pass*. If none is, `fit` says how many people it would take. The chance
    that the true gap exceeds the tolerance all the same is at most 5 %, whatever the model.

    **Thresholds that depend on the group may be disparate treatment**, and unlawful where
    decisions must not use the group, even to a group's favour. Whether they may be used is
    a question for counsel, not for this class.

    Parameters
    ----------
    estimator : classifier
        Has `predict_proba` or `decision_function`.
    constraints : mapping of str to float
        Criteria and the largest differences that are acceptable.
    sensitive_columns : str, int or sequence of either, optional
        The columns of X that make groups, by name or position; otherwise `fit` and
        `predict` take ``sensitive_features=``.
    keep_sensitive : bool
        Whether the base estimator sees these columns.
    costs : tuple of float
        What a false positive and a false negative cost.
    confidence : float, optional
        Promise the constraints on new people at this confidence.
    test_size : float
        The share of rows kept apart to test the promise.
    randomised : bool
        Mix two thresholds of a group at random where that is better; off, so that the same
        person always gets the same answer.
    calibration : int, optional
        Thresholds are put on scores of rows that the model did not see, from this many
        folds; `None` takes the scores of the rows it learned from.
    prefit : bool
        The base estimator is fitted already; all rows are for the thresholds.
    unseen : {"error", "pooled"}
        What to do with a group that was not there while fitting: refuse, or decide by the
        one threshold that is best for everybody together.
    random_state : int, RandomState instance or None
        For folds, the rows kept apart, and draws of a randomised rule.

    Attributes
    ----------
    classes_ : ndarray of shape (2,)
        The labels; the second is positive.
    groups_ : tuple of str
        The groups seen while fitting.
    rule_ : dict of str to tuple of Part
        By group, thresholds and the probability with which each is applied.
    thresholds_ : dict of str to float
        By group, the threshold at or above which people are selected; only of a rule
        that is not randomised.
    accuracy_bound_ : float
        No rule of this kind that keeps the constraints is right more often on the rows the
        thresholds were made on; when errors have other costs, 1 less their least cost.
    excess_ : float
        By how much the worst constraint is exceeded on those rows.
    promised_ : bool
        Whether the constraints are promised on new people.

    References
    ----------
    .. [hardt2016] Hardt, Price and Srebro 2016
    .. [angelopoulos2025] Angelopoulos, Bates, Candès, Jordan and Lei 2025, section 4
    .. [thomas2019] Thomas et al. 2019: a solution or none, at a stated confidence

    Examples
    --------
    >>> import numpy as np
    >>> from sklearn.linear_model import LogisticRegression
    >>> from fairaudit.mitigation.thresholds import FairThresholdClassifier
    >>> rng = np.random.default_rng(0)
    >>> group = rng.integers(0, 2, 2000)
    >>> X = rng.normal(size=(2000, 2)) + group[:, None]
    >>> y = (X.sum(axis=1) + rng.normal(size=2000) > 1).astype(int)
    >>> fair = FairThresholdClassifier(
    ...     LogisticRegression(), {"demographic_parity": 0.05}, random_state=0
    ... ).fit(X, y, sensitive_features=group)
    >>> sorted(fair.thresholds_), fair.excess_
    (['0', '1'], 0.0)
    """

    takes_sparse = False

    def __init__(  # noqa: PLR0913 - hyperparameters, by name
        self,
        estimator: Any,
        constraints: Mapping[str, float] | None = None,
        *,
        sensitive_columns: Any = None,
        keep_sensitive: bool = False,
        costs: tuple[float, float] = (1.0, 1.0),
        confidence: float | None = None,
        test_size: float = 0.3,
        randomised: bool = False,
        calibration: int | None = 5,
        prefit: bool = False,
        unseen: Literal["error", "pooled"] = "error",
        random_state: Any = None,
    ) -> None:
        self.estimator = estimator
        self.constraints = constraints
        self.sensitive_columns = sensitive_columns
        self.keep_sensitive = keep_sensitive
        self.costs = costs
        self.confidence = confidence
        self.test_size = test_size
        self.randomised = randomised
        self.calibration = calibration
        self.prefit = prefit
        self.unseen = unseen
        self.random_state = random_state

    def fit(self, X: Any, y: Any, *, sensitive_features: Any = None) -> Self:
        """Learn, and find the thresholds.

        Parameters
        ----------
        X : array-like or frame of shape (n_rows, n_features)
            Features.
        y : array-like of shape (n_rows,)
            Labels of two classes.
        sensitive_features : array-like of shape (n_rows,) or (n_rows, n_attributes)
            Groups, unless they stand in X.

        Returns
        -------
        FairThresholdClassifier
            Itself.

        Raises
        ------
        InputError
            When a parameter, the labels or the groups cannot be used.
        NoFairRuleError
            When no rule keeps the constraints, or none can be promised to.
        """
        asked = rate_constraints(self.constraints or {}, able=ABLE, where=self._where)
        self._check_parameters()
        features, labels, found = self._taken(X, y, sensitive_features)
        self.groups_ = found.names
        self._method = score_method(self.estimator)
        learn = np.arange(len(labels))
        held: Array = learn[:0]
        if self.confidence is not None:
            learn, held = self._kept_apart(labels, found)
        made = _Made(features, labels, found, learn)
        scores = self._learn(made)
        of = self._regions(scores, made)
        self._pooled = pooled_threshold(scores, made.labels, self.costs)
        if self.confidence is None:
            self._accept(self._best(of, asked, part=1.0), made, asked, scores)
        else:
            self._promise(of, asked, _Made(features, labels, found, held), scores, made)
        self.promised_ = self.confidence is not None
        return self

    def predict(self, X: Any, *, sensitive_features: Any = None) -> Array:
        """Decide, by the threshold of each row's group.

        Parameters
        ----------
        X : array-like or frame of shape (n_rows, n_features)
            Features.
        sensitive_features : array-like of shape (n_rows,) or (n_rows, n_attributes)
            Groups, unless they stand in X.

        Returns
        -------
        ndarray of shape (n_rows,)
            One of `classes_` per row.

        Raises
        ------
        InputError
            When a row's group was not there while fitting, unless `unseen` is "pooled".
        """
        features, sensitive = self._checked(X, sensitive_features)
        scores = positive_scores(self.estimator_, self._method, features)
        return self._decided(self._selected(scores, self._cuts(sensitive, len(scores))))

    def decision_function(self, X: Any, *, sensitive_features: Any = None) -> Array:
        """Give the score less the threshold of each row's group; selected from 0 on."""
        features, sensitive = self._checked(X, sensitive_features)
        scores = positive_scores(self.estimator_, self._method, features)
        cuts = self._cuts(sensitive, len(scores))
        # A group from which everybody or nobody is selected has no finite threshold.
        above: Array = scores - np.clip(cuts, scores.min() - 1.0, scores.max() + 1.0)
        return above

    @property
    def thresholds_(self) -> dict[str, float]:
        """Give each group's one threshold."""
        if any(len(parts) > 1 for parts in self.rule_.values()):
            raise AttributeError("thresholds_: this rule mixes thresholds; see rule_.")
        return {name: float(parts[0].threshold) for name, parts in self.rule_.items()}

    def _check_parameters(self) -> None:
        """Refuse what would decide something silently."""
        if self.unseen not in ("error", "pooled"):
            raise InputError(
                f"{self._where}: unseen must be 'error' or 'pooled'; got {self.unseen!r}."
            )
        for name, given in (("confidence", self.confidence), ("test_size", self.test_size)):
            if given is not None and not 0 < given < 1:
                raise InputError(
                    f"{self._where}: {name} must be between 0 and 1, exclusive; got "
                    f"{given!r}."
                )
        folds = self.calibration
        if folds is not None and (isinstance(folds, bool) or folds < 2):
            raise InputError(
                f"{self._where}: calibration must be at least 2 folds, or None; got "
                f"{folds!r}."
            )

    def _kept_apart(self, labels: Array, found: People) -> tuple[Array, Array]:
        """Keep rows of every group and label apart, to test a promise on."""
        from sklearn.model_selection import train_test_split

        cells = 2 * found.codes + labels
        few = np.bincount(cells)[np.unique(cells)].min() < 2
        learn, held = train_test_split(
            np.arange(len(labels)),
            test_size=self.test_size,
            random_state=self.random_state,
            stratify=None if few else cells,
        )
        return np.sort(learn), np.sort(held)

    def _learn(self, made: _Made) -> Array:
        """Fit the base estimator, and score the rows that thresholds are made on."""
        from sklearn.base import clone

        y = self._decided(made.labels)
        if self.prefit:
            self.estimator_ = self.estimator
            return positive_scores(self.estimator_, self._method, made.features)
        self.estimator_ = clone(self.estimator).fit(made.features, y)
        if self.calibration is None:
            return positive_scores(self.estimator_, self._method, made.features)
        return out_of_fold_scores(
            self.estimator,
            made.features,
            y,
            made.found,
            self.calibration,
            self.random_state,
        )

    def _regions(self, scores: Array, made: _Made) -> Regions:
        """Count people by group, score and label."""
        if np.ptp(scores) == 0:
            raise InputError(
                f"{self._where}: the base estimator gives everybody the same score, so no "
                f"threshold can tell people apart. Choose another estimator or features."
            )
        for place, name in enumerate(made.found.names):
            of_group = made.labels[made.found.codes == place]
            for label, word in ((1, "positive"), (0, "negative")):
                if not (of_group == label).any():
                    raise InputError(
                        f"{self._where}: nobody in group {name} has a {word} label among "
                        f"the rows that thresholds are made on, so its rates are not "
                        f"defined. Leave the group out or join it with another."
                    )
        return regions(
            [
                steps(
                    name,
                    scores[rows],
                    made.labels[rows],
                    1 - made.labels[rows],
                )
                for place, name in enumerate(made.found.names)
                for rows in (made.found.codes == place,)
            ]
        )

    def _question(self, asked: Sequence[RateConstraint], part: float) -> Question:
        """Ask for a part of every tolerance."""
        return question(
            [Parity(rate=one.rate, within=part * one.tolerance) for one in asked],
            selection_rate=None,
            costs=self.costs,
        )

    def _best(self, of: Regions, asked: Sequence[RateConstraint], *, part: float) -> Rule:
        """Find the best rule for a part of every tolerance, or say why there is none."""
        wanted = self._question(asked, part)
        answer = best_rule(of, wanted)
        if answer.weights is None:
            raise NoFairRuleError(self._impossible(of, asked, answer.status))
        self.accuracy_bound_ = 1 - answer.bound
        if self.randomised:
            return between_scores(rule(of, answer.weights), of)
        found = rounded(of, wanted, answer.weights)
        if found.excess and part == 1.0:
            raise NoFairRuleError(
                f"{self._where}: one threshold per group cannot keep "
                f"{_told(asked)}; the nearest exceeds it by {found.excess:.3f}. Mixing two "
                f"thresholds at random can (randomised=True), at an accuracy of "
                f"{1 - (answer.attained or 0):.3f}; or allow a wider tolerance."
            )
        return between_scores(single_thresholds(found.levels), of)

    def _impossible(self, of: Regions, asked: Sequence[RateConstraint], status: str) -> str:
        """Say that nothing does it, and what is possible instead."""
        nearest = smallest_joint_gap(of, self._question(asked, 1.0))
        if status != "impossible" or nearest.attained is None:
            return (
                f"{self._where}: no rule was found that keeps {_told(asked)}, and none was "
                f"shown not to exist. Allow a wider tolerance."
            )
        return (
            f"{self._where}: no thresholds on these scores keep {_told(asked)}, mixed at "
            f"random or not. The smallest gap at which all can hold is "
            f"{nearest.attained:.3f} (at least {max(nearest.bound, 0.0):.3f} for any "
            f"rule). Allow that much, or ask for less at once."
        )

    def _accept(
        self, chosen: Rule, made: _Made, asked: Sequence[RateConstraint], scores: Array
    ) -> None:
        """Take a rule, and record how it does on the rows it was made on."""
        self.rule_ = chosen
        if self.randomised:
            self.excess_ = 0.0
            return
        over = excess(asked, self._cells(chosen, scores, made))
        self.excess_ = 0.0 if over < 1e-9 else over

    def _promise(
        self,
        of: Regions,
        asked: Sequence[RateConstraint],
        held: _Made,
        scores: Array,
        made: _Made,
    ) -> None:
        """Accept the last rule before the first that fails on rows kept apart."""
        assert self.confidence is not None
        tests = positive_scores(self.estimator_, self._method, held.features)
        accepted, last, groups = None, None, {}
        for candidate in self._in_order(of, asked, scores, made, held):
            groups = dict(
                zip(self.groups_, self._cells(candidate, tests, held), strict=True)
            )
            last = trial(asked, groups, confidence=self.confidence)
            if not last.kept:
                break
            accepted = candidate
        if accepted is None:
            raise NoFairRuleError(self._unpromised(last, groups, held))
        self._accept(accepted, made, asked, scores)

    def _in_order(
        self,
        of: Regions,
        asked: Sequence[RateConstraint],
        scores: Array,
        made: _Made,
        held: _Made,
    ) -> Sequence[Rule]:
        """Order the rules to be tested, without a look at the rows kept apart."""
        assert self.confidence is not None
        found: list[tuple[float, float, Rule]] = []
        for part in _SHARES:
            try:
                candidate = self._best(of, asked, part=part)
            except NoFairRuleError:
                if part == 1.0 and not found:
                    raise
                continue  # a stricter rule need not exist
            cells = self._cells(candidate, scores, made)
            if all(not one.fn + one.tn for one in cells):
                continue  # equal because everybody is selected
            chance = chance_of_passing(
                asked,
                dict(zip(self.groups_, cells, strict=True)),
                confidence=self.confidence,
                scale=len(held.labels) / len(made.labels),
            )
            found.append((chance, _errors(cells, self.costs), candidate))
        likely = [place for place, one in enumerate(found) if one[0] >= _LIKELY]
        if likely:
            first = min(likely, key=lambda place: found[place][1])
            return [one for _, _, one in found[first:]]
        return [one for _, _, one in sorted(found, key=lambda one: -one[0])]

    def _unpromised(self, last: Trial | None, groups: dict[str, Cells], held: _Made) -> str:
        """Say that nothing can be promised, and what it would take."""
        assert self.confidence is not None
        told = f"{self._where}: no solution at confidence {self.confidence:g}. "
        if last is None:
            return f"{told}Only a rule that selects everybody keeps groups so equal."
        one = last.constraint
        needed = people_needed(one, groups, confidence=self.confidence)
        among = one.rate.among.format_map(_WORDS)
        return (
            f"{told}On {len(held.labels):,} rows kept apart a gap of {last.at_most:.3f} in "
            f"{one.rate.title} ({last.first} and {last.second}) is not excluded, beyond "
            f"{one.tolerance:g}. "
            + (
                f"If groups are truly equal, about {needed:,} {among} in each group there "
                f"would do; or allow a wider tolerance."
                if needed
                else "No number of people would do at this tolerance."
            )
        )

    def _cells(self, chosen: Rule, scores: Array, of: _Made) -> tuple[Cells, ...]:
        """Count what a rule decides."""
        cuts = cuts_of(chosen, self.groups_, of.found.codes, self._draws(len(scores)))
        return cells_by_group(of.labels, (scores >= cuts).astype(np.intp), of.found)

    def _cuts(self, sensitive: Any, rows: int) -> Array:
        """Give each row the threshold of its group."""
        found = people(sensitive, rows=rows, where=self._where)
        places = found.among(self.groups_)
        unseen = sorted(set(found.names) - set(self.groups_))
        if unseen and self.unseen == "error":
            raise InputError(
                f"{self._where}: not seen while fitting: {shown(unseen)}. Groups: "
                f"{shown(self.groups_)}. Fit with them, or set unseen='pooled' to decide "
                f"by the threshold for everybody together."
            )
        cuts = cuts_of(self.rule_, self.groups_, places, self._draws(rows))
        return np.where(places < 0, self._pooled, cuts)

    def _draws(self, rows: int) -> Array | None:
        """Draw a number per row where the rule is randomised."""
        if not self.randomised:
            return None
        from sklearn.utils import check_random_state

        drawn: Array = check_random_state(self.random_state).random_sample(rows)
        return drawn

    def _selected(self, scores: Array, cuts: Array) -> Array:
        """Select those at or above their threshold."""
        selected: Array = scores >= cuts
        return selected


class _Made:
    """Rows of one purpose: to make thresholds on, or to test them."""

    def __init__(self, features: Any, labels: Array, found: People, rows: Array) -> None:
        from sklearn.utils import _safe_indexing

        everything = len(rows) == len(labels)
        self.features = features if everything else _safe_indexing(features, rows)
        self.labels = labels[rows]
        self.found = replace(found, codes=found.codes[rows])


_WORDS = {
    "selections": "selections",
    "rejections": "rejections",
    "selected": "selected",
    "rejected": "rejected",
}


def _errors(groups: Sequence[Cells], costs: tuple[float, float]) -> float:
    """Give what errors cost."""
    return sum(costs[0] * one.fp + costs[1] * one.fn for one in groups)


def _told(asked: Sequence[RateConstraint]) -> str:
    """Name what was asked for."""
    return " and ".join(f"{one.rate.title} within {one.tolerance:g}" for one in asked)
