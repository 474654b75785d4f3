"""Which numbers may be given as parameters?"""

from __future__ import annotations

import math
from numbers import Integral, Real
from typing import Any

import numpy as np

from fairaudit.core.errors import InputError

COSTS = (
    "two numbers, what a false positive and a false negative cost, of at least 0 and not "
    "both 0"
)


def is_number(given: Any) -> bool:
    """Tell a finite number; True and False are none."""
    return not isinstance(given, bool) and isinstance(given, Real) and math.isfinite(given)


def is_between(given: Any, low: float, high: float) -> bool:
    """Tell a number between two, exclusive."""
    return is_number(given) and low < given < high


def is_whole(given: Any, *, least: int) -> bool:
    """Tell a whole number that is not below `least`."""
    return (
        not isinstance(given, bool) and isinstance(given, Integral) and int(given) >= least
    )


def are_costs(given: Any) -> bool:
    """Tell two costs: at least 0, and not both 0."""
    return (
        isinstance(given, list | tuple | np.ndarray)
        and len(given) == 2
        and all(is_number(one) and one >= 0 for one in given)
        and any(given)
    )


def require(estimator: Any, name: str, allowed: str, *, holds: bool) -> None:
    """Refuse a parameter of an estimator that is not what is allowed."""
    if not holds:
        raise InputError(
            f"{type(estimator).__name__}: {name} must be {allowed}; got "
            f"{getattr(estimator, name)!r}."
        )
