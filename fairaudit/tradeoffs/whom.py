"""Whom a price or an answer is about, and whom it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.prices import FEWEST

if TYPE_CHECKING:
    from collections.abc import Collection

_MOST = 8


def whom(groups: Collection[str], people: int) -> str:
    """Name the groups that take part, and how many people they are.

    Examples
    --------
    >>> whom(["a", "b", "c"], 7164)
    'a, b and c (7,164 people)'
    """
    return f"{_listed(groups)} ({people:,} people)"


def not_asked(left_out: Collection[str]) -> str:
    """Name the groups that do not, as a sentence; empty where all do.

    Examples
    --------
    >>> not_asked(["d"])
    ' d has fewer than 50 people of one outcome, and no part in it.'
    """
    if not left_out:
        return ""
    have = "have" if len(left_out) > 1 else "has"
    return (
        f" {_listed(left_out)} {have} fewer than {FEWEST} people of one outcome, "
        "and no part in it."
    )


def _listed(names: Collection[str]) -> str:
    """Join names with commas and a last "and"; beyond some say how many more."""
    known = list(names)
    if len(known) > _MOST:
        known = [*known[:_MOST], f"{len(known) - _MOST} more"]
    return " and ".join([", ".join(known[:-1]), known[-1]] if len(known) > 1 else known)
