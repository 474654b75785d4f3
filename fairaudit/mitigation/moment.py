"""Every parity constraint as one moment for fairlearn's reductions.

fairlearn's own moments hold each group against everybody together, one criterion at a time,
and know no predictive parity. This one holds every pair of groups within the tolerance, any
number of rates at once. A rate whose denominator the decision does not change is linear in
the decisions: a mean over some rows of the group. A predictive value is not; but that the
precision of a group lies within a window around a given level is: the sum over selected
rows of label less level has a sign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from fairlearn.reductions import ClassificationMoment, ErrorRate

from fairaudit.tally.rates import (
    FALSE_NEGATIVE_RATE,
    FALSE_POSITIVE_RATE,
    POSITIVE_PREDICTIVE_VALUE,
    SELECTION_RATE,
    TRUE_NEGATIVE_RATE,
    TRUE_POSITIVE_RATE,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from fairaudit.engines.codes import Array
    from fairaudit.mitigation.constraints import RateConstraint
    from fairaudit.mitigation.people import People

_ROWS = {
    SELECTION_RATE.id: (0, 1),
    TRUE_POSITIVE_RATE.id: (1,),
    FALSE_NEGATIVE_RATE.id: (1,),
    FALSE_POSITIVE_RATE.id: (0,),
    TRUE_NEGATIVE_RATE.id: (0,),
}
"""The labels of the rows that each rate is a mean over."""

LINEAR = frozenset(_ROWS)
ABLE = LINEAR | {POSITIVE_PREDICTIVE_VALUE.id}
"""The rates that can be constrained in training."""


class Errors(ErrorRate):  # type: ignore[misc]
    """Errors as fairlearn counts them; what features may hold the base estimator judges."""

    def load_data(self, X: Any, y: pd.Series, *, sensitive_features: pd.Series) -> None:
        """Keep the features from fairlearn's check, which refuses mixed pandas columns."""
        super().load_data(np.zeros((len(y), 1)), y, sensitive_features=sensitive_features)
        self.X = X


class ParityMoment(ClassificationMoment):  # type: ignore[misc]
    """Rates within tolerances between all groups, for one loaded set of rows.

    Parameters
    ----------
    constraints : sequence of RateConstraint
        What must be how close.
    found : People
        The group of every row.
    level : float, optional
        The precision that predictive parity is held around; needed for it alone.
    """

    def __init__(
        self, constraints: Sequence[RateConstraint], found: People, level: float | None
    ) -> None:
        super().__init__()
        self.rates = tuple(constraints)
        self.found = found
        self.level = level

    def load_data(self, X: Any, y: pd.Series, **_: Any) -> None:
        """Build one row of coefficients per constraint."""
        super().load_data(X, y)
        labels = np.asarray(y, dtype=np.intp)
        rows = list(self._rows(labels))
        self._coefficients = np.array([coefficients for coefficients, _ in rows])
        self._bound = pd.Series([bound for _, bound in rows], dtype=float)
        self._index = self._bound.index

    @property
    def index(self) -> pd.Index:
        """Number the constraints."""
        return self._index

    def default_objective(self) -> Errors:
        """Make as few errors as can be."""
        return Errors()

    def gamma(self, predictor: Callable[[Any], Any]) -> pd.Series:
        """Give the left side of every constraint for one predictor."""
        decided = np.asarray(predictor(self.X), dtype=float).ravel()
        return pd.Series(self._coefficients @ decided, index=self._index)

    def bound(self) -> pd.Series:
        """Give the right side of every constraint."""
        return self._bound

    def project_lambda(self, lambda_vec: pd.Series) -> pd.Series:
        """Leave the multipliers as they are: none of the constraints is an equality."""
        return lambda_vec

    def signed_weights(self, lambda_vec: pd.Series) -> pd.Series:
        """Give what selecting each row costs, times the number of rows."""
        paid = -(np.asarray(lambda_vec, dtype=float) @ self._coefficients)
        return pd.Series(paid * self.total_samples, index=self._y.index)

    def _rows(self, labels: Array) -> Iterator[tuple[Array, float]]:
        """Write each constraint as coefficients of the decisions, and a bound."""
        for one in self.rates:
            if one.rate.id in LINEAR:
                yield from self._linear(labels, one)
            else:
                yield from self._precision(labels, one)

    def _linear(self, labels: Array, one: RateConstraint) -> Iterator[tuple[Array, float]]:
        """Hold the means of every pair of groups within the tolerance."""
        wanted = np.isin(labels, _ROWS[one.rate.id])
        means = []
        for group in range(len(self.found.names)):
            rows = wanted & (self.found.codes == group)
            means.append(rows / rows.sum())
        for first, mean in enumerate(means):
            for second, other in enumerate(means):
                if first != second:
                    # Halved, so that for two groups it is the distance from their middle,
                    # and the reduction takes steps of the size it was tuned for.
                    yield (mean - other) / 2, one.tolerance / 2

    def _precision(
        self, labels: Array, one: RateConstraint
    ) -> Iterator[tuple[Array, float]]:
        """Hold every group's precision within half the tolerance of the level."""
        assert self.level is not None
        for group in range(len(self.found.names)):
            rows = self.found.codes == group
            for sign in (1.0, -1.0):
                off = sign * (labels - self.level) - one.tolerance / 2
                yield np.where(rows, off, 0.0) / rows.sum(), 0.0
