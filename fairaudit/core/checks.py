"""Which numbers may be given as parameters?"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from numbers import Integral, Real
from typing import TypeGuard

COSTS = (
    "two numbers, what a false positive and a false negative cost, of at least 0 and not "
    "both 0"
)


def is_number(given: object) -> TypeGuard[float]:
    """Tell a finite number; True and False are none."""
    return not isinstance(given, bool) and isinstance(given, Real) and math.isfinite(given)


def is_between(given: object, low: float, high: float) -> bool:
    """Tell a number between two, exclusive."""
    return is_number(given) and low < given < high


def is_whole(given: object, *, least: int) -> bool:
    """Tell a whole number that is not below `least`."""
    return (
        not isinstance(given, bool) and isinstance(given, Integral) and int(given) >= least
    )


def are_costs(given: object) -> bool:
    """Tell two costs, in order: at least 0, and not both 0."""
    return (
        isinstance(given, Collection)
        and not isinstance(given, Mapping | AbstractSet)
        and getattr(given, "ndim", 1) == 1  # the length of a 0-d array cannot be asked for
        and len(given) == 2
        and all(is_number(one) and one >= 0 for one in given)
        and any(given)
    )
