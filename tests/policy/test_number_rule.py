"""Plain gates compare whole counts, and say how often chance alone would break them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from fairaudit.core.cells import Cells
from fairaudit.core.evidence import GroupTable
from fairaudit.core.requirements import NumberGate, Requirements
from fairaudit.core.verdict import Verdict
from fairaudit.core.words import Favourable
from fairaudit.metrics.by_group import TableSettings, group_table
from fairaudit.policy.judging import judge
from fairaudit.tally.counts import Counts, Key

REFERENCE = Path(__file__).parents[1] / "reference"
EXACT = json.loads((REFERENCE / "four_fifths_example.json").read_text())


def table_of(cells: dict[str, Cells]) -> GroupTable:
    """Make a table of one attribute."""
    counts = Counts(
        attributes=("group",),
        cells={Key(groups=(name,)): here for name, here in cells.items()},
    )
    return group_table(counts, ("group",), TableSettings(compare="pairs", withheld={}))


def shares(people: dict[str, tuple[int, int]]) -> GroupTable:
    """Make a table of people selected out of people decided about."""
    return table_of(
        {
            name: Cells(unlabelled_selected=hits, unlabelled_rejected=total - hits)
            for name, (hits, total) in people.items()
        }
    )


def verdict_on(
    table: GroupTable,
    number: str = "impact_ratio",
    limit: str = "0.8",
    *,
    favourable: Favourable | None = None,
) -> Verdict:
    """Judge one plain number."""
    relation = "<=" if number.endswith("difference") else ">="
    gate = NumberGate(number=number, relation=relation, limit=limit)  # type: ignore[arg-type]
    (verdict,) = judge(
        [table],
        Requirements(numbers=(gate,)),
        favourable=favourable,
        seed=1,
        today=date(2026, 6, 1),
    )
    return verdict


@pytest.mark.parametrize("case", EXACT["exact_four_fifths_counts"])
def test_exactly_four_fifths_is_not_below_it(case: dict[str, int]) -> None:
    table = shares(
        {"a": (case["selected_a"], case["n_a"]), "b": (case["selected_b"], case["n_b"])}
    )
    assert verdict_on(table).status == "pass"
    assert verdict_on(table, limit="4/5").status == "pass"
    assert verdict_on(table, limit="0.8000001").status == "fail"


def test_the_example_of_the_uniform_guidelines() -> None:
    rates = EXACT["example"]["hiring_rate_percent"]
    expected = EXACT["example"]["impact_ratio"]
    table = shares({name: (rate, 100) for name, rate in rates.items()})
    found = {
        row.name: row.impact_ratio.value
        for row in table.groups
        if row.impact_ratio is not None
    }
    assert found == pytest.approx(expected)
    verdict = verdict_on(table)
    assert verdict.status == "fail"
    assert "American Indian 45 of 100" in verdict.because


def test_a_harmful_prediction_turns_the_impact_ratio_round() -> None:
    # Boston mortgages: denial 96 of 339 against 189 of 2,041; approval ratio 0.790.
    table = shares({"black": (96, 339), "white": (189, 2041)})
    verdict = verdict_on(table, favourable="not-selected")
    assert verdict.value == pytest.approx(0.7899663602133068)
    assert verdict_on(table).value == pytest.approx(1 / 3.0581074120897127)


def test_one_group_has_no_ratio() -> None:
    verdict = verdict_on(shares({"a": (5, 10)}))
    assert verdict.status == "undecided"
    assert "only one group (a)" in verdict.because


def test_nobody_selected_anywhere_is_undefined() -> None:
    verdict = verdict_on(shares({"a": (0, 10), "b": (0, 20)}))
    assert verdict.status == "undecided"
    assert "0/0 has no value" in verdict.because


def test_nobody_selected_in_one_group_is_a_ratio_of_zero() -> None:
    verdict = verdict_on(shares({"a": (5, 10), "b": (0, 20)}))
    assert (verdict.status, verdict.value) == ("fail", 0.0)


def test_a_group_without_a_rate_leaves_a_kept_limit_undecided() -> None:
    table = table_of(
        {"a": Cells(tp=5, fn=5), "b": Cells(tp=5, fn=5), "c": Cells(fp=5, tn=5)}
    )
    verdict = verdict_on(table, "true_positive_rate_ratio")
    assert verdict.status == "undecided"
    assert "undefined for c" in verdict.because


def test_a_group_without_a_rate_does_not_save_a_broken_limit() -> None:
    table = table_of(
        {"a": Cells(tp=9, fn=1), "b": Cells(tp=1, fn=9), "c": Cells(fp=5, tn=5)}
    )
    assert verdict_on(table, "true_positive_rate_ratio").status == "fail"


def test_a_composite_number_is_its_worst_rate() -> None:
    table = table_of(
        {"a": Cells(tp=8, fn=2, fp=5, tn=5), "b": Cells(tp=7, fn=3, fp=1, tn=9)}
    )
    assert verdict_on(table, "equalized_odds_difference", "0.4").status == "pass"
    assert verdict_on(table, "equalized_odds_difference", "0.39").status == "fail"


def test_six_fair_groups_of_a_hundred_nearly_always_break_four_fifths() -> None:
    verdict = verdict_on(shares(dict.fromkeys("abcdef", (20, 100))))
    assert verdict.status == "pass"
    assert verdict.fair_failure_share == pytest.approx(0.97, abs=0.01)
    assert "97 % would break it" in verdict.because


def test_the_share_of_fair_failures_repeats_with_the_seed() -> None:
    table = shares({"a": (20, 100), "b": (30, 100)})
    assert verdict_on(table) == verdict_on(table)
