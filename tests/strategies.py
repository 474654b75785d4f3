"""Made-up people for properties: cells, groups of cells, and rows one by one."""

from __future__ import annotations

from hypothesis import strategies as st

from fairaudit.core.cells import CELL_NAMES, Cells

COMPLETE = ("tp", "fp", "fn", "tn")

FULL_CELLS = st.builds(
    lambda sizes: Cells(**dict(zip(COMPLETE, sizes, strict=True))),
    st.lists(st.integers(1, 400), min_size=4, max_size=4),
)
"""Cells in which every rate is defined."""

ANY_CELLS = st.builds(
    lambda sizes: Cells(**dict(zip(CELL_NAMES, sizes, strict=True))),
    st.lists(st.integers(0, 60), min_size=9, max_size=9),
)
"""Cells with missing values, and with rates that may be undefined."""

NAMES = st.sampled_from(["a", "b", "c", "d e", "é", "Ω"])

FULL_GROUPS = st.dictionaries(NAMES, FULL_CELLS, min_size=2, max_size=5)
ANY_GROUPS = st.dictionaries(NAMES, ANY_CELLS, min_size=2, max_size=5)

ROWS = st.lists(
    st.tuples(
        st.one_of(st.none(), NAMES),
        st.sampled_from([True, False, None]),
        st.sampled_from([True, False, None]),
    ),
    max_size=60,
)
"""People as group, label and prediction, any of them possibly missing."""
