"""The one way a value type is declared: frozen, slotted, keyword-only, strict in JSON."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast, dataclass_transform

__all__ = ["replace", "value"]

# Read by pydantic when a report is loaded; a plain dict, so that declaring a value
# imports nothing. Nested dataclasses do not inherit it, hence one decorator for all.
_STRICT = {"extra": "forbid", "allow_inf_nan": False, "strict": True}

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def value(cls: type[T]) -> type[T]:
    """Make `cls` a frozen value: equal by content, changed only by `replace`."""
    made: Any = dataclass(frozen=True, slots=True, kw_only=True)(cls)
    made.__pydantic_config__ = _STRICT
    return cast("type[T]", made)
