"""What of a set of printed sums can be found by adding and subtracting them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import InputError
from fairaudit.core.value import value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    import numpy as np

    from fairaudit.core.estimate import Amount
    from fairaudit.tally.counts import Counts

    Array = np.ndarray[Any, np.dtype[Any]]

_ZERO = 1e-6
"""What is below it comes from rounding: a sum of whole sets has fractions far above it."""

_MOST = 5_000
"""Groups and strata of all tables together; with more, what follows takes too long."""


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


@value
class Layout:
    """Which keys are in which part, and which part is in which.

    `holds` has a row of 0 and 1 per part and a last one for everybody; `inside` tells, for
    the same rows, which parts are wholly in them. `layers` mark the parts of one table that
    do not overlap, `stages` the coarsest parts, then finer ones too.
    """

    parts: tuple[Part, ...]
    people: Any
    holds: Any
    inside: Any
    layers: tuple[Any, ...]
    stages: tuple[Any, ...]


def lay_out(counts: Counts, parts: Sequence[Part]) -> Layout:
    """Find out how the groups and strata of all tables overlap.

    Parameters
    ----------
    counts : Counts
        Whose keys the parts are made of.
    parts : sequence of Part
        Every group of every table, and its people in every stratum.

    Returns
    -------
    Layout
        Of keys with people; who is nobody is in no part.

    Raises
    ------
    InputError
        When there are too many parts.
    """
    import numpy as np

    if len(parts) > _MOST:
        raise InputError(
            f"suppress_below: {len(parts):,} groups and strata of groups are too many to "
            f"find out what they reveal of one another (at most {_MOST:,}). Ask for fewer "
            f"groups, crossings or strata at once."
        )
    cells = [(key, here) for key, here in counts.cells.items() if here.total]
    rows = {part: place for place, part in enumerate(parts)}
    holds = np.zeros((len(parts) + 1, len(cells)))
    holds[-1] = 1
    tables = {part.columns for part in parts}
    for place, (key, _) in enumerate(cells):
        for columns in tables:
            group = counts.group_of(key, columns)
            for stratum in {None, counts.stratum_of(key)}:
                part = Part(columns=columns, group=group, stratum=stratum)
                if part in rows:
                    holds[rows[part], place] = 1
    kinds = [(part.columns, part.stratum is None) for part in parts]
    ranks = [(part.stratum is not None, len(part.columns)) for part in parts]
    return Layout(
        parts=tuple(parts),
        people=holds @ np.array([here.total for _, here in cells], np.float64),
        holds=holds,
        inside=holds @ holds[:-1].T == holds[:-1].sum(axis=1),
        layers=tuple(
            np.array([kind == one for kind in kinds]) for one in dict.fromkeys(kinds)
        ),
        stages=tuple(
            np.array([one <= rank for one in ranks]) for rank in sorted(set(ranks))
        ),
    )


def safe_parts(
    layout: Layout,
    amounts: Sequence[tuple[Amount, ...]],
    asked: AbstractSet[Part],
    below: int,
) -> Printed:
    """Which parts can be printed without telling a number from 1 to `below` − 1?

    Not told are the numbers of small parts, and of what is left of a part or of everybody
    when the groups, or strata, of one table inside it are taken away.

    Parameters
    ----------
    layout : Layout
        Every part that has people.
    amounts : sequence of tuple of int
        The numbers that would be printed of each key with people.
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

    parts, holds = layout.parts, layout.holds
    numbers = holds @ np.array(amounts or np.zeros((0, 1)), np.float64)
    kept = np.array([part in asked for part in parts], np.bool_)
    for place in map(int, np.flatnonzero(kept & _small(numbers[:-1], below))):
        kept &= _without(layout, place)
    while True:
        few = np.concatenate(list(_secrets(layout, kept, numbers, below)))
        given_up: set[int] = set()
        price = _price(layout, kept)
        for used in _revealing(layout, kept, np.unique(few, axis=0)):
            if not given_up & set(used):
                given_up.add(min(used, key=price))
        if not given_up:
            break
        for place in given_up:
            kept &= _without(layout, place)
    return Printed(
        parts=frozenset(part for part, keeps in zip(parts, kept, strict=True) if keeps),
        total=any(_revealing(layout, kept, holds[-1:])) or not holds.shape[1],
    )


def _small(numbers: Array, below: int) -> Array:
    """Tell which rows have a number that may not be told."""
    few: Array = (numbers > 0) & (numbers < below)
    found: Array = few.sum(axis=1) > 0
    return found


def _secrets(layout: Layout, kept: Array, numbers: Array, below: int) -> Iterator[Array]:
    """Mark the keys of what is small: parts, and what is left of them and of everybody."""
    yield layout.holds[_small(numbers, below)]
    for layer in layout.layers:
        taken = kept & layer
        left = numbers - layout.inside[:, taken] @ numbers[:-1][taken]
        few = _small(left, below)
        yield layout.holds[few] - layout.inside[few][:, taken] @ layout.holds[:-1][taken]


def _revealing(layout: Layout, kept: Array, wanted: Array) -> Iterator[list[int]]:
    """Find for each wanted sum that follows from printed parts the coarsest that give it.

    To give up finer ones would help nothing. Parts of one key take it out of all sums,
    which leaves little to solve.
    """
    import numpy as np

    left = wanted
    for stage in layout.stages:
        places = np.flatnonzero(kept & stage)
        if not len(left) or not len(places):
            continue
        single = layout.holds[places].sum(axis=1) == 1
        ones, several = places[single], places[~single]
        open_ = ~layout.holds[ones].any(axis=0)
        sums = layout.holds[several].T
        shares = np.linalg.lstsq(sums[open_], left.T[open_], rcond=None)[0]
        rest = left.T - sums @ shares
        follows = (np.abs(rest[open_]) < _ZERO).all(axis=0)
        for column in np.flatnonzero(follows):
            known = layout.holds[ones] @ rest[:, column]
            yield [
                *map(int, several[np.abs(shares[:, column]) > _ZERO]),
                *map(int, ones[np.abs(known) > _ZERO]),
            ]
        left = left[~follows]


def _price(layout: Layout, kept: Array) -> Callable[[int], tuple[Any, ...]]:
    """Order parts by what is lost with them: strata first, then crossings.

    A table's last two groups come after others, as nothing can be compared without them,
    and people without a recorded group after those with one, as they count against a pass.
    """
    left: dict[tuple[str, ...], int] = {}
    for part, keeps in zip(layout.parts, kept, strict=True):
        if keeps and part.stratum is None and part.group is not None:
            left[part.columns] = left.get(part.columns, 0) + 1

    def price(place: int) -> tuple[Any, ...]:
        part = layout.parts[place]
        return (
            part.stratum is None,
            -len(part.columns),
            left.get(part.columns, 0) <= 2,
            part.group is None,
            layout.people[place],
            place,
        )

    return price


def _without(layout: Layout, given_up: int) -> Array:
    """Mark all parts but one, and its crossings and strata, which go with it."""
    import numpy as np

    one = layout.parts[given_up]
    goes: Array = layout.inside[given_up].copy()
    for place in np.flatnonzero(goes):
        part = layout.parts[place]
        goes[place] = set(one.columns) <= set(part.columns) and one.stratum in {
            None,
            part.stratum,
        }
    stays: Array = ~goes
    return stays
