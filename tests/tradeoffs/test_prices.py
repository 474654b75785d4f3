from __future__ import annotations

import numpy as np
import pytest
from pydantic import TypeAdapter

from fairaudit.core.finding import Finding
from fairaudit.core.prices import Price, PriceList
from fairaudit.tradeoffs.price_findings import FOR_ANALYSIS, price_finding
from fairaudit.tradeoffs.prices import price_list
from tests.tradeoffs.scores_by_hand import reference, scored

DP, EO, PP = "demographic_parity", "equalized_odds", "predictive_parity"


@pytest.fixture(scope="module")
def compas() -> PriceList:
    return price_list(
        scored(reference(0)), tolerance=0.05, rng=np.random.default_rng(1), draws=400
    )


def priced(prices: PriceList, *criteria: str) -> Price:
    (found,) = (one for one in prices.prices if one.criteria == criteria)
    return found


@pytest.mark.parametrize(
    ("criteria", "points"),
    [
        ((DP,), 1.3),
        ((EO,), 1.5),
        ((PP,), 0.0),
        ((DP, PP), 9.9),
        ((DP, EO), 15.8),
        ((EO, PP), None),
        ((DP, EO, PP), None),
    ],
)
def test_the_prices_of_compas_are_those_of_the_design(
    compas: PriceList, criteria: tuple[str, ...], points: float | None
) -> None:
    exactly = priced(compas, *criteria).exactly
    if points is None:
        assert exactly.status == "impossible"
        assert exactly.lost.undefined_because == "no rule on these scores keeps it"
        return
    assert exactly.lost.value is not None
    assert round(100 * exactly.lost.value, 1) == points


def test_equalized_odds_and_predictive_parity_stay_apart_by_six_points(
    compas: PriceList,
) -> None:
    joint = priced(compas, EO, PP).joint_gap
    assert joint.status == "proven"
    assert joint.gap.value == pytest.approx(0.064, abs=5e-4)
    assert joint.at_least == pytest.approx(joint.gap.value, abs=2.1e-5)


def test_every_combination_of_the_main_criteria_is_priced(compas: PriceList) -> None:
    assert [one.criteria for one in compas.prices] == [
        (DP,),
        (EO,),
        (PP,),
        (DP, EO),
        (DP, PP),
        (EO, PP),
        (DP, EO, PP),
    ]


def test_a_tolerance_never_costs_more_than_exactly(compas: PriceList) -> None:
    for one in compas.prices:
        assert one.within is not None
        assert one.within.tolerance == 0.05
        if one.exactly.lost.value is not None:
            assert one.within.lost.value is not None
            assert one.within.lost.value <= one.exactly.lost.value + 1e-5


def test_more_criteria_never_cost_less(compas: PriceList) -> None:
    alone = {one.criteria: one.exactly.lost.value for one in compas.prices}
    for criteria, lost in alone.items():
        for other, more in alone.items():
            if set(criteria) < set(other) and lost is not None and more is not None:
                assert lost <= more + 1e-5


def test_the_rules_keep_what_they_are_priced_for(compas: PriceList) -> None:
    for one in compas.prices:
        if DP in one.criteria and one.exactly.rule:
            rates = [group.rates["selection_rate"] or 0 for group in one.exactly.rule]
            assert max(rates) - min(rates) <= 1e-8
        if PP in one.criteria and one.exactly.rule:
            rates = [
                group.rates["positive_predictive_value"] or 0 for group in one.exactly.rule
            ]
            assert max(rates) - min(rates) <= 1e-8
        for group in one.joint_gap.rule:
            assert sum(part.probability for part in group.parts) == pytest.approx(1)


def test_the_present_decisions_are_described(compas: PriceList) -> None:
    case = reference(0)
    assert compas.selection_rate == pytest.approx(case["overall_selection_rate_fixed_at"])
    assert compas.accuracy_today == pytest.approx(case["accuracy_of_this_threshold"])
    assert compas.people == 5278
    assert compas.best_accuracy == pytest.approx(0.65925295, abs=1e-6)


def test_the_joint_gap_grows_with_the_selection_rate_on_compas(compas: PriceList) -> None:
    assert compas.gap_criteria == (EO, PP)
    gaps = [one.gap or 0 for one in compas.gap_by_selection_rate]
    assert gaps == sorted(gaps)
    for one in compas.gap_by_selection_rate:
        assert one.gap is not None
        assert one.at_least is not None
        assert 0 <= one.gap - one.at_least <= 2e-3
    present = [one.selection_rate for one in compas.gap_by_selection_rate]
    assert compas.selection_rate in present


def test_equal_base_rates_leave_every_price_possible() -> None:
    found = price_list(
        scored(reference(1)), tolerance=None, rng=np.random.default_rng(1), draws=0
    )
    assert all(one.exactly.status == "proven" for one in found.prices)
    assert all(one.joint_gap.gap.value == pytest.approx(0) for one in found.prices)
    assert all(one.within is None for one in found.prices)


def test_without_draws_there_are_no_intervals_and_the_same_seed_gives_the_same() -> None:
    of = scored(reference(1))
    bare = price_list(of, tolerance=0.05, rng=np.random.default_rng(1), draws=0)
    assert all(one.exactly.lost.interval is None for one in bare.prices)
    twice = [
        price_list(of, tolerance=0.05, rng=np.random.default_rng(2), draws=50)
        for _ in range(2)
    ]
    assert twice[0] == twice[1]


def test_at_the_cap_a_price_is_not_proven_and_says_so() -> None:
    finding = price_finding(
        scored(reference(3)), tolerance=0.1, rng=np.random.default_rng(1), draws=0, work=36
    )
    assert isinstance(finding.evidence, PriceList)
    joint = finding.evidence.prices[-1].joint_gap
    assert joint.status == "not proven"
    assert joint.gap.value is not None
    assert joint.at_least is not None
    assert joint.at_least < joint.gap.value
    assert any("not proven to be the best" in caveat for caveat in finding.caveats)


def test_the_finding_says_what_each_costs_and_what_cannot_be(compas: PriceList) -> None:
    finding = price_finding(
        scored(reference(0)), tolerance=None, rng=np.random.default_rng(1), draws=0
    )
    assert finding.sentence == (
        "For African-American and Caucasian (5,278 people), selecting 48 % of them as "
        "today, demographic parity costs 1.3 points of accuracy, equalized odds costs 1.5 "
        "and predictive parity costs 0.0; equalized odds and predictive parity cannot hold "
        "together exactly: some gap stays at 6.4 points at best. Other has fewer than 50 "
        "people of one outcome, and no part in it."
    )
    assert finding.caveats[0] == FOR_ANALYSIS
    assert "equal error rates seem to cost more than they do" in finding.caveats[1]
    assert finding.caveats[2] == (
        "Other has fewer than 50 people of one outcome, and no part in it."
    )
    adapter = TypeAdapter(Finding)
    assert adapter.validate_json(adapter.dump_json(finding)) == finding
