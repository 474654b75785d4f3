"""In training: fairlearn's reductions inside a classifier that decides without dice."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from fairaudit.core.checks import is_between, is_whole
from fairaudit.core.errors import InputError
from fairaudit.mitigation.blend import choose_blend
from fairaudit.mitigation.cautions import cautions
from fairaudit.mitigation.constraints import rate_constraints, require_people
from fairaudit.mitigation.estimator import GroupAwareClassifier, are_texts
from fairaudit.mitigation.gaps import cells_by_group
from fairaudit.mitigation.moment import ABLE, ParityMoment
from fairaudit.mitigation.own_labels import OwnLabels, own
from fairaudit.mitigation.parameters import require
from fairaudit.tally.rates import POSITIVE_PREDICTIVE_VALUE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairaudit.engines.codes import Array
    from fairaudit.mitigation.constraints import RateConstraint
    from fairaudit.mitigation.people import People


class FairReductionClassifier(GroupAwareClassifier):
    """Can a model be trained to keep these criteria, and what does it cost in accuracy?

    The exponentiated-gradient reduction [agarwal2018], as fairlearn implements it, fits the
    base estimator again and again on reweighted labels and mixes what it learned. fairlearn
    decides by drawing one of them at random for each person. Here decisions are
    deterministic: the models' scores are blended and cut. Of many blends, the unconstrained
    model among them, the most accurate one is taken that keeps the constraints on the
    training rows. If none does, it is the one that exceeds them least, of those no worse
    than one decision for everybody; `excess_` says by how much, and `fit` warns. At least
    five people and 1 % of each group are selected, or as many as without constraints.

    Any number of criteria may be asked for at once, between all groups: demographic parity,
    equal opportunity, predictive equality, equalized odds, and predictive parity, which is
    held around the precision of the unconstrained model. The group is used in training
    only; deciding needs the features alone.

    What is kept is kept on the training rows. On new data gaps are larger, the more so the
    more flexible the model is: audit held-out decisions.

    Parameters
    ----------
    estimator : classifier
        Its `fit` takes `sample_weight`; of a pipeline, that of the last step. Requests of
        `sample_weight` are followed where metadata routing is on.
    constraints : mapping of str to float
        Criteria and the largest differences that are acceptable.
    sensitive_columns : str, int or sequence of either, optional
        The columns of X that make groups, by name or position; otherwise `fit` takes
        ``sensitive_features=``.
    keep_sensitive : bool
        Whether the base estimator sees these columns.
    max_iter : int
        The most rounds of the reduction.
    eps : float
        How far the reduction itself may miss: fairlearn's `eps`.

    Attributes
    ----------
    classes_ : ndarray of shape (2,)
        The labels; the second is positive.
    groups_ : tuple of str
        The groups seen while fitting.
    predictors_ : list of classifier
        The fitted models that take part, the unconstrained one first.
    weights_ : ndarray of shape (n_predictors,)
        The share of each in the mixture; the unconstrained one may have none.
    excess_ : float
        By how much the worst constraint is exceeded on the training rows; 0 when all hold.
        `fit` warns unless it is 0.
    n_fits_ : int
        How often the base estimator was fitted.
    n_iter_ : int
        The rounds of the reduction.

    References
    ----------
    .. [agarwal2018] Agarwal, Beygelzimer, Dudík, Langford and Wallach 2018, algorithm 1

    Examples
    --------
    >>> import numpy as np
    >>> from sklearn.linear_model import LogisticRegression
    >>> from fairaudit.mitigation.reductions import FairReductionClassifier
    >>> rng = np.random.default_rng(0)
    >>> group = rng.integers(0, 2, 400)
    >>> X = rng.normal(size=(400, 2)) + group[:, None]
    >>> y = (X.sum(axis=1) > 1).astype(int)
    >>> fair = FairReductionClassifier(LogisticRegression(), {"demographic_parity": 0.1})
    >>> fair.fit(X, y, sensitive_features=group).excess_
    0.0
    """

    takes_sparse = False

    def __init__(
        self,
        estimator: Any,
        constraints: Mapping[str, float] | None = None,
        *,
        sensitive_columns: Any = None,
        keep_sensitive: bool = False,
        max_iter: int = 50,
        eps: float = 0.01,
    ) -> None:
        self.estimator = estimator
        self.constraints = constraints
        self.sensitive_columns = sensitive_columns
        self.keep_sensitive = keep_sensitive
        self.max_iter = max_iter
        self.eps = eps

    def fit(self, X: Any, y: Any, *, sensitive_features: Any = None) -> Self:
        """Learn under the constraints.

        Parameters
        ----------
        X : array-like or frame of shape (n_rows, n_features), or texts of shape (n_rows,)
            Features.
        y : array-like of shape (n_rows,)
            Labels of two classes.
        sensitive_features : array-like of shape (n_rows,) or (n_rows, n_attributes)
            Groups, unless they stand in X.

        Returns
        -------
        FairReductionClassifier
            Itself.

        Raises
        ------
        InputError
            When a parameter cannot be used, a constraint cannot be imposed, or groups are
            not known, missing, only one, or without anybody that a rate is about.
        """
        asked = rate_constraints(self.constraints or {}, able=ABLE, where=self._where)
        rounds = is_whole(self.max_iter, least=1)
        require(self, "max_iter", "a whole number of at least 1 round", holds=rounds)
        near = is_between(self.eps, 0, np.inf)
        require(self, "eps", "a number above 0", holds=near)
        features, labels, found = self._taken(X, y, sensitive_features)
        present = np.bincount(2 * found.codes + labels, minlength=2 * len(found.names))
        counts = zip(found.names, present[::2], present[1::2], strict=True)
        require_people(asked, counts, self._where)
        self.groups_ = found.names
        plain = self._plain(asked, features, labels)
        level = (
            None if plain is None else float(labels[self._positive(plain, features)].mean())
        )
        self._reduce(ParityMoment(asked, found, level), features, labels, found, plain)
        scores = self._scores(features)
        self._blend = choose_blend(scores, self.weights_, labels, found, asked)
        self.excess_ = self._blend.excess
        decided = self._blend.positive(scores).astype(np.intp)
        for told in cautions(
            cells_by_group(labels, decided, found),
            (1.0, 1.0),
            excess=self.excess_,
            promised=False,
            remedy=lambda _: "allow a wider tolerance",
        ):
            warnings.warn(f"{self._where}: {told}", stacklevel=2)
        return self

    def predict(self, X: Any) -> Array:
        """Decide; the group is not asked for, and nothing is left to chance."""
        features, _ = self._checked(X)
        return self._decided(self._blend.positive(self._scores(features)))

    def predict_proba(self, X: Any) -> Array:
        """Give the blended score as a probability, one half where decisions turn."""
        features, _ = self._checked(X)
        positive = self._blend.probability(self._scores(features))
        return np.column_stack([1.0 - positive, positive])

    def _plain(
        self, asked: Sequence[RateConstraint], features: Any, labels: Array
    ) -> Any | None:
        """Fit the unconstrained model, where its precision is needed before the others."""
        if all(one.rate.id != POSITIVE_PREDICTIVE_VALUE.id for one in asked):
            return None
        from sklearn.base import clone

        plain = clone(self.estimator).fit(features, self._decided(labels))
        if not self._positive(plain, features).any():
            raise InputError(
                f"{self._where}: the unconstrained base estimator selects nobody, so there "
                f"is no precision to hold equal. Choose another base estimator."
            )
        return plain

    def _reduce(
        self,
        moment: ParityMoment,
        features: Any,
        labels: Array,
        found: People,
        plain: Any | None,
    ) -> None:
        """Run fairlearn's reduction, and put the unconstrained model before its models."""
        import pandas as pd
        from fairlearn.reductions import ExponentiatedGradient

        reduction = ExponentiatedGradient(
            OwnLabels(self.estimator, self.classes_),
            moment,
            eps=self.eps,
            max_iter=self.max_iter,
        )
        # fairlearn reads the number of rows off the features' shape.
        table = features
        if not hasattr(features, "shape"):
            # Texts as objects: an array of texts has the longest one's room for each.
            table = np.asarray(features, dtype=object if are_texts(features) else None)
        with warnings.catch_warnings():
            # fairlearn's own use of pandas, on every predictor it adds.
            warnings.filterwarnings("ignore", message="Setting a value on a Series via .at")
            reduction.fit(
                table, pd.Series(labels), sensitive_features=pd.Series(found.codes)
            )
        weights = reduction.weights_.sort_index()
        used = {place: weight for place, weight in weights.items() if weight > 0}
        models = [
            own(one, table, self._decided(labels), self.classes_)
            for one in reduction.predictors_
        ]
        fits = int(reduction.n_oracle_calls_ - reduction.n_oracle_calls_dummy_returned_)
        share = 0.0
        if plain is None:
            # The first round weighs all constraints alike. Between pairs of groups they
            # cancel out: its model is the unconstrained one.
            plain, share = models[0], used.pop(0, 0.0)
        else:
            fits += 1
        self.predictors_ = [plain, *(models[place] for place in used)]
        self.weights_ = np.array([share, *used.values()])
        self.n_fits_ = fits
        self.n_iter_ = int(reduction.last_iter_) + 1

    def _scores(self, features: Any) -> Array:
        """Score rows with every model, from 0 to 1; a model without probabilities votes."""
        return np.array([self._score(model, features) for model in self.predictors_])

    def _score(self, model: Any, features: Any) -> Array:
        """Give a model's probability of the positive class, or its decision."""
        if hasattr(model, "predict_proba") and len(model.classes_) == 2:
            probability: Array = model.predict_proba(features)[:, 1]
            return probability
        return self._positive(model, features).astype(float)

    def _positive(self, model: Any, features: Any) -> Array:
        """Tell whom a model selects."""
        selected: Array = model.predict(features) == self.classes_[1]
        return selected
