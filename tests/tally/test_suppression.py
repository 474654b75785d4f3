"""What is told is whole, and nothing told can be subtracted back to a small count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.cells import CELL_NAMES, Cells
from fairaudit.tally.counts import Counts, Key
from fairaudit.tally.suppression import (
    ALL,
    LABELS,
    RATES,
    Suppressed,
    coarsened,
    suppress,
    without_labels,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Tables = tuple[tuple[str, ...], ...]
    Array = np.ndarray[Any, np.dtype[Any]]

BELOW = 11
LEVELS = (ALL, RATES, LABELS)
X, Y, XY = ("x",), ("y",), ("x", "y")
TABLES = st.sampled_from([(X,), (XY,), (X, Y), (X, XY), (X, Y, XY)])
SIZES = st.one_of(st.just(0), st.integers(1, 30), st.integers(11, 500))
CELLS = st.builds(
    lambda sizes: Cells(**dict(zip(CELL_NAMES[:5], sizes, strict=True))),
    st.lists(SIZES, min_size=5, max_size=5),
)


def _counts(strata: list[str | None]) -> st.SearchStrategy[Counts]:
    """Make counts of two attributes with missing values."""
    return st.builds(
        lambda cells: Counts(attributes=("x", "y"), strata=("s",), cells=cells),
        st.dictionaries(
            st.builds(
                lambda first, second, stratum: Key(
                    groups=(first, second), strata=(stratum,)
                ),
                st.sampled_from(["a", "b", "c", None]),
                st.sampled_from(["p", "q", "r", None]),
                st.sampled_from(strata),
            ),
            CELLS,
            min_size=1,
            max_size=14,
        ),
    )


COUNTS = st.one_of(_counts(["s"]), _counts(["s", "t", None]))


@given(COUNTS, TABLES)
def test_what_is_told_of_a_group_is_of_all_its_people(
    counts: Counts, tables: Tables
) -> None:
    safe = suppress(counts, tables, BELOW)
    assert safe.counts == counts
    for columns in tables:
        told, withheld = safe.told(columns), safe.withheld.get(columns, {})
        for group, cells in counts.by(columns).items():
            assert told.get(group) == coarsened(cells, withheld.get(group))
            if group not in withheld:
                assert told[group] == cells


@given(COUNTS, TABLES)
def test_no_small_count_is_told(counts: Counts, tables: Tables) -> None:
    safe = suppress(counts, tables, BELOW)
    for columns in tables:
        for cells in safe.told(columns).values():
            assert not any(0 < number < BELOW for number in (*_listed(cells), cells.total))


@given(COUNTS, TABLES)
def test_no_small_count_is_a_sum_or_difference_of_what_is_told(
    counts: Counts, tables: Tables
) -> None:
    safe = suppress(counts, tables, BELOW)
    for what in LEVELS:
        numbers = np.array([_read(cells, what) for cells in counts.cells.values()])
        told = list(_told(safe, tables, what))
        for secret in _secrets(safe, tables, what):
            found = secret @ numbers
            if any((found > 0) & (found < BELOW)):
                assert not _follows(secret, told)


@given(COUNTS, TABLES)
def test_everybody_together_is_told_where_what_is_told_gives_it_and_only_there(
    counts: Counts, tables: Tables
) -> None:
    safe = suppress(counts, tables, BELOW)
    everybody = _where(counts, lambda _: True)
    for what in LEVELS:
        follows = _follows(everybody, list(_told(safe, tables, what)))
        assert follows or not _is_told(safe.overall, what)
        if len(tables) == 1:
            assert follows == _is_told(safe.overall, what)


def _read(cells: Cells, what: str) -> tuple[float, ...]:
    """Give the numbers that are told unless `what` is withheld."""
    if what == ALL:
        return (cells.total,)
    return _listed(without_labels(cells) if what == RATES else cells)


def _listed(cells: Cells) -> tuple[float, ...]:
    return tuple(getattr(cells, name) for name in CELL_NAMES)


def _is_told(withheld: str | None, what: str) -> bool:
    """Tell whether numbers are told that would not be if `what` were withheld."""
    return withheld is None or LEVELS.index(withheld) > LEVELS.index(what)


def _where(counts: Counts, holds: Callable[[Key], bool]) -> Array:
    """Mark the keys of some people; who is nobody is no part of anything."""
    return np.array([holds(key) and cells.total > 0 for key, cells in counts.cells.items()])


def _of(counts: Counts, columns: tuple[str, ...], group: str | None) -> Array:
    return _where(counts, lambda key: counts.group_of(key, columns) == group)


def _told(safe: Suppressed, tables: Tables, what: str) -> Iterator[Array]:
    """Mark the people of everything that is printed."""
    counts = safe.counts
    for columns in tables:
        for group in counts.by(columns):
            if not _is_told(safe.withheld.get(columns, {}).get(group), what):
                continue
            own = _of(counts, columns, group)
            yield own
            if what == RATES:
                yield from _strata(safe, columns, group)


def _strata(
    safe: Suppressed, columns: tuple[str, ...], group: str | None
) -> Iterator[Array]:
    """Mark a group's people in every stratum of theirs that is told."""
    own = _of(safe.counts, columns, group)
    for stratum in ("s", "t"):
        if (columns, group, stratum) not in safe.strata:
            there = _where(safe.counts, lambda key, name=stratum: key.strata == (name,))  # type: ignore[misc]
            yield own & there


