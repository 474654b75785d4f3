"""Which parameters may an estimator be given?"""

from __future__ import annotations

from typing import Any

from fairaudit.core.checks import COSTS, are_costs, is_between, is_number, is_whole
from fairaudit.core.errors import InputError

__all__ = ["COSTS", "are_costs", "is_between", "is_number", "is_whole", "require"]


def require(estimator: Any, name: str, allowed: str, *, holds: bool) -> None:
    """Refuse a parameter of an estimator that is not what is allowed."""
    if not holds:
        raise InputError(
            f"{type(estimator).__name__}: {name} must be {allowed}; got "
            f"{getattr(estimator, name)!r}."
        )
