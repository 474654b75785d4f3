"""Names of columns: text, each its own."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError, UnreadableTableError

if TYPE_CHECKING:
    from collections.abc import Sequence


def check_names(names: Sequence[object], *, where: str) -> None:
    """Refuse columns that have one name, or names that differ only in case or blanks.

    Raises
    ------
    InputError
        When a name is not text.
    UnreadableTableError
        When two columns have one name; it names both and their places.
    """
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        if not isinstance(name, str):
            raise InputError(
                f"{where}: column names must be text; got {name!r}. In pandas, "
                "`frame.columns = frame.columns.map(str)` makes them so."
            )
        folded = unicodedata.normalize("NFKC", name).strip().casefold()
        if folded not in places:
            places[folded] = place
            continue
        first = places[folded]
        both = f"columns {first + 1} and {place + 1}"
        if names[first] == name:
            called = (
                f"column {name!r} is there more than once" if name else "unnamed columns"
            )
            raise UnreadableTableError(
                f"{where}: {called} ({both}); give every column a name of its own."
            )
        raise UnreadableTableError(
            f"{where}: {names[first]!r} and {name!r} ({both}) differ only in case or "
            f"blanks; "
            "give every column a name of its own."
        )
