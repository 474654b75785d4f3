from __future__ import annotations

import pytest

from fairaudit.auditing.left_out import left_out
from fairaudit.criteria.catalogue import criterion_named
from fairaudit.tally.paired_counts import PairedGroup

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
    ("criterion", "everyone", "text", "blocks_pass"),
    [
        ("demographic_parity", 200, "5 % of f are left out", False),
        ("equalized_odds", 200, "10 % of f are left out", True),
        ("demographic_parity", 300, "35 % of all people are left out", True),
    ],
)
def test_the_largest_share_counts_and_five_percent_are_still_accepted(
    criterion: str, everyone: int, text: str, *, blocks_pass: bool
) -> None:
    missing = left_out(criterion_named(criterion), (WOMEN, MEN), everyone)
    assert missing.text == text
    assert missing.blocks_pass is blocks_pass
