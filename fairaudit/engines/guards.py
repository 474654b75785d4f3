"""Refusals of columns with too many values: an audit of them would publish the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from fairaudit.core.errors import InputError
from fairaudit.core.spelling import option
from fairaudit.core.value import value
from fairaudit.engines.query import MOST_CELLS

if TYPE_CHECKING:
    from fairaudit.engines.query import CountQuery, KeyColumn


@value
class Spread:
    """How many distinct values a key showed, in which rows, and one of them."""

    distinct: int
    rows: int
    example: str | None = None
    only_first: bool = False
    roughly: bool = False


def check_spread(key: KeyColumn, spread: Spread, query: CountQuery, *, where: str) -> None:
    """Refuse a key with more distinct values than the query allows it.

    Raises
    ------
    InputError
        Saying what the column looks like and what to do instead.
    """
    most = query.most_distinct(key)
    if most is None or spread.distinct <= most:
        return
    about = "about " if spread.roughly else ""
    rows = (
        f"the first {spread.rows:,} rows" if spread.only_first else f"{spread.rows:,} rows"
    )
    found = (
        f"{where}: column {key.column!r} has {about}{spread.distinct:,} distinct values in "
        f"{rows}, more than the {most:,} allowed"
    )
    if key.column in query.few:
        raise InputError(
            f"{found}; it looks like an identifier or a number: cut a number at edges of "
            f"your own, such as {option('bins', {key.column: [25, 40, 60]})}, raise the "
            f"limit with {option('max_groups')}, or choose another column."
        )
    raise InputError(
        f"{found}, such as {spread.example}; it looks like scores rather than outcomes or "
        f"decisions: for decisions made from it, give {option('score', key.column)} and "
        f"{option('threshold')}."
    )


def refuse_crossing(query: CountQuery, *, where: str) -> NoReturn:
    """Refuse keys that are small one by one and make too many cells together."""
    columns = ", ".join(repr(key.column) for key in query.keys)
    raise InputError(
        f"{where}: the columns {columns} make more than {MOST_CELLS:,} combinations; ask "
        f"for fewer columns at once, or cut numbers with {option('bins')}."
    )
