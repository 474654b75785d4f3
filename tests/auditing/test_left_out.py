from __future__ import annotations

import pytest

from fairaudit.auditing.left_out import left_out
from fairaudit.criteria.catalogue import criterion_named
from fairaudit.tally.paired_counts import PairedGroup, everybody

WOMEN = PairedGroup(
    name="f",
    pairs={
        ("tp", "fn"): 90,
        ("undecided_positive", "tp"): 5,
        ("unlabelled_selected", "unlabelled_rejected"): 5,
    },
)
MEN = PairedGroup(name="m", pairs={("tn", "tn"): 100})


@pytest.mark.parametrize(
    ("criterion", "ungrouped", "text", "reason", "blocks_pass"),
    [
        ("demographic_parity", 0, "5 % of f", "", False),
        (
            "equalized_odds",
            0,
            "10 % of f",
            "; 5 without a label, where a rate needs one",
            True,
        ),
        ("demographic_parity", 100, "35 % of all people", "; 100 without a group", True),
    ],
)
def test_the_largest_share_counts_and_five_percent_are_still_accepted(
    criterion: str, ungrouped: int, text: str, reason: str, *, blocks_pass: bool
) -> None:
    others = PairedGroup(name="", pairs={("tp", "tp"): ungrouped})
    whole = everybody((WOMEN, MEN, others), "")
    missing = left_out(criterion_named(criterion), (WOMEN, MEN), whole, ("old", "new"))
    reasons = f"5 about whom old decided nothing{reason}"
    assert missing.text == f"{text} are left out ({reasons})"
    assert missing.blocks_pass is blocks_pass
