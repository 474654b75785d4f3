"""What must hold of every criterion on rates; each is found by being in the catalogue."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fairaudit.core.cells import Cells
from fairaudit.core.evidence import Comparison, StratifiedComparison
from fairaudit.core.requirements import CriterionGate, Requirements
from fairaudit.core.value import replace
from fairaudit.criteria.catalogue import catalogue
from fairaudit.criteria.comparisons import compare_rate
from fairaudit.criteria.conditional import compare_within_strata
from fairaudit.criteria.criterion import Criterion
from fairaudit.criteria.disparity import family_size, measure
from fairaudit.criteria.findings import disparity_finding
from fairaudit.metrics.by_group import TableSettings, group_table
from fairaudit.policy.judging import judge
from fairaudit.tally.counts import Counts, Key
from tests.strategies import ANY_GROUPS, FULL_CELLS, FULL_GROUPS, NAMES, ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from fairaudit.core.evidence import GroupTable
    from fairaudit.core.verdict import Verdict

People = dict[str, Cells]
Compared = Comparison | StratifiedComparison
Pair = tuple[str, frozenset[str]]
Numbers = tuple[float | None, float | None, float | None]
Limits = list[Numbers]

EVERY = pytest.mark.parametrize(
    "criterion",
    [one for one in catalogue().values() if one.rates],
    ids=lambda criterion: criterion.id,
)
FEW = settings(max_examples=25)


def table(people: Mapping[str, Cells], *, compare: str = "pairs") -> GroupTable:
    """Make a table; everybody is in both of two strata, so that every criterion fits."""
    counts = Counts(
        attributes=("group",),
        strata=("stratum",),
        cells={
            Key(groups=(name,), strata=(stratum,)): cells
            for name, cells in people.items()
            for stratum in "xy"
        },
    )
    return group_table(counts, ("group",), TableSettings(compare=compare, withheld={}))


def compared(criterion: Criterion, made: GroupTable) -> Sequence[Compared]:
    """Give every comparison of a criterion."""
    family = family_size(criterion, [made])
    if criterion.stratified:
        return compare_within_strata(made, family=family)
    return [
        one
        for rate in criterion.rates
        for one in compare_rate(rate, made, family_size=family)
    ]


def limits(criterion: Criterion, made: GroupTable) -> Limits:
    """Give value and limits of every comparison, whichever group is first."""
    found: Limits = []
    for one in compared(criterion, made):
        seen = one.difference if isinstance(one, Comparison) else one.common
        value = None if seen.value is None else abs(seen.value)
        found.append((value, one.at_least, one.at_most))
    return found


def by_pair(criterion: Criterion, made: GroupTable) -> dict[Pair, Numbers]:
    """Give limits by rate and the two groups, in either order."""
    return {
        (getattr(one, "rate", ""), frozenset((one.first, one.second))): numbers
        for one, numbers in zip(
            compared(criterion, made), limits(criterion, made), strict=True
        )
    }


def judged(criterion: Criterion, made: GroupTable, tolerance: float = 0.1) -> Verdict:
    """Gate a table on a criterion."""
    gate = CriterionGate(criterion=criterion.id, tolerance=tolerance)
    (verdict,) = judge(
        [made],
        Requirements(criteria=(gate,)),
        favourable=None,
        seed=0,
        today=date(2026, 6, 1),
    )
    return verdict


@EVERY
@FEW
@given(people=FULL_GROUPS, order=st.randoms(use_true_random=False))
def test_relabelling_groups_relabels_the_answer(
    criterion: Criterion, people: People, order: Random
) -> None:
    names = list(people)
    shuffled = names[:]
    order.shuffle(shuffled)
    renamed = dict(zip(names, shuffled, strict=True))
    before = table(people)
    after = table({renamed[name]: cells for name, cells in people.items()})
    expected = {
        (rate, frozenset(renamed[name] for name in pair)): numbers
        for (rate, pair), numbers in by_pair(criterion, before).items()
    }
    found = by_pair(criterion, after)
    assert set(found) == set(expected)
    for pair, numbers in expected.items():
        assert found[pair] == pytest.approx(numbers, abs=1e-9)
    assert judged(criterion, before).status == judged(criterion, after).status
    one = measure(criterion, before, family=1)
    other = measure(criterion, after, family=1)
    for gap, again in zip(one.gaps, other.gaps, strict=True):
        assert gap.largest is not None
        assert again.largest is not None
        assert gap.largest.value == pytest.approx(again.largest.value)
        assert gap.noise_corrected == pytest.approx(again.noise_corrected, abs=1e-9)


@EVERY
@FEW
@given(people=FULL_GROUPS)
def test_doubling_every_row_keeps_the_value_and_narrows_the_limits(
    criterion: Criterion, people: People
) -> None:
    once = limits(criterion, table(people))
    twice = limits(criterion, table({name: c + c for name, c in people.items()}))
    for (value, least, most), (value2, least2, most2) in zip(once, twice, strict=True):
        assert value2 == pytest.approx(value, abs=1e-12)
        assert least is not None
        assert most is not None
        assert least2 is not None
        assert most2 is not None
        assert least2 >= least - 1e-12
        assert most2 <= most + 1e-12
        assert most2 - least2 < most - least


@EVERY
@FEW
@given(people=FULL_GROUPS)
def test_an_empty_group_is_undefined_and_never_passes(
    criterion: Criterion, people: People
) -> None:
    assume("e" not in people)
    with_empty = table({**people, "e": Cells()})
    found = disparity_finding(
        criterion,
        measure(criterion, with_empty, family=family_size(criterion, [with_empty])),
    )
    assert found.caveats
    assert all(" e" in caveat for caveat in found.caveats)
    for one in compared(criterion, with_empty):
        if "e" in {one.first, one.second}:
            assert (one.at_least, one.at_most) == (None, None)
    assert judged(criterion, with_empty, tolerance=0.999).status == "undecided"
    # The others are as they were without it.
    without = table(people)
    assert (
        found.estimate
        == disparity_finding(criterion, measure(criterion, without, family=1)).estimate
    )


@EVERY
@FEW
@given(cells=FULL_CELLS, names=st.sets(NAMES, min_size=2, max_size=5))
def test_identical_groups_are_no_gap_apart_and_none_is_ever_shown(
    criterion: Criterion, cells: Cells, names: set[str]
) -> None:
    made = table(dict.fromkeys(names, cells))
    found = measure(criterion, made, family=family_size(criterion, [made]))
    for gap in found.gaps:
        assert gap.largest is not None
        assert gap.largest.value == 0
        assert gap.shown is None
        if not criterion.stratified:
            assert (gap.noise_corrected, gap.ratio) == (0, 1)
    for value, least, most in limits(criterion, made):
        assert value == pytest.approx(0, abs=1e-12)
        assert least == 0
        assert most is not None
        assert most > 0
    assert judged(criterion, made, tolerance=0.001).status == "undecided"


@EVERY
@FEW
@given(rows=ROWS, place=st.integers(0, 60))
def test_chunks_of_rows_merge_to_the_whole(
    criterion: Criterion,
    rows: list[tuple[str | None, bool | None, bool | None]],
    place: int,
) -> None:
    whole, merged = _counted(rows), _counted(rows[:place]) + _counted(rows[place:])
    settings_ = TableSettings(compare="pairs", withheld={})
    one = group_table(whole, ("group",), settings_)
    other = group_table(merged, ("group",), settings_)
    assert one == other
    family = family_size(criterion, [one])
    assert measure(criterion, one, family=family) == measure(
        criterion, other, family=family
    )


def _counted(rows: list[tuple[str | None, bool | None, bool | None]]) -> Counts:
    """Count rows one by one."""
    names = {
        (True, True): "tp",
        (False, True): "fp",
        (True, False): "fn",
        (False, False): "tn",
        (None, True): "unlabelled_selected",
        (None, False): "unlabelled_rejected",
        (True, None): "undecided_positive",
        (False, None): "undecided_negative",
        (None, None): "blank",
    }
    cells: dict[Key, Cells] = {}
    for group, label, prediction in rows:
        key, name = Key(groups=(group,), strata=("x",)), names[label, prediction]
        here = cells.get(key, Cells())
        cells[key] = replace(here, **{name: getattr(here, name) + 1})
    return Counts(attributes=("group",), strata=("stratum",), cells=cells)


@EVERY
@FEW
@given(people=ANY_GROUPS, tolerance=st.floats(0.01, 0.99))
def test_a_verdict_never_contradicts_what_is_seen(
    criterion: Criterion, people: People, tolerance: float
) -> None:
    made = table(people)
    verdict = judged(criterion, made, tolerance)
    seen = [value for value, _, _ in limits(criterion, made)]
    known = [value for value in seen if value is not None]
    if verdict.status == "pass":
        assert len(known) == len(seen) > 0
        assert max(known) <= tolerance
    if verdict.status == "fail" and not criterion.stratified:
        assert max(known) > tolerance
    if None in seen:
        assert verdict.status != "pass"


@EVERY
@FEW
@given(people=FULL_GROUPS)
def test_a_wider_tolerance_never_turns_a_pass_into_less(
    criterion: Criterion, people: People
) -> None:
    made = table({name: c + c + c + c for name, c in people.items()})
    order = {"fail": 0, "undecided": 1, "pass": 2}
    ranks = [
        order[judged(criterion, made, tolerance).status] for tolerance in (0.05, 0.2, 0.6)
    ]
    assert ranks == sorted(ranks)


@EVERY
@pytest.mark.parametrize("compare", ["pairs", "rest", "reference:a"])
def test_every_way_to_compare_gives_its_comparisons(
    criterion: Criterion, compare: str
) -> None:
    cells = Cells(tp=40, fp=30, fn=20, tn=50)
    found = compared(criterion, table(dict.fromkeys("abcd", cells), compare=compare))
    of_one_rate = {"pairs": 6, "rest": 4, "reference:a": 3}[compare]
    assert len(found) == of_one_rate * len(criterion.rates)
    for one in islice(found, of_one_rate):
        assert {one.first, one.second} <= {*"abcd", "everyone else"}


@EVERY
def test_a_large_real_gap_fails_and_the_sentence_names_both_groups(
    criterion: Criterion,
) -> None:
    # Every rate of these differs by more than 0.2.
    made = table(
        {
            "first": Cells(tp=4500, fn=500, fp=1200, tn=3800),
            "second": Cells(tp=800, fn=4200, fp=2500, tn=2500),
        }
    )
    verdict = judged(criterion, made)
    assert verdict.status == "fail"
    assert "first v second" in verdict.because
    found = disparity_finding(
        criterion, measure(criterion, made, family=family_size(criterion, [made]))
    )
    assert found.estimate.value is not None
    assert found.estimate.value > 0.2
    assert "first" in found.sentence
    assert "second" in found.sentence
