"""After training: thresholds by group that keep the constraints, and may promise to."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np

from fairaudit.core.checks import COSTS, are_costs, is_between, is_whole
from fairaudit.core.errors import InputError, shown
from fairaudit.feasibility.question import LEAST_SHARE
from fairaudit.mitigation.acceptance import Acceptance
from fairaudit.mitigation.cautions import cautions
from fairaudit.mitigation.choice import Choice
from fairaudit.mitigation.constraints import rate_constraints
from fairaudit.mitigation.cutting import (
    Rule,
    cuts_of,
    expected_cells,
    pooled_threshold,
)
from fairaudit.mitigation.estimator import GroupAwareClassifier
from fairaudit.mitigation.gaps import cells_by_group, excess
from fairaudit.mitigation.parameters import require
from fairaudit.mitigation.people import people
from fairaudit.mitigation.remedies import Remedies
from fairaudit.mitigation.rows import Rows, counted, kept_apart
from fairaudit.mitigation.scores import (
    out_of_fold_scores,
    positive_scores,
    score_method,
)
from fairaudit.tally.rates import RATES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fairaudit.core.cells import Cells
    from fairaudit.engines.codes import Array
    from fairaudit.feasibility.regions import Regions

ABLE = frozenset(RATES) - {"base_rate"}

_ONE_LABEL = (("tp", "fn"), ("fp", "tn"))
"""The people of one label, as the denominators of rates name them."""


class FairThresholdClassifier(GroupAwareClassifier):
    """Which thresholds keep these criteria at the least cost in errors, and do they still?

    Each group gets a threshold of its own on the base estimator's score. Any criteria may
    be combined, predictive parity among them, for any number of groups; the best rule is
    found on the exact convex hulls of what thresholds reach, with a bound that shows it is
    the best (`fairaudit.feasibility`), and the best single thresholds by a search that
    leaves out none, unless there are too many. Where no rule keeps the constraints, `fit`
    raises `NoFairRuleError` with the smallest gap any rule reaches, and where single
    thresholds cannot, or none were found, but mixing two at random can, it says so.

    In every group at least five people and 1 % are selected, and somebody and 1 % are not;
    with `confidence`, five people and somebody. People whom a predictive value is about are
    as many as those selected. In a group of fewer than ten, or in which no single threshold
    does all that, one person is enough for each. Where thresholds are mixed at random these
    are expected numbers. Only where no single thresholds are within a tolerance, a group's
    rate may be off by half a person of that group, as people cannot be parted: two groups
    then exceed it by one person of the smaller at most, and `fit` warns.

    Constraints that are fitted on a sample hold on that sample; on new people gaps come
    back larger. With `confidence=0.95` some rows are kept apart, and only a rule is
    accepted whose every gap is shown, on those, to be within its tolerance, by the limits
    of an audit's *pass*. If none is, `fit` says how many people it would take. The true gap
    exceeds the tolerance all the same as rarely as those limits pass falsely, whatever the
    model: 5 % is meant, and up to 5.5 % were found, of two groups, over all tables.
    What can be shown on few people, or keeps several constraints, may be a rule that hardly
    selects anybody: `fit` warns of it, and of any rule that errs more than one decision for
    everybody; one that does is never promised.

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
        Promise the constraints on new people at this confidence, above 0.5 and below 1.
    test_size : float
        The share of rows kept apart to test the promise.
    randomised : bool
        Mix two thresholds of a group at random where that is better; off, so that the same
        person always gets the same answer. People who are decided one call at a time must
        not all get the same draw: see `random_state`.
    calibration : int, optional
        Thresholds are put on scores of rows that the model did not see, from this many
        folds; `None` takes the scores of the rows it learned from.
    prefit : bool
        The base estimator is fitted already; all rows are for the thresholds.
    unseen : {"error", "pooled"}
        What to do with a group that was not there while fitting: refuse, or decide by the
        one threshold that is best for everybody together, which may select nobody or all.
    random_state : int, RandomState instance or None
        For folds, the rows kept apart, and draws of a randomised rule. By an int, every
        call of `predict` begins the same draws anew, so that who stands first in a call is
        always drawn alike; None, or a RandomState instance, goes on with new ones.

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
        thresholds were made on, by the scores they were made on: out of fold, where there
        is a `calibration`. When errors have other costs, 1 less their least cost.
    excess_ : float
        By how much the worst constraint is exceeded on those rows, by those scores; what
        is expected, where the rule is randomised. `fit` warns unless it is 0.
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
        test_size: float = 0.5,
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
        self._attributes = found.attributes
        self._method = score_method(self.estimator)
        learn = held = None
        if self.confidence is not None:
            learn, held = kept_apart(
                labels,
                found,
                self.test_size,
                self.random_state,
                where=self._where,
                by_label=all(one.rate.denominator in _ONE_LABEL for one in asked),
            )
        made = Rows(features, labels, found, learn)
        scores = self._learn(made)
        of = counted(scores, made, asked, self._where)
        choice = Choice(
            asked,
            self.costs,
            randomised=self.randomised,
            where=self._where,
            # Where little can be promised, less than the usual share may be selected.
            least_share=LEAST_SHARE if self.confidence is None else 0.0,
        )
        pooled = self.unseen == "pooled"
        self._pooled = pooled_threshold(of, choice.costs) if pooled else None
        if self.confidence is None:
            chosen = choice.best(of, part=1.0)
        else:
            kept = Rows(features, labels, found, held)
            tests = positive_scores(self.estimator_, self._method, kept.features)
            acceptance = Acceptance(choice, self.confidence, self.groups_, self._cells)
            chosen = acceptance.accepted(of, made, kept, tests)
        self.accuracy_bound_ = choice.accuracy_bound
        self.promised_ = self.confidence is not None
        for told in self._accept(chosen, of, choice):
            warnings.warn(f"{self._where}: {told}", stacklevel=2)
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
            When a row's group was not there while fitting, unless `unseen` is "pooled"; or
            the sensitive features are others, by number or by name.
        """
        features, sensitive = self._checked(X, sensitive_features)
        scores = positive_scores(self.estimator_, self._method, features)
        return self._decided(scores >= self._cuts(sensitive, len(scores)))

    def decision_function(self, X: Any, *, sensitive_features: Any = None) -> Array:
        """Give the score less the threshold of each row's group; selected from 0 on."""
        features, sensitive = self._checked(X, sensitive_features)
        scores = positive_scores(self.estimator_, self._method, features)
        cuts = self._cuts(sensitive, len(scores))
        # A group from which everybody or nobody is selected has no finite threshold.
        above: Array = scores - np.clip(cuts, scores.min() - 1.0, scores.max() + 1.0)
        return above

    def score(
        self,
        X: Any,
        y: Any,
        sample_weight: Any = None,
        *,
        sensitive_features: Any = None,
    ) -> float:
        """Give the share of decisions that are right.

        Parameters
        ----------
        X : array-like or frame of shape (n_rows, n_features)
            Features.
        y : array-like of shape (n_rows,)
            Labels.
        sample_weight : array-like of shape (n_rows,), optional
            How much each row counts.
        sensitive_features : array-like of shape (n_rows,) or (n_rows, n_attributes)
            Groups, unless they stand in X. A search scores by this where none of
            scikit-learn's scorers is named; those do not hand groups to a model.

        Returns
        -------
        float
            The accuracy.
        """
        from sklearn.metrics import accuracy_score

        decided = self.predict(X, sensitive_features=sensitive_features)
        return float(accuracy_score(y, decided, sample_weight=sample_weight))

    @property
    def thresholds_(self) -> dict[str, float]:
        """Give each group's one threshold."""
        if any(len(parts) > 1 for parts in self.rule_.values()):
            raise AttributeError("thresholds_: this rule mixes thresholds; see rule_.")
        return {name: float(parts[0].threshold) for name, parts in self.rule_.items()}

    def _check_parameters(self) -> None:
        """Refuse what would decide something silently."""
        known = self.unseen in ("error", "pooled")
        require(self, "unseen", "'error' or 'pooled'", holds=known)
        require(self, "costs", COSTS, holds=are_costs(self.costs))
        sure = self.confidence is None or is_between(self.confidence, 0.5, 1)
        allowed = "between 0.5 and 1, exclusive, or None"
        require(self, "confidence", allowed, holds=sure)
        part = is_between(self.test_size, 0, 1)
        require(self, "test_size", "between 0 and 1, exclusive", holds=part)
        folds = self.calibration is None or is_whole(self.calibration, least=2)
        allowed = "a whole number of at least 2 folds, or None"
        require(self, "calibration", allowed, holds=folds)

    def _learn(self, made: Rows) -> Array:
        """Fit the base estimator, and score the rows that thresholds are made on."""
        if self.prefit:
            self._check_prefit()
            self.estimator_ = self.estimator
            return positive_scores(self.estimator_, self._method, made.features)
        from sklearn.base import clone

        y = self._decided(made.labels)
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

    def _check_prefit(self) -> None:
        """Refuse a model of other classes: its second column would be no positive class."""
        known = getattr(self.estimator, "classes_", self.classes_)
        if list(known) != self.classes_.tolist():
            raise InputError(
                f"{self._where}: the fitted estimator knows the classes "
                f"{shown(map(repr, np.asarray(known).tolist()))}, and y has "
                f"{shown(map(repr, self.classes_.tolist()))}. Give labels as it was fitted "
                f"with, or leave prefit out."
            )

    def _accept(self, chosen: Rule, of: Regions, choice: Choice) -> Iterator[str]:
        """Take a rule, record how it does on the rows it was made on, and warn of it."""
        self.rule_ = chosen
        groups = expected_cells(chosen, of)
        over = excess(choice.asked, groups)
        self.excess_ = 0.0 if over < 1e-9 else over
        return cautions(
            groups,
            self.costs,
            excess=self.excess_,
            promised=self.promised_,
            remedy=Remedies(choice, of).told,
        )

    def _cells(self, chosen: Rule, scores: Array, of: Rows) -> tuple[Cells, ...]:
        """Count what a rule decides."""
        cuts = cuts_of(chosen, self.groups_, of.found.codes, self._draws(len(scores)))
        return cells_by_group(of.labels, (scores >= cuts).astype(np.intp), of.found)

    def _cuts(self, sensitive: Any, rows: int) -> Array:
        """Give each row the threshold of its group."""
        found = people(sensitive, rows=rows, where=self._where, attributes=self._attributes)
        places = found.among(self.groups_)
        unseen = sorted(set(found.names) - set(self.groups_))
        if unseen and self._pooled is None:
            raise InputError(
                f"{self._where}: not seen while fitting: {shown(unseen)}. Groups: "
                f"{shown(self.groups_)}. Fit with them, or with unseen='pooled' to decide "
                f"by the threshold for everybody together."
            )
        cuts = cuts_of(self.rule_, self.groups_, places, self._draws(rows))
        if self._pooled is not None:
            cuts[places < 0] = self._pooled
        return cuts

    def _draws(self, rows: int) -> Array | None:
        """Draw a number per row where the rule is randomised."""
        if not self.randomised:
            return None
        from sklearn.utils import check_random_state

        drawn: Array = check_random_state(self.random_state).random_sample(rows)
        return drawn
