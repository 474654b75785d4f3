"""Nothing published can be subtracted back to a small count."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.cells import CELL_NAMES, Cells
from fairaudit.tally.counts import Counts, Key
from fairaudit.tally.small_strata import without_labels
from fairaudit.tally.suppression import ALL, LABELS, RATES, suppress

BELOW = 11
SIZES = st.one_of(st.just(0), st.integers(1, 30), st.integers(11, 500))
CELLS = st.builds(
    lambda sizes: Cells(**dict(zip(CELL_NAMES[:4], sizes, strict=True))),
    st.lists(SIZES, min_size=4, max_size=4),
)
COUNTS = st.builds(
    lambda cells: Counts(attributes=("x", "y"), cells=cells),
    st.dictionaries(
        st.builds(
            lambda first, second: Key(groups=(first, second)),
            st.sampled_from(["a", "b", "c"]),
            st.sampled_from(["p", "q", None]),
        ),
        CELLS,
        min_size=1,
        max_size=9,
    ),
)
TABLES = st.sampled_from(
    [(("x",),), (("y",),), (("x",), ("y",)), (("x",), ("x", "y")), (("x", "y"),)]
)


@given(COUNTS, TABLES)
def test_no_published_cell_is_small(
    counts: Counts, tables: tuple[tuple[str, ...], ...]
) -> None:
    safe = suppress(counts, tables, BELOW).counts
    for columns in tables:
        for cells in safe.by(columns).values():
            for name in CELL_NAMES:
                assert not 0 < getattr(cells, name) < BELOW
            assert not 0 < cells.total < BELOW


@given(COUNTS, TABLES)
def test_totals_of_any_two_tables_agree_so_that_none_gives_another_away(
    counts: Counts, tables: tuple[tuple[str, ...], ...]
) -> None:
    safe = suppress(counts, tables, BELOW).counts
    totals = [sum(safe.by(columns).values(), Cells()) for columns in tables]
    for one, other in combinations(totals, 2):
        assert one == other


@given(COUNTS, TABLES)
def test_safe_counts_stay_as_they_are(
    counts: Counts, tables: tuple[tuple[str, ...], ...]
) -> None:
    once = suppress(counts, tables, BELOW)
    again = suppress(once.counts, tables, BELOW)
    assert again.counts == once.counts
    assert again.withheld == {}


def _one(cells: Cells) -> Counts:
    big = Cells(tp=100, fp=100, fn=100, tn=100)
    return Counts(
        attributes=("x",), cells={Key(groups=("small",)): cells, Key(groups=("big",)): big}
    )


def test_a_few_people_vanish_from_every_total() -> None:
    made = suppress(_one(Cells(tp=3, fn=2)), (("x",),), BELOW)
    assert made.withheld == {("x",): {"small": ALL}}
    assert set(made.counts.by(("x",))) == {"big"}


def test_a_few_positives_cost_a_group_its_labels_only() -> None:
    made = suppress(_one(Cells(tp=3, fp=40, fn=20, tn=60)), (("x",),), BELOW)
    assert made.withheld == {("x",): {"small": LABELS}}
    assert made.counts.by(("x",))["small"] == Cells(
        unlabelled_selected=43, unlabelled_rejected=80
    )


def test_a_few_selected_cost_a_group_every_rate() -> None:
    made = suppress(_one(Cells(tp=3, fp=4, fn=20, tn=60)), (("x",),), BELOW)
    assert made.withheld == {("x",): {"small": RATES}}
    assert made.counts.by(("x",))["small"] == Cells(blank=87)


MAYBE_MISSING = st.builds(
    lambda cells: Counts(attributes=("x", "y"), strata=("s",), cells=cells),
    st.dictionaries(
        st.builds(
            lambda first, second, stratum: Key(groups=(first, second), strata=(stratum,)),
            st.sampled_from(["a", "b", None]),
            st.sampled_from(["p", "q", None]),
            st.sampled_from(["s", "t", None]),
        ),
        CELLS,
        max_size=9,
    ),
)


@given(MAYBE_MISSING)
def test_a_group_less_its_crossings_is_never_a_few(counts: Counts) -> None:
    safe = suppress(counts, (("x",), ("x", "y")), BELOW).counts
    _no_few(safe.by(("x",)), safe.by(("x", "y")))
    for name in safe.stratum_names():
        part = safe.in_stratum(name)
        groups, crossings = part.by(("x",)), part.by(("x", "y"))
        _no_few(
            {group: without_labels(cells) for group, cells in groups.items()},
            {group: without_labels(cells) for group, cells in crossings.items()},
        )


def _no_few(groups: dict[str | None, Cells], crossings: dict[str | None, Cells]) -> None:
    """Take the crossings of each group away from it."""
    for group, cells in groups.items():
        inside = [
            crossing
            for name, crossing in crossings.items()
            if name is not None and name.split(" × ")[0] == group
        ]
        for name in (*CELL_NAMES, "total"):
            rest = getattr(cells, name) - sum(getattr(one, name) for one in inside)
            assert not 0 < rest < BELOW


@given(MAYBE_MISSING)
def test_a_group_less_its_strata_is_never_a_few(counts: Counts) -> None:
    safe = suppress(counts, (("x",),), BELOW).counts
    strata = [safe.in_stratum(name).by(("x",)) for name in safe.stratum_names()]
    for group, cells in safe.by(("x",)).items():
        parts = [stratum[group] for stratum in strata if group in stratum]
        assert sum(parts, Cells()) == cells
        for part in map(without_labels, parts):
            for name in (*CELL_NAMES, "total"):
                assert not 0 < getattr(part, name) < BELOW


def test_the_few_who_lack_another_attribute_are_taken_out_and_the_rest_stay() -> None:
    large = Cells(tp=100, fp=100, fn=100, tn=100)
    counts = Counts(
        attributes=("x", "y"),
        cells={
            Key(groups=("a", "p")): large,
            Key(groups=("a", None)): Cells(tp=4),
            Key(groups=("b", None)): large,
        },
    )
    made = suppress(counts, (("x",), ("x", "y")), BELOW)
    assert made.withheld == {("x", "y"): {None: ALL}}
    assert made.counts.by(("x",)) == {"a": large, "b": large}
    # Without the table of x there is nothing to subtract from.
    assert suppress(counts, (("x", "y"),), BELOW).withheld == {}
