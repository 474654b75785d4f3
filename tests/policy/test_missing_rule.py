from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairaudit.core.cells import CELL_NAMES, Cells
from fairaudit.core.verdict import MissingData
from fairaudit.criteria.catalogue import catalogue, criterion_named
from fairaudit.criteria.comparisons import Measure, allowed_limit
from fairaudit.criteria.criterion import Criterion
from fairaudit.policy.missing_rule import missing_data
from fairaudit.tally.rates import Rate, proportion
from tests.people import table_of

PARITY = criterion_named("demographic_parity")
OPPORTUNITY = criterion_named("equal_opportunity")


def found(
    people: dict[str | None, Cells],
    criterion: Criterion = PARITY,
    *,
    measure: Measure = "difference",
    in_scope: tuple[str, ...] = ("a", "b"),
) -> MissingData:
    """Ask what is missing, at a tolerance of 0.1."""
    return missing_data(
        criterion, table_of(people), allowed=0.1, measure=measure, in_scope=in_scope
    )


def test_five_percent_is_accepted_as_stated() -> None:
    whole = Cells(unlabelled_selected=50, unlabelled_rejected=45, blank=5)
    assert found({"a": whole, "b": whole}) == MissingData(
        share=0.05, worst_case=None, blocks_pass=False
    )


def test_one_group_may_not_hide_among_many() -> None:
    big = Cells(unlabelled_selected=5000, unlabelled_rejected=5000)
    small = Cells(unlabelled_selected=40, unlabelled_rejected=40, blank=20)
    told = found({"a": big, "b": small})
    assert told.share == pytest.approx(0.2)
    assert told.blocks_pass
    # Outside the scope it cannot block what is not claimed of it.
    assert not found({"a": big, "b": big, "c": small}).blocks_pass


def test_people_without_a_group_are_missing_altogether() -> None:
    half = Cells(unlabelled_selected=50, unlabelled_rejected=50)
    told = found({"a": half, "b": half, None: Cells(unlabelled_selected=50)})
    assert told.share == pytest.approx(50 / 250)
    assert told.blocks_pass


@pytest.mark.parametrize(
    ("criterion", "missing"),
    [
        ("demographic_parity", {"undecided_positive", "undecided_negative", "blank"}),
        (
            "equal_opportunity",
            {
                "unlabelled_selected",
                "unlabelled_rejected",
                "undecided_positive",
                "undecided_negative",
                "blank",
            },
        ),
    ],
)
def test_only_what_a_criterion_needs_is_missed(criterion: str, missing: set[str]) -> None:
    for name in CELL_NAMES[4:]:
        cells = Cells(tp=50, fp=50, fn=50, tn=50) + Cells(**{name: 50})
        told = found({"a": cells, "b": cells}, criterion_named(criterion))
        assert told.share == pytest.approx(0.2 if name in missing else 0)


def test_missing_people_are_filled_in_with_the_weights_they_have() -> None:
    def worst(blank: float) -> float:
        # A hundred by weight: eighty people of weight 1, and the rest without a decision.
        here = Cells(unlabelled_selected=40.0, unlabelled_rejected=40.0, blank=20.0)
        squares = Cells(unlabelled_selected=40.0, unlabelled_rejected=40.0, blank=blank)
        table = table_of({"a": here, "b": here}, squares={"a": squares, "b": squares})
        told = missing_data(
            PARITY, table, allowed=0.1, measure="difference", in_scope=("a", "b")
        )
        assert told.worst_case is not None
        return told.worst_case

    unweighted = Cells(unlabelled_selected=40, unlabelled_rejected=40, blank=20)
    assert worst(blank=20.0) == found({"a": unweighted, "b": unweighted}).worst_case
    # Two of weight 10 instead of twenty of weight 1.
    assert worst(blank=200.0) > worst(blank=20.0) + 0.05


def test_nobody_at_all_misses_nothing() -> None:
    assert found({"a": Cells(), "b": Cells()}).share == 0


# What each missing row could turn out to be; the group of the last kind is not known.
_COULD_BE = {
    "unlabelled_selected": ("tp", "fp"),
    "unlabelled_rejected": ("fn", "tn"),
    "undecided_positive": ("tp", "fn"),
    "undecided_negative": ("fp", "tn"),
    "blank": ("tp", "fp", "fn", "tn"),
}


def completions(cells: Cells) -> list[Cells]:
    """Fill in the missing values of every row in every way."""
    rows = [_COULD_BE[name] for name in _COULD_BE for _ in range(int(getattr(cells, name)))]
    known = Cells(tp=cells.tp, fp=cells.fp, fn=cells.fn, tn=cells.tn)
    filled = {
        known + sum((Cells(**{name: 1}) for name in chosen), Cells())
        for chosen in product(*rows)
    }
    return list(filled)


def defined(rate: Rate, *people: Cells) -> bool:
    """Tell whether a rate is defined for all of these."""
    return all(proportion(rate, cells).denominator for cells in people)


def limit(rate: Rate, first: Cells, second: Cells, measure: Measure) -> float:
    """Give the upper limit of one comparison."""
    one, other = proportion(rate, first), proportion(rate, second)
    return allowed_limit((one.successes, one.size, other.successes, other.size), measure)


few = st.integers(0, 2)
some = st.integers(0, 12)
partly_missing = st.builds(
    Cells,
    tp=some,
    fp=some,
    fn=some,
    tn=some,
    unlabelled_selected=few,
    unlabelled_rejected=st.integers(0, 1),
    undecided_positive=few,
    undecided_negative=st.integers(0, 1),
    blank=st.integers(0, 1),
)


@pytest.mark.parametrize(
    "criterion",
    [one for one in catalogue().values() if one.rates and not one.stratified],
    ids=lambda one: one.id,
)
@pytest.mark.parametrize("measure", ["difference", "ratio"])
@settings(max_examples=15)
@given(first=partly_missing, second=partly_missing)
def test_the_worst_case_is_the_worst_of_all_ways_to_fill_in_what_is_missing(
    criterion: Criterion, measure: Measure, first: Cells, second: Cells
) -> None:
    told = found({"a": first, "b": second}, criterion, measure=measure)
    if told.worst_case is None:
        assert told.share <= 0.05
        return
    worst = max(
        limit(rate, one, other, measure) if defined(rate, first, second) else 1.0
        for rate in criterion.rates
        for one in completions(first)
        for other in completions(second)
    )
    assert told.worst_case == pytest.approx(worst, abs=1e-9)


@settings(max_examples=12)
@given(first=partly_missing, second=partly_missing, ungrouped=partly_missing)
def test_people_without_a_group_cannot_be_worse_than_is_said(
    first: Cells, second: Cells, ungrouped: Cells
) -> None:
    told = found({"a": first, "b": second, None: ungrouped}, OPPORTUNITY)
    if told.worst_case is None:
        return
    (rate,) = OPPORTUNITY.rates
    assert defined(rate, first, second) or told.worst_case == 1
    # All of them in one of the groups, or in neither.
    for joined in completions(ungrouped):
        for one in completions(first):
            for other in completions(second):
                for pair in ((one, other), (one + joined, other), (one, other + joined)):
                    if defined(rate, *pair):
                        seen = limit(rate, *pair, "difference")
                        assert seen <= told.worst_case + 1e-9
