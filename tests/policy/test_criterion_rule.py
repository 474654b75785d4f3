"""Pass, fail, undecided: against reference verdicts, and where each must not be given."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from fairaudit.core.cells import Cells
from fairaudit.core.evidence import GroupTable
from fairaudit.core.requirements import CriterionGate, Requirements, Waiver
from fairaudit.core.verdict import Verdict
from fairaudit.inference.noise import noise_corrected
from fairaudit.inference.power import rows_needed
from fairaudit.metrics.by_group import TableSettings, group_table
from fairaudit.policy.judging import gated_family, judge
from fairaudit.tally.counts import Counts, Key

REFERENCE = Path(__file__).parents[1] / "reference" / "incompatibility.json"
SIMULTANEOUS = json.loads(REFERENCE.read_text())["simultaneous"]


def table_of(
    cells: dict[str | None, Cells],
    *,
    compare: str = "pairs",
    expected: tuple[str, ...] = (),
) -> GroupTable:
    """Make a table of one attribute."""
    counts = Counts(
        attributes=("group",),
        cells={Key(groups=(name,)): here for name, here in cells.items()},
    )
    settings = TableSettings(compare=compare, expected=expected, withheld={})
    return group_table(counts, ("group",), settings)


def selected(shares: dict[str, tuple[int, int]]) -> GroupTable:
    """Make a table of people selected out of people decided about, without labels."""
    return table_of(
        {
            name: Cells(unlabelled_selected=hits, unlabelled_rejected=people - hits)
            for name, (hits, people) in shares.items()
        }
    )


def verdict_on(
    table: GroupTable,
    *,
    criterion: str = "demographic_parity",
    tolerance: float = 0.1,
    min_group: int | None = None,
    waivers: tuple[Waiver, ...] = (),
    measure: str = "difference",
) -> Verdict:
    """Judge one criterion on one table."""
    gate = CriterionGate(criterion=criterion, tolerance=tolerance, measure=measure)  # type: ignore[arg-type]
    (verdict,) = judge(
        [table],
        Requirements(criteria=(gate,), min_group=min_group, waivers=waivers),
        favourable=None,
        seed=0,
        today=date(2026, 6, 1),
    )
    return verdict


@pytest.mark.parametrize("tolerance", ["0.05", "0.1", "0.2"])
@pytest.mark.parametrize("case", SIMULTANEOUS, ids=lambda case: case["name"])
def test_verdicts_and_their_limits_are_the_reference_ones(
    case: dict[str, object], tolerance: str
) -> None:
    pairs = zip(case["successes"], case["totals"], strict=True)  # type: ignore[call-overload]
    table = selected({f"g{place}": pair for place, pair in enumerate(pairs)})
    verdict = verdict_on(table, tolerance=float(tolerance))
    assert verdict.status == case["verdict_at_tolerance"][tolerance]  # type: ignore[index]
    assert verdict.family_size == case["m"]
    assert verdict.value == pytest.approx(case["plug_in_gap"])
    at_least = max(one.at_least or 0 for one in verdict.comparisons)
    at_most = max(one.at_most or 0 for one in verdict.comparisons)
    assert at_least == pytest.approx(case["gap_lower_simultaneous"], abs=1e-7)
    assert at_most == pytest.approx(case["gap_upper_one_sided"], abs=1e-7)


def test_one_group_is_never_a_pass() -> None:
    verdict = verdict_on(selected({"a": (500, 1000)}))
    assert verdict.status == "undecided"
    assert "only one group (a)" in verdict.because


def test_an_undefined_rate_is_undecided_and_the_reason_is_told() -> None:
    table = table_of(
        {
            "a": Cells(tp=500, fp=500, fn=500, tn=500),
            "b": Cells(tp=500, fp=500, fn=500, tn=500),
            "c": Cells(fn=100, tn=900),
        }
    )
    verdict = verdict_on(table, criterion="predictive_parity", tolerance=0.2)
    assert verdict.status == "undecided"
    assert "no selections in group c" in verdict.because


def test_a_composite_fails_when_one_part_fails() -> None:
    table = table_of(
        {
            "a": Cells(tp=900, fn=100, fp=500, tn=500),
            "b": Cells(tp=400, fn=600, fp=500, tn=500),
        }
    )
    verdict = verdict_on(table, criterion="equalized_odds")
    assert verdict.status == "fail"
    assert verdict.family_size == 2
    assert (
        "90 % v 40 % of the actual positives were selected (a v b, TPR)" in verdict.because
    )
    assert "limits simultaneous over 2 comparisons" in verdict.because


def test_a_composite_passes_only_when_all_parts_pass() -> None:
    few_negatives = table_of(
        {
            "a": Cells(tp=5000, fn=5000, fp=10, tn=10),
            "b": Cells(tp=5000, fn=5000, fp=10, tn=10),
        }
    )
    assert verdict_on(few_negatives, criterion="equal_opportunity").status == "pass"
    assert verdict_on(few_negatives, criterion="equalized_odds").status == "undecided"


def test_the_family_counts_each_gated_rate_once() -> None:
    table = table_of({name: Cells(tp=9, fp=9, fn=9, tn=9) for name in "abc"})
    gates = [
        CriterionGate(criterion=name, tolerance=0.1)
        for name in ("equal_opportunity", "equalized_odds", "predictive_parity")
    ]
    assert gated_family(gates, [table, table]) == 2 * 3 * 3


def test_a_scoped_pass_says_for_whom_and_what_is_not_excluded() -> None:
    table = selected({"a": (2000, 4000), "b": (1990, 4000), "c": (4, 8)})
    assert verdict_on(table).status == "undecided"
    verdict = verdict_on(table, min_group=30)
    assert verdict.status == "pass"
    assert verdict.scope is not None
    assert verdict.scope.inside == ("a", "b")
    assert verdict.because.startswith(
        "passes for 2 of 3 groups, >99 % of people; undecided for c (8): gaps up to 0."
    )


def test_a_group_outside_the_scope_can_still_fail() -> None:
    table = selected({"a": (3000, 4000), "b": (2990, 4000), "c": (0, 25)})
    assert verdict_on(table, min_group=30).status == "fail"


def test_a_scope_that_leaves_one_group_is_no_pass() -> None:
    verdict = verdict_on(selected({"a": (500, 1000), "b": (5, 10)}), min_group=30)
    assert verdict.status == "undecided"


def test_an_expected_group_that_is_absent_blocks_a_pass_even_in_scope() -> None:
    cells = Cells(unlabelled_selected=5000, unlabelled_rejected=5000)
    table = table_of({"a": cells, "b": cells}, expected=("a", "b", "c"))
    verdict = verdict_on(table, min_group=30)
    assert verdict.status == "undecided"
    assert "expected group c has nobody in these data" in verdict.because


def test_everybody_missing_up_to_five_percent_is_stated_and_passes() -> None:
    cells = Cells(unlabelled_selected=4800, unlabelled_rejected=4800, blank=400)
    verdict = verdict_on(table_of({"a": cells, "b": cells}))
    assert verdict.status == "pass"
    assert verdict.missing is not None
    assert verdict.missing.share == pytest.approx(0.04)


def test_missing_values_that_could_hide_a_gap_block_a_pass() -> None:
    cells = Cells(unlabelled_selected=4500, unlabelled_rejected=4500, blank=1000)
    verdict = verdict_on(table_of({"a": cells, "b": cells}))
    assert verdict.status == "undecided"
    assert "10 % of people miss a value" in verdict.because


def test_missing_values_that_could_not_hide_a_gap_let_it_pass() -> None:
    cells = Cells(unlabelled_selected=4700, unlabelled_rejected=4700, blank=600)
    verdict = verdict_on(table_of({"a": cells, "b": cells}), tolerance=0.2)
    assert verdict.status == "pass"
    assert verdict.missing is not None
    # Filled in as badly as can be: 5,300 against 4,700 of 10,000.
    assert verdict.missing.worst_case == pytest.approx(0.06 + 0.0117, abs=0.001)


def test_people_without_a_group_could_be_anybody() -> None:
    half = Cells(unlabelled_selected=500, unlabelled_rejected=500)
    table = table_of({"a": half, "b": half, None: Cells(unlabelled_selected=300)})
    assert verdict_on(table, tolerance=0.15).status == "undecided"
    assert verdict_on(table, tolerance=0.3).status == "pass"


def test_missing_labels_do_not_matter_to_a_criterion_that_uses_none() -> None:
    cells = Cells(tp=2000, fn=2000, unlabelled_selected=2000, unlabelled_rejected=2000)
    table = table_of({"a": cells, "b": cells})
    assert verdict_on(table).status == "pass"
    assert verdict_on(table, criterion="equal_opportunity").status == "undecided"


def test_rows_needed_are_told_and_enough() -> None:
    verdict = verdict_on(selected({"a": (25, 50), "b": (25, 50)}))
    assert verdict.status == "undecided"
    assert verdict.rows_needed is not None
    rows = verdict.rows_needed
    assert (
        verdict_on(selected({"a": (rows // 2, rows), "b": (rows // 2, rows)})).status
        == "pass"
    )
    assert "people with a prediction in each group would settle it" in verdict.because


def test_only_what_is_not_settled_asks_for_people_each_rate_for_its_own() -> None:
    negatives = {"fp": 400, "tn": 3_600}
    few = Cells(tp=30, fn=60, **negatives)
    verdict = verdict_on(table_of({"a": few, "b": few}), criterion="equalized_odds")
    assert verdict.status == "undecided"
    assert verdict.rows_unit == "actual positives"
    assert "actual negatives" not in verdict.because
    neither = Cells(tp=30, fn=60, fp=20, tn=20)
    verdict = verdict_on(table_of({"a": neither, "b": neither}), criterion="equalized_odds")
    assert re.search(
        r"about [\d,]+ actual negatives and [\d,]+ actual positives in each group would",
        verdict.because,
    )


def test_a_tiny_group_does_not_settle_what_two_large_ones_leave_open() -> None:
    large = {"a": (2490, 5000), "b": (1520, 5000)}
    alone = verdict_on(selected(large), tolerance=0.2)
    beside = verdict_on(selected({**large, "tiny": (0, 1)}), tolerance=0.2)
    assert alone.rows_needed is not None
    assert beside.rows_needed is not None
    assert beside.rows_needed == pytest.approx(alone.rows_needed, rel=0.1)
    assert beside.rows_needed > 20_000


def test_people_needed_are_reckoned_from_a_gap_no_smaller_than_what_is_shown() -> None:
    # Groups that scatter less than noise would explain how far a and b are apart.
    large = {"a": (2000, 4000), "b": (2210, 4000)}
    table = selected({**dict.fromkeys("cdefghijklmnopqrstuvwxyz", (5, 10)), **large})
    assert noise_corrected([2000, 2210] + [5] * 24, [4000] * 2 + [10] * 24).gap == 0
    verdict = verdict_on(table)
    shown = max(one.at_least or 0 for one in verdict.comparisons)
    assert shown > 0.005
    alike = rows_needed([0.5] * 26, 0.1)
    assert alike is not None
    assert verdict.rows_needed is not None
    assert verdict.rows_needed > alike


def test_a_gap_that_noise_does_not_explain_makes_a_pass_unreachable() -> None:
    verdict = verdict_on(selected({"a": (60, 100), "b": (40, 100)}))
    assert (verdict.status, verdict.unreachable) == ("undecided", True)
    assert "too wide for any number of people" in verdict.because


def test_a_ratio_is_judged_by_its_own_limits() -> None:
    table = selected({"a": (5000, 10000), "b": (4900, 10000)})
    assert verdict_on(table, tolerance=0.9, measure="ratio").status == "pass"
    assert verdict_on(table, tolerance=0.99, measure="ratio").status == "undecided"
    far = selected({"a": (5000, 10000), "b": (2500, 10000)})
    verdict = verdict_on(far, tolerance=0.8, measure="ratio")
    assert verdict.status == "fail"
    assert "smaller over larger is at most 0.5" in verdict.because


@pytest.mark.parametrize(("compare", "comparisons"), [("rest", 3), ("reference:b", 2)])
def test_other_comparisons_than_all_pairs(compare: str, comparisons: int) -> None:
    cells = Cells(unlabelled_selected=5, unlabelled_rejected=5)
    table = table_of(dict.fromkeys("abc", cells), compare=compare)
    assert len(verdict_on(table).comparisons) == comparisons


def test_a_waiver_in_force_waives_and_keeps_what_it_waived() -> None:
    waiver = Waiver(
        gate="demographic_parity", owner="Ada", reason="validation", expires="2026-06-01"
    )
    table = selected({"a": (900, 1000), "b": (100, 1000)})
    verdict = verdict_on(table, waivers=(waiver,))
    assert (verdict.status, verdict.before_waiver) == ("waived", "fail")


def test_an_expired_waiver_waives_nothing() -> None:
    waiver = Waiver(
        gate="demographic_parity", owner="Ada", reason="validation", expires="2026-05-31"
    )
    table = selected({"a": (900, 1000), "b": (100, 1000)})
    assert verdict_on(table, waivers=(waiver,)).status == "fail"
