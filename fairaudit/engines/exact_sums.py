"""Sums of survey weights that no engine, chunk or thread count can change.

Floating-point addition depends on the order, and engines add in different orders. So
weights are put on one grid first, 52 bits below the largest weight, and their grid numbers
are added as integers, which is exact in any order. The grid is as fine as a double of that
size.
"""

from __future__ import annotations

import math

from fairaudit.core.value import value

BITS = 52

LIMB = 2.0**26
"""Grid numbers are split into two limbs, so that 64-bit sums hold 2**37 rows."""


@value
class Grid:
    """The grid of one column of weights: the largest one, and its binary exponent."""

    exponent: int
    largest: float

    @classmethod
    def up_to(cls, largest: float | None) -> Grid:
        """Choose the grid for weights of at most `largest`."""
        return cls(exponent=math.frexp(largest or 1.0)[1], largest=largest or 0.0)

    @property
    def unit(self) -> float:
        """The factor that brings every weight below 1, exactly."""
        return math.ldexp(1.0, -self.exponent)

    def weight(self, total: int) -> float:
        """Turn a sum of grid numbers of weights back into a weight."""
        return math.ldexp(total, self.exponent - BITS)

    def square(self, total: int) -> float:
        """Turn a sum of grid numbers of squared weights back."""
        return math.ldexp(total, 2 * self.exponent - BITS)
