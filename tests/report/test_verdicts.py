from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fairaudit.core.estimate import Estimate, Interval
from fairaudit.core.evidence import Comparison, StratifiedComparison
from fairaudit.core.requirements import CriterionGate
from fairaudit.core.value import replace
from fairaudit.core.verdict import MissingData, Verdict
from fairaudit.report.numbers import NBSP
from fairaudit.report.sections.pairs import all_equal, covering, pairs_of
from fairaudit.report.sections.verdicts import how_decided, verdict_text
from tests.report.golden import compas, everything

if TYPE_CHECKING:
    from typing import Any

    from fairaudit.core.verdict import Judgement
    from fairaudit.report.model import DecisionAudit

GATE = CriterionGate(criterion="demographic_parity", tolerance=0.1)


def _compared(first: str, second: str, value: float, **fields: Any) -> Comparison:  # noqa: ANN401 - fields of a comparison
    """Compare selection rates, with limits of 0.05 around the value."""
    limits = Interval(low=value - 0.05, high=value + 0.05, level=0.95, method="newcombe")
    usual: dict[str, Any] = {
        "at_least": max(0.0, abs(value) - 0.05),
        "at_most": abs(value) + 0.05,
        "in_scope": True,
    }
    return Comparison(
        rate="selection_rate",
        first=first,
        second=second,
        difference=Estimate(value=value, interval=limits),
        **{**usual, **fields},
    )


def _lines(
    *compared: Comparison,
    part: DecisionAudit | None = None,
    **fields: Any,  # noqa: ANN401 - fields of a verdict
) -> dict[str, str]:
    """Put a verdict into words and give its lines by their labels."""
    usual: dict[str, Any] = {
        "id": "demographic_parity@race",
        "gate": GATE,
        "attribute": "race",
        "status": "undecided",
        "because": "because.",
        "comparisons": compared,
    }
    text = verdict_text(Verdict(**{**usual, **fields}), part or compas().parts[0])
    return {line.label: line.text.replace(NBSP, " ") for line in text.lines}


def test_two_groups_shown_equal_are_named_with_their_rates() -> None:
    lines = _lines(_compared("Caucasian", "Hispanic", 0.0497, status="pass"))
    assert lines == {
        "Shown close": "Caucasian and Hispanic (43 % of people): 35 % v 30 % of people "
        "were flagged (SR), gap 0.05 [-0.00, 0.10], at most 0.0997"
    }


def test_the_higher_rate_comes_first() -> None:
    lines = _lines(_compared("Other", "African-American", -0.38, status="fail"))
    assert lines["Shown different"] == "1 of 1 pair: African-American v Other at least 0.33"


def test_a_single_open_pair_is_told_in_full() -> None:
    lines = _lines(_compared("Other", "Hispanic", -0.0887, status="undecided"))
    assert lines["Not settled"] == (
        "Hispanic v Other: 30 % v 21 % of people were flagged (SR), "
        "gap 0.09 [0.04, 0.14], at most 0.14"
    )


def test_open_pairs_are_told_by_the_groups_they_have_in_common() -> None:
    lines = _lines(
        _compared("African-American", "Asian", 0.3, status="undecided"),
        _compared("Caucasian", "Asian", 0.1, status="undecided"),
    )
    assert lines["Not settled"] == (
        "2 of 2 pairs, those with Asian (32); in brackets: people with a prediction"
    )


def test_every_pair_is_in_one_line() -> None:
    for verdict in everything().verdicts:
        pairs = pairs_of(verdict)
        found = [pair.status for pair in pairs]
        assert len(pairs) == sum(found.count(s) for s in ("pass", "fail", "undecided"))
        assert len({(pair.first, pair.second) for pair in pairs}) == len(pairs)


def test_a_composite_says_which_rate_differs() -> None:
    lines = _lines(
        _compared("African-American", "Other", 0.38, status="fail"),
        replace(
            _compared("African-American", "Other", 0.40, status="fail"),
            rate="true_positive_rate",
        ),
    )
    assert lines["Shown different"] == (
        "1 of 1 pair: African-American v Other at least 0.35 (TPR)"
    )


