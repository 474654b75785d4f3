"""The one way a value type is declared: frozen, slotted, keyword-only, strict in JSON."""

from __future__ import annotations

from dataclasses import dataclass, replace
from reprlib import recursive_repr
from typing import Any, TypeVar, cast, dataclass_transform

__all__ = ["replace", "value"]

# Read by pydantic when a report is loaded; a plain dict, so that declaring a value
# imports nothing. Nested dataclasses do not inherit it, hence one decorator for all.
_STRICT = {"extra": "forbid", "allow_inf_nan": False, "strict": True}

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def value(cls: type[T]) -> type[T]:
    """Make `cls` a frozen value: equal by content, changed only by `replace`."""
    # Equality, hash and text are shared by all values: compiled for each of them, as
    # dataclasses do, they take more than a third of the time that declaring one takes.
    made: Any = dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)(cls)
    if "__eq__" not in cls.__dict__:
        made.__eq__, made.__hash__ = _equal, _hashed
    if "__repr__" not in cls.__dict__:
        made.__repr__ = _shown
    made.__pydantic_config__ = _STRICT
    return cast("type[T]", made)


def _content(one: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any value
    """Give a value's fields in order."""
    return tuple(getattr(one, name) for name in one.__dataclass_fields__)


def _equal(self: Any, other: object) -> Any:  # noqa: ANN401 - NotImplemented, or bool
    """Tell whether another value of the same type has the same content."""
    if other.__class__ is not self.__class__:
        return NotImplemented
    return _content(self) == _content(other)


def _hashed(self: Any) -> int:  # noqa: ANN401 - any value
    """Hash by content; a mapping by its items, in whatever order."""
    content = _content(self)
    try:
        return hash(content)
    except TypeError:
        return hash(_hashable(content))


def _hashable(held: Any) -> Any:  # noqa: ANN401 - any content
    """Put what hashes as it compares in the place of mappings."""
    if isinstance(held, dict):
        return frozenset((key, _hashable(one)) for key, one in held.items())
    return tuple(map(_hashable, held)) if isinstance(held, tuple) else held


@recursive_repr()
def _shown(self: Any) -> str:  # noqa: ANN401 - any value
    """Write a value as it would be made."""
    names = self.__dataclass_fields__
    written = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
    return f"{self.__class__.__qualname__}({written})"
