"""A number with how sure it is, or the reason why there is none."""

from __future__ import annotations

import math

from fairaudit.core.value import value

Amount = int | float
"""People: an integer, or a sum of survey weights."""


@value
class Interval:
    """A confidence interval; `None` on a side where it has no bound."""

    low: float | None
    high: float | None
    level: float
    method: str


@value
class Estimate:
    """A fairness quantity: a value with its interval and counts, or why it is undefined."""

    value: float | None
    interval: Interval | None = None
    numerator: Amount | None = None
    denominator: Amount | None = None
    undefined_because: str | None = None

    def __post_init__(self) -> None:
        """Hold that a number and a reason for its absence exclude each other."""
        assert (self.value is None) != (self.undefined_because is None), self
        assert self.value is None or math.isfinite(self.value), self

    @classmethod
    def undefined(cls, because: str, *, denominator: Amount | None = None) -> Estimate:
        """Say why there is no number; 0/0 has none."""
        return cls(value=None, undefined_because=because, denominator=denominator)