def test_under_a_ratio_the_words_turn_around() -> None:
    gate = CriterionGate(criterion="demographic_parity", tolerance=0.8, measure="ratio")
    ratio = Estimate(
        value=1.25, interval=Interval(low=1.0, high=2.0, level=0.95, method="mover")
    )
    one = _compared("Caucasian", "Hispanic", 0.0)
    passed = replace(one, difference=ratio, at_most=0.15, status="pass")
    failed = replace(one, difference=ratio, at_least=0.3, status="fail")
    assert _lines(passed, gate=gate)["Shown close"].endswith(
        "ratio 0.80 [0.50, 1.00], at least 0.85"
    )
    assert _lines(failed, gate=gate)["Shown different"] == (
        "1 of 1 pair: Caucasian v Hispanic at most 0.70"
    )


@pytest.mark.parametrize(
    ("compare", "second"),
    [("rest", "everyone else"), ("reference:Caucasian", "Caucasian")],
)
def test_comparisons_with_one_side_in_common_name_the_other(
    compare: str, second: str
) -> None:
    part = compas().parts[0]
    table = replace(part.tables[0], compare=compare)
    lines = _lines(
        _compared("Hispanic", second, -0.05, status="undecided"),
        _compared("Other", second, -0.14, status="undecided"),
        _compared("Asian", second, -0.1, status="pass"),
        part=replace(part, tables=(table,)),
    )
    assert lines == {
        "Shown close": f"1 of 3 comparisons with {second}: Asian",
        "Not settled": f"2 of 3 comparisons with {second}: Hispanic (637) and Other "
        "(377); in brackets: people with a prediction",
    }


def test_the_rate_of_everyone_else_follows_from_the_comparison() -> None:
    part = compas().parts[0]
    table = replace(part.tables[0], compare="rest")
    lines = _lines(
        _compared("Hispanic", "everyone else", -0.2, status="undecided"),
        part=replace(part, tables=(table,)),
    )
    assert "50 % v 30 % of people were flagged" in lines["Not settled"]


def test_people_alike_are_compared_without_rates() -> None:
    one = StratifiedComparison(
        first="Caucasian",
        second="Hispanic",
        common=Estimate(value=0.03),
        at_least=0.0,
        at_most=0.06,
        worst_stratum=None,
        worst_stratum_at_least=None,
        heterogeneity_p=None,
        strata_used=2,
        strata_skipped=0,
        in_scope=True,
        status="pass",
    )
    assert _lines(stratified=(one,))["Shown close"] == (
        "Caucasian and Hispanic (43 % of people): among people alike, 2 strata, "
        "gap 0.03, at most 0.06"
    )


def test_what_is_missing_is_said_with_what_it_could_hide() -> None:
    missing = MissingData(share=0.12, worst_case=0.34, blocks_pass=True)
    assert _lines(missing=missing) == {
        "Missing": "up to 12 % of a group lack a value this needs; filled in at its worst, "
        "a gap of 0.34 is not excluded, which blocks a pass"
    }


@pytest.mark.parametrize(
    ("family", "over"), [(1, "one comparison"), (1225, "1,225 comparisons")]
)
def test_the_family_of_the_limits_is_printed(family: int, over: str) -> None:
    verdict = replace(compas().verdicts[0], family_size=family)
    assert f"simultaneous over {over};" in (how_decided([verdict]) or "").replace(NBSP, " ")


def test_plain_numbers_rest_on_no_limits() -> None:
    assert how_decided([everything().verdicts[-1]]) is None


def _pairs(**status: Judgement) -> Verdict:
    """Make pairs of the groups A, C, H and O of the table, named by two letters each."""
    names = {"A": "African-American", "C": "Caucasian", "H": "Hispanic", "O": "Other"}
    return replace(
        compas().verdicts[0],
        comparisons=tuple(
            _compared(names[pair[0]], names[pair[1]], 0.0, status=found)
            for pair, found in status.items()
        ),
    )


def test_equal_groups_are_equal_to_each_other_two_by_two() -> None:
    pairs = pairs_of(_pairs(AC="pass", AH="pass", CO="pass"))
    assert all_equal(pairs, compas().parts[0].tables[0]) == (
        "African-American",
        "Caucasian",
    )


def test_few_groups_cover_all_open_pairs() -> None:
    pairs = pairs_of(_pairs(AH="undecided", CH="undecided", AO="undecided", CO="undecided"))
    assert set(covering(pairs, compas().parts[0].tables[0])) == {"Hispanic", "Other"}
