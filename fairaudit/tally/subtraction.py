"""What of a set of printed sums can be found by adding and subtracting them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairaudit.core.value import value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet

    import numpy as np

    from fairaudit.core.estimate import Amount
    from fairaudit.tally.counts import Counts

    Array = np.ndarray[Any, np.dtype[Any]]

_ZERO = 1e-6
"""What is below it comes from rounding: a sum of whole sets has fractions far above it."""


@value
class Part:
    """The people of one group of a table, or those of them in one stratum."""

    columns: tuple[str, ...]
    group: str | None
    stratum: str | None = None


@value
class Printed:
    """Parts that may be printed together; `total` says whether they give everybody."""

    parts: frozenset[Part]
    total: bool


def safe_parts(
    counts: Counts,
    parts: Sequence[Part],
    amounts: Sequence[tuple[Amount, ...]],
    asked: AbstractSet[Part],
    below: int,
) -> Printed:
    """Which parts can be printed without telling a number from 1 to `below` − 1?

    Not told are the numbers of small parts, and of what is left of a part or of everybody
    when the groups, or strata, of one table inside it are taken away.

    Parameters
    ----------
    counts : Counts
        Whose keys the parts are made of.
    parts : sequence of Part
        Every part that has people.
    amounts : sequence of tuple of int
        The numbers that would be printed of each key.
    asked : set of Part
        The parts to print if possible.
    below : int
        The smallest number that may be told; 0 may always be.

    Returns
    -------
    Printed
        Those of the asked parts that are left.
    """
    import numpy as np

    holds = _membership(counts, parts)
    numbers = np.array(amounts, np.float64).reshape(len(counts.cells), -1)
    people = holds @ np.array([cells.total for cells in counts.cells.values()], np.float64)
    size = holds.sum(axis=1)
    inside = holds @ holds[:-1].T == size[:-1]
    layers, stages = _layers(parts), _stages(parts)
    kept = np.array([part in asked for part in parts], np.bool_)
    for place in np.flatnonzero(_small(holds[:-1] @ numbers, below)):
        kept &= _without(parts, inside, int(place))
    while kept.any():
        secret = [holds, *(_remainders(holds, inside, kept & one) for one in layers)]
        few = np.concatenate([one[_small(one @ numbers, below)] for one in secret])
        used = _involved(holds, kept, stages, np.unique(few, axis=0))
        if not len(used):
            break
        price = _price(parts, kept, people)
        given_up = min(used, key=lambda place: price(parts[place]))
        kept &= _without(parts, inside, given_up)
    total = bool(_involved(holds, kept, stages[-1:], holds[-1:])) or not holds[-1].any()
    return Printed(
        parts=frozenset(part for part, keeps in zip(parts, kept, strict=True) if keeps),
        total=total,
    )


def _membership(counts: Counts, parts: Sequence[Part]) -> Array:
    """Mark with 1 the keys of each part; the last row is everybody."""
    import numpy as np

    rows = {part: place for place, part in enumerate(parts)}
    holds = np.zeros((len(parts) + 1, len(counts.cells)))
    holds[-1] = [cells.total > 0 for cells in counts.cells.values()]
    for place, (key, cells) in enumerate(counts.cells.items()):
        if not cells.total:
            continue
        stratum = counts.stratum_of(key)
        for columns in {part.columns for part in parts}:
            group = counts.group_of(key, columns)
            holds[rows[Part(columns=columns, group=group)], place] = 1
            if stratum is not None:
                holds[rows[Part(columns=columns, group=group, stratum=stratum)], place] = 1
    return holds


def _layers(parts: Sequence[Part]) -> list[Array]:
    """Mark the parts that do not overlap: the groups of a table, and their strata."""
    import numpy as np

    kinds = [(part.columns, part.stratum is None) for part in parts]
    return [np.array([kind == one for kind in kinds]) for one in dict.fromkeys(kinds)]


def _stages(parts: Sequence[Part]) -> list[Array]:
    """Mark the groups of single attributes, then with crossings, then all.

    What follows from coarse parts alone must be mended there: to give up finer ones would
    help nothing.
    """
    import numpy as np

    ranks = [(part.stratum is not None, len(part.columns)) for part in parts]
    return [np.array([one <= rank for one in ranks]) for rank in sorted(set(ranks))]


def _remainders(holds: Array, inside: Array, taken: Array) -> Array:
    """Take from every part, and from everybody, what some parts hold of it entirely."""
    remainder: Array = holds - inside[:, taken] @ holds[:-1][taken]
    return remainder


def _small(numbers: Array, below: int) -> Array:
    """Tell which rows have a number that may not be told."""
    few: Array = (numbers > 0) & (numbers < below)
    found: Array = few.sum(axis=1) > 0
    return found


def _involved(
    holds: Array, kept: Array, stages: Sequence[Array], wanted: Array
) -> list[int]:
    """Find the coarsest printed parts that together give one of the wanted rows."""
    import numpy as np

    if not len(wanted):
        return []
    for stage in stages:
        places = np.flatnonzero(kept & stage)
        printed = holds[places].T
        shares = np.linalg.lstsq(printed, wanted.T, rcond=None)[0]
        exact = (np.abs(printed @ shares - wanted.T) < _ZERO).all(axis=0)
        if exact.any():
            used = np.abs(shares[:, np.flatnonzero(exact)[0]]) > _ZERO
            return [int(place) for place in places[used]]
    return []


def _price(
    parts: Sequence[Part], kept: Array, people: Array
) -> Callable[[Part], tuple[Any, ...]]:
    """Order parts by what is lost with them: strata first, then crossings.

    A table's last two groups come after others, as nothing can be compared without them,
    and people without a recorded group after those with one, as they count against a pass.
    """
    left: dict[tuple[str, ...], int] = {}
    size: dict[Part, float] = {}
    for part, keeps, number in zip(parts, kept, people[:-1], strict=True):
        size[part] = number
        if keeps and part.stratum is None and part.group is not None:
            left[part.columns] = left.get(part.columns, 0) + 1
    return lambda part: (
        part.stratum is None,
        -len(part.columns),
        left.get(part.columns, 0) <= 2,
        part.group is None,
        size[part],
        part.columns,
        part.group or "",
        part.stratum or "",
    )


def _without(parts: Sequence[Part], inside: Array, given_up: int) -> Array:
    """Mark all parts but one, and its crossings and strata, which go with it."""
    import numpy as np

    one = parts[given_up]
    goes = [
        bool(inside[given_up, place])
        and set(one.columns) <= set(part.columns)
        and one.stratum in {None, part.stratum}
        for place, part in enumerate(parts)
    ]
    return ~np.array(goes, np.bool_)
