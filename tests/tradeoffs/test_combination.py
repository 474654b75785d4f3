from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from fairaudit.core.errors import InputError
from fairaudit.core.finding import Finding
from fairaudit.core.prices import Combination
from fairaudit.tradeoffs.combination import combination_finding
from tests.tradeoffs.scores_by_hand import reference, scored

FINDING = TypeAdapter(Finding)


def answered(number: int, **required: float) -> tuple[Finding, Combination]:
    finding = combination_finding(scored(reference(number)), required)
    assert isinstance(finding.evidence, Combination)
    assert FINDING.validate_json(FINDING.dump_json(finding)) == finding
    return finding, finding.evidence


def test_what_can_be_kept_comes_with_its_rule_and_its_accuracy() -> None:
    finding, found = answered(0, demographic_parity=0.05, predictive_parity=0.05)
    assert found.status == "proven"
    assert found.accuracy == pytest.approx(0.60206, abs=2e-5)
    assert all(gap <= 0.05 + 1e-9 for gap in found.gaps.values())
    for rate, gap in found.gaps.items():
        rates = [group.rates[rate] or 0 for group in found.rule]
        assert max(rates) - min(rates) == pytest.approx(gap)
    assert found.instead is None
    assert "60.2 % right, against 65.9 % for the best rule" in finding.sentence


def test_what_cannot_comes_with_its_certificate_and_what_could_be_instead() -> None:
    finding, found = answered(0, equalized_odds=0.05, predictive_parity=0.05)
    assert found.status == "impossible"
    assert found.rule == ()
    assert found.instead is not None
    assert found.instead.wider == pytest.approx(0.0137, abs=1.5e-4)
    assert found.instead.at_least == pytest.approx(found.instead.wider, abs=1.1e-5)
    assert {one.rate for one in found.grounds} >= {
        "positive_predictive_value",
        "false_positive_rate",
    }
    assert all(one.bound is None for one in found.cover)
    assert finding.estimate.undefined_because == "no rule on these scores keeps it"
    assert finding.sentence.startswith("No rule on these scores keeps equalized odds")


def test_each_tolerance_is_its_own() -> None:
    wide = answered(0, equalized_odds=0.05, predictive_parity=0.2)[1]
    assert wide.status == "proven"
    assert wide.gaps["positive_predictive_value"] > 0.07


def test_the_work_cap_leaves_the_question_open() -> None:
    finding = combination_finding(
        scored(reference(0)), {"predictive_parity": 0.05, "equal_opportunity": 0.05}, work=2
    )
    found = finding.evidence
    assert isinstance(found, Combination)
    assert found.status == "not proven"
    assert found.at_least is not None
    assert found.cost is None or found.at_least < found.cost


def test_costs_and_a_free_selection_rate_move_the_rule() -> None:
    free = combination_finding(
        scored(reference(0)), {"equal_opportunity": 0.05}, costs=(1.0, 5.0), free=True
    ).evidence
    assert isinstance(free, Combination)
    held = answered(0, equal_opportunity=0.05)[1]
    shares = [
        min(group.rates["selection_rate"] or 0 for group in one.rule)
        for one in (free, held)
    ]
    assert shares[0] > 0.8 > shares[1]


@pytest.mark.parametrize(
    ("required", "because"),
    [
        ({}, "name at least one criterion"),
        (
            {"demographic_parity": 1.5},
            "demographic_parity must be between 0 and 1; got 1.5",
        ),
        ({"predictive_party": 0.1}, "Did you mean 'predictive_parity'"),
        ({"conditional_demographic_parity": 0.1}, "within strata"),
    ],
)
def test_what_cannot_be_required_is_refused(
    required: dict[str, float], because: str
) -> None:
    with pytest.raises(InputError, match=because):
        combination_finding(scored(reference(0)), required)
