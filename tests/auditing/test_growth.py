from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from fairaudit.auditing.growth import growth_verdict
from fairaudit.auditing.left_out import LeftOut
from fairaudit.auditing.paired_findings import gap_change
from fairaudit.criteria.catalogue import criterion_named
from fairaudit.tally.paired_counts import PairedGroup

NOBODY = LeftOut(share=0.0, of="all people")
YES, NO = "unlabelled_selected", "unlabelled_rejected"


def selected(
    rng: np.random.Generator, name: str, people: int, before: float, more: float
) -> PairedGroup:
    """Draw a group of which `before` are selected by the old system, `more` by the new."""
    counted = rng.multinomial(people, [before, more, 1 - before - more]).tolist()
    pairs = ((YES, YES), (NO, YES), (NO, NO))
    return PairedGroup(name=name, pairs=dict(zip(pairs, counted, strict=True)))


def statuses(
    groups: int, people: int, growth: float, *, margin: float, runs: int
) -> Counter[str]:
    """Judge an exactly fair old system and a new one that is so to all but one group."""
    rng, seen = np.random.default_rng(3), Counter[str]()
    for _ in range(runs):
        more = [growth] + [0.0] * (groups - 1)
        drawn = tuple(
            selected(rng, f"group {place}", people, 0.3, share)
            for place, share in enumerate(more)
        )
        change = gap_change(criterion_named("demographic_parity"), drawn, "group", 0)
        seen[growth_verdict(change, margin, 1, NOBODY).status] += 1
    return seen


# Percentiles of the largest gap's own change passed 73 % and 17 % of these.
@pytest.mark.parametrize(("growth", "allowed"), [(0.05, 6), (0.08, 1)])
def test_a_new_gap_larger_than_allowed_seldom_passes(growth: float, allowed: int) -> None:
    assert statuses(12, 100, growth, margin=0.05, runs=40)["pass"] <= allowed


def test_a_gap_that_grew_by_what_is_allowed_seldom_fails() -> None:
    assert statuses(2, 1_000, 0.05, margin=0.05, runs=40)["fail"] <= 6


def test_a_gap_that_grew_by_much_more_fails_and_one_that_did_not_grow_passes() -> None:
    assert statuses(4, 2_000, 0.2, margin=0.05, runs=10) == {"fail": 10}
    assert statuses(4, 1_000, 0.0, margin=0.05, runs=10) == {"pass": 10}


def test_where_too_many_are_left_out_no_number_of_people_is_promised_to_settle_it() -> None:
    groups = tuple(
        selected(np.random.default_rng(place), str(place), people, 0.3, 0.0)
        for place, people in enumerate((900, 12))
    )
    change = gap_change(criterion_named("demographic_parity"), groups, "group", 0)
    lost = LeftOut(share=0.2, of="all people")
    settled, open_ = (growth_verdict(change, 0.05, 1, one) for one in (NOBODY, lost))
    assert settled.status == open_.status == "undecided"
    assert settled.rows_needed is not None
    assert "would settle it" in settled.because
    assert open_.rows_needed is None
    assert "would settle it" not in open_.because


def test_the_printed_interval_holds_what_was_seen() -> None:
    groups = tuple(
        selected(np.random.default_rng(place), str(place), 80, 0.3, 0.1 * place)
        for place in range(3)
    )
    found = gap_change(criterion_named("demographic_parity"), groups, "group", 0).estimate
    assert found.interval is not None
    assert found.value is not None
    assert found.interval.low is not None
    assert found.interval.high is not None
    assert found.interval.low < found.value < found.interval.high
