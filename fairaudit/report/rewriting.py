"""A report with every text in it rewritten, for formats that must escape what data hold."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from fairaudit.core.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def rewritten(part: T, text: Callable[[str], str]) -> T:
    """Give the same value with `text` applied to every string it holds, at any depth.

    Parameters
    ----------
    part : value
        A frozen value, or a tuple or dictionary of such.
    text : callable
        What becomes of a string; those it returns unchanged cost nothing.

    Returns
    -------
    value
        Of the same type; the very same object where nothing changed.

    Examples
    --------
    >>> rewritten(("a", {"b": 1}), str.upper)
    ('A', {'B': 1})
    """
    made: Any = part
    if isinstance(part, str):
        made = text(part)
    elif isinstance(part, tuple):
        new = tuple(rewritten(one, text) for one in part)
        made = part if all(one is old for one, old in zip(new, part, strict=True)) else new
    elif isinstance(part, dict):
        made = {rewritten(key, text): rewritten(one, text) for key, one in part.items()}
        made = part if made == part else made
    elif is_dataclass(part) and not isinstance(part, type):
        made = _rewritten_value(part, text)
    return made  # type: ignore[no-any-return]


def _rewritten_value(part: Any, text: Callable[[str], str]) -> Any:  # noqa: ANN401 - any value
    """Rewrite the fields of a frozen value."""
    changed = {}
    for field in fields(part):
        old = getattr(part, field.name)
        new = rewritten(old, text)
        if new is not old:
            changed[field.name] = new
    return replace(part, **changed) if changed else part