def _secrets(safe: Suppressed, tables: Tables, what: str) -> Iterator[Array]:
    """Mark groups, and what is left of them when all that is told in them is taken away."""
    counts = safe.counts
    everybody = _where(counts, lambda _: True)
    groups = [
        _of(counts, columns, group) for columns in tables for group in counts.by(columns)
    ]
    yield from groups
    for whole in (everybody, *groups):
        for columns in tables:
            inside = [one for one in _told(safe, (columns,), what) if not any(one & ~whole)]
            yield whole & ~np.any([np.zeros_like(whole), *inside], axis=0)


def _follows(secret: Array, told: list[Array]) -> bool:
    """Tell whether a sum is a linear combination of others: their rank stays the same."""
    if not secret.any() or not told:
        return not secret.any()
    known = np.array(told, float)
    rank = np.linalg.matrix_rank(known)
    return bool(np.linalg.matrix_rank(np.vstack([known, secret])) == rank)


# --------------------------------------------------------------------- what is withheld

LARGE = Cells(tp=100, fp=100, fn=100, tn=100)


def _one(cells: Cells) -> Counts:
    return Counts(
        attributes=("x",),
        cells={Key(groups=("small",)): cells, Key(groups=("big",)): LARGE},
    )


@pytest.mark.parametrize(
    ("cells", "what", "told"),
    [
        (Cells(tp=3, fn=2), ALL, None),
        (Cells(tp=3, fp=4, fn=20, tn=60), RATES, Cells(blank=87)),
        (
            Cells(tp=3, fp=40, fn=20, tn=60),
            LABELS,
            Cells(unlabelled_selected=43, unlabelled_rejected=80),
        ),
        (Cells(tp=11, fp=0, fn=11, tn=11), None, Cells(tp=11, fn=11, tn=11)),
    ],
)
def test_of_one_table_a_small_group_alone_is_withheld_and_the_total_with_it(
    cells: Cells, what: str | None, told: Cells | None
) -> None:
    made = suppress(_one(cells), (X,), BELOW)
    assert made.withheld == ({} if what is None else {X: {"small": what}})
    assert made.overall == what
    assert made.told(X).get("small") == told
    assert made.told(X)["big"] == LARGE


def _races_and_sexes(asian: Cells) -> Counts:
    """Give three large races, one smaller than the others, and one that is small."""
    of = {
        "black": LARGE,
        "white": LARGE + LARGE,
        "other": Cells(tp=50, fp=50, fn=50, tn=50),
    }
    cells = {
        Key(groups=(race, sex)): here for race, here in of.items() for sex in ("F", "M")
    }
    cells[Key(groups=("asian", "F"))] = asian
    return Counts(attributes=("x", "y"), cells=cells)


def test_where_another_table_gives_the_total_the_smallest_other_group_goes_too() -> None:
    counts = _races_and_sexes(Cells(tp=3))
    made = suppress(counts, (X, Y), BELOW)
    assert made.withheld == {X: {"other": ALL, "asian": ALL}}
    assert made.overall is None
    assert made.told(Y) == counts.by(Y)


def test_few_labels_cost_another_group_its_labels_only() -> None:
    made = suppress(_races_and_sexes(Cells(tp=3, fp=40, fn=40, tn=40)), (X, Y), BELOW)
    assert made.withheld == {X: {"other": LABELS, "asian": LABELS}}


def test_small_groups_that_are_many_together_need_no_other() -> None:
    counts = _races_and_sexes(Cells(tp=9))
    few = Cells(tp=8)
    counts = Counts(attributes=XY, cells={**counts.cells, Key(groups=("native", "M")): few})
    assert suppress(counts, (X, Y), BELOW).withheld == {X: {"asian": ALL, "native": ALL}}


def test_two_crossings_do_not_give_away_a_third_by_rows_and_columns() -> None:
    cells = {
        Key(groups=(first, second)): LARGE for first in ("a", "b", "c") for second in "pq"
    }
    cells[Key(groups=("a", "p"))] = Cells(tp=5)
    made = suppress(Counts(attributes=XY, cells=cells), (X, Y, XY), BELOW)
    # One in its row, one in its column, and one that closes the rectangle.
    assert len(made.withheld[XY]) == 4
    assert set(made.withheld) == {XY}


def test_who_lacks_another_attribute_is_not_what_the_crossings_leave() -> None:
    counts = Counts(
        attributes=XY,
        cells={
            Key(groups=("a", "p")): LARGE,
            Key(groups=("a", "q")): LARGE,
            Key(groups=("a", None)): Cells(tp=4),
            Key(groups=("b", None)): LARGE,
        },
    )
    made = suppress(counts, (X, XY), BELOW)
    assert set(made.withheld) == {XY}
    # Both those without a crossing and one crossing: either gives the few away.
    assert len(made.withheld[XY]) == 2
    assert None in made.withheld[XY]
    # Without the table of x there is nothing to subtract from.
    assert suppress(counts, (XY,), BELOW).withheld == {}


def test_a_stratum_of_a_few_takes_the_stratum_with_it_that_would_give_it_away() -> None:
    strata = {
        "s": Cells(unlabelled_selected=3),
        "t": Cells(unlabelled_selected=100, unlabelled_rejected=100),
        "u": Cells(unlabelled_selected=200, unlabelled_rejected=200),
    }
    counts = Counts(
        attributes=("x",),
        strata=("s",),
        cells={
            Key(groups=("a",), strata=(stratum,)): cells
            for stratum, cells in strata.items()
        },
    )
    made = suppress(counts, (X,), BELOW)
    assert made.withheld == {}
    assert made.strata == {(X, "a", "s"), (X, "a", "t")}
