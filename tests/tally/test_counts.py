"""Counts add up: chunks to the whole, crossings to their margins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.cells import CELL_NAMES, Cells
from fairaudit.tally.counts import Counts, Key

NAMES = st.one_of(st.none(), st.sampled_from(["a", "b", "c d", "é"]))
KEYS = st.builds(
    lambda first, second, stratum: Key(groups=(first, second), strata=(stratum,)),
    NAMES,
    NAMES,
    NAMES,
)
CELLS = st.builds(
    lambda sizes: Cells(**dict(zip(CELL_NAMES, sizes, strict=True))),
    st.lists(st.integers(0, 50), min_size=9, max_size=9),
)
COUNTS = st.builds(
    lambda cells: Counts(attributes=("x", "y"), strata=("s",), cells=cells),
    st.dictionaries(KEYS, CELLS, max_size=8),
)


def _total(parts: dict[str | None, Cells]) -> Cells:
    return sum(parts.values(), Cells())


@given(COUNTS)
def test_every_table_holds_everybody_once(counts: Counts) -> None:
    everybody = sum(counts.cells.values(), Cells())
    for columns in (("x",), ("y",), ("x", "y")):
        assert _total(counts.by(columns)) == everybody


@given(COUNTS)
def test_strata_hold_everybody_once(counts: Counts) -> None:
    parts = [counts.in_stratum(name) for name in counts.stratum_names()]
    merged = Counts(attributes=("x", "y"), strata=("s",), cells={})
    for part in parts:
        merged += part
    assert merged == counts


@given(COUNTS, COUNTS)
def test_chunks_merge_to_the_whole(first: Counts, second: Counts) -> None:
    both = first + second
    assert both == second + first
    for columns in (("x",), ("x", "y")):
        together = both.by(columns)
        for name, cells in together.items():
            apart = first.by(columns).get(name, Cells()) + second.by(columns).get(
                name, Cells()
            )
            assert cells == apart


def test_a_crossing_with_one_missing_part_is_missing() -> None:
    counts = Counts(
        attributes=("x", "y"),
        cells={Key(groups=("a", None)): Cells(tp=1), Key(groups=("a", "b")): Cells(tp=2)},
    )
    assert counts.by(("x", "y")) == {None: Cells(tp=1), "a × b": Cells(tp=2)}
    assert counts.by(("x",)) == {"a": Cells(tp=3)}
