from __future__ import annotations

from datetime import date
from typing import Literal

import pytest

from fairaudit.core.requirements import CriterionGate, NumberGate, Waiver
from fairaudit.core.verdict import Verdict
from fairaudit.policy.waivers import expired, fits, waived

DAY = date(2026, 6, 1)
CRITERION = CriterionGate(criterion="equalized_odds", tolerance=0.1)
NUMBER = NumberGate(number="impact_ratio", relation=">=", limit="0.8", attribute="race")


def waiver(
    gate: str = "equalized_odds", attribute: str | None = None, expires: str = "2026-06-01"
) -> Waiver:
    return Waiver(
        gate=gate, attribute=attribute, owner="Ada", reason="validation", expires=expires
    )


def verdict(
    status: Literal["pass", "fail", "undecided"] = "fail",
    gate: CriterionGate | NumberGate = CRITERION,
) -> Verdict:
    return Verdict(id="x", gate=gate, attribute="race", status=status, because="of it.")


@pytest.mark.parametrize("status", ["fail", "undecided"])
def test_what_did_not_pass_is_waived_and_keeps_what_it_was(
    status: Literal["fail", "undecided"],
) -> None:
    found = waived(verdict(status), [waiver()], DAY)
    assert (found.status, found.before_waiver) == ("waived", status)
    assert found.waiver == waiver()
    assert found.because == "of it."


def test_a_pass_needs_no_waiver() -> None:
    assert waived(verdict("pass"), [waiver()], DAY) == verdict("pass")


def test_the_last_day_is_still_covered_and_the_next_is_not() -> None:
    assert not expired(waiver(), DAY)
    assert expired(waiver(), date(2026, 6, 2))
    assert waived(verdict(), [waiver()], date(2026, 6, 2)) == verdict()


@pytest.mark.parametrize(
    ("one", "gate", "fitting"),
    [
        (waiver("equalized_odds"), CRITERION, True),
        (waiver("equalized_odds", "race"), CRITERION, True),
        (waiver("equalized_odds", "sex"), CRITERION, False),
        (waiver("predictive_parity"), CRITERION, False),
        (waiver("impact_ratio"), NUMBER, True),
        (waiver("impact_ratio>=0.8"), NUMBER, True),
        (waiver("race:impact_ratio>=0.8"), NUMBER, True),
        (waiver("impact_ratio>=0.9"), NUMBER, False),
        (waiver("sex:impact_ratio>=0.8"), NUMBER, False),
        (waiver("equalized_odds"), NUMBER, False),
    ],
)
def test_a_waiver_fits_its_gate_by_name_or_text_and_its_table(
    one: Waiver, gate: CriterionGate | NumberGate, fitting: bool
) -> None:
    assert fits(one, verdict(gate=gate)) is fitting


def test_the_first_waiver_in_force_applies() -> None:
    waivers = [
        waiver("predictive_parity"),
        waiver(expires="2026-05-31"),
        waiver(expires="2026-07-01"),
        waiver(expires="2026-08-01"),
    ]
    found = waived(verdict(), waivers, DAY)
    assert found.waiver is not None
    assert found.waiver.expires == "2026-07-01"
