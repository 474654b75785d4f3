"""Names that would mean two things in a report are refused before anything is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.evidence import EVERYONE_ELSE, MISSING
from fairaudit.core.spelling import option
from fairaudit.tally.counts import CROSS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairaudit.core.columns import Roles
    from fairaudit.tally.counts import Key

_TAKEN = {
    MISSING: "people whose group is not recorded; read it as missing with "
    "{na}, or rename it, such as to 'unknown'",
    EVERYONE_ELSE: "all people outside the group that is compared; rename it, such as to "
    "'others'",
}


def check_names(keys: Iterable[Key], roles: Roles) -> None:
    """Refuse groups that a report could not tell apart by name.

    Parameters
    ----------
    keys : iterable of Key
        Every finest crossing that was counted.
    roles : Roles
        The attributes, the tables made of them, and the strata.

    Raises
    ------
    InputError
        When a group is called what reports call the missing or the rest, or when two
        crossings of different values, or two tables, come to one name.
    """
    _check_tables(roles.tables)
    keys = tuple(keys)
    for place, column in enumerate(roles.attributes):
        values = {key.groups[place] for key in keys}
        for name, means in _TAKEN.items():
            if name in values:
                raise InputError(
                    f"column {column!r} has a group called {name!r}, which in reports "
                    f"means {means.format(na=option('na', MISSING))}."
                )
    for columns in roles.tables:
        places = [roles.attributes.index(column) for column in columns]
        check_crossing(
            columns, {tuple(key.groups[place] for place in places) for key in keys}
        )
    check_crossing(roles.strata, {key.strata for key in keys})


def _check_tables(tables: Iterable[tuple[str, ...]]) -> None:
    """Refuse a column that is called what a crossing is called."""
    by_name: dict[str, tuple[str, ...]] = {}
    for columns in tables:
        name = CROSS.join(columns)
        if by_name.setdefault(name, columns) != columns:
            raise InputError(
                f"the column {name!r} and a crossing of other columns would both be called "
                f"{name!r} in the report; rename the column."
            )


def check_crossing(
    columns: tuple[str, ...], crossings: Iterable[tuple[str | None, ...]]
) -> None:
    """Refuse different values whose joined names are the same.

    Parameters
    ----------
    columns : tuple of str
        The attributes that are crossed.
    crossings : iterable of tuple of (str or None)
        Their values, together.

    Raises
    ------
    InputError
        When two crossings come to one name.
    """
    by_name: dict[str, tuple[str | None, ...]] = {}
    for values in crossings:
        known = [one for one in values if one is not None]
        if len(known) < len(values):
            continue
        name = CROSS.join(known)
        if by_name.setdefault(name, values) != values:
            raise InputError(
                f"two different groups of {CROSS.join(columns)} would both be called "
                f"{name!r}, because values hold {CROSS.strip()!r} themselves; rename those "
                "values."
            )
