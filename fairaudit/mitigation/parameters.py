"""A parameter of an estimator that may not be given is refused."""

from __future__ import annotations

from typing import Any

from fairaudit.core.errors import InputError


def require(estimator: Any, name: str, allowed: str, *, holds: bool) -> None:
    """Refuse a parameter of an estimator that is not what is allowed."""
    if not holds:
        raise InputError(
            f"{type(estimator).__name__}: {name} must be {allowed}; got "
            f"{getattr(estimator, name)!r}."
        )
