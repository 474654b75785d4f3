from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fairaudit.core.prices import PriceList
from fairaudit.feasibility.hull import Steps
from fairaudit.tradeoffs import prices as module
from fairaudit.tradeoffs.prices import price_list
from fairaudit.tradeoffs.scored import Scored
from tests.tradeoffs.scores_by_hand import reference, scored

EO_PP = ("equalized_odds", "predictive_parity")
DP = ("demographic_parity",)


def interval(found: PriceList, criteria: tuple[str, ...]) -> tuple[float, float]:
    """Give the interval of a price, or of a joint gap where there is no price."""
    (one,) = (price for price in found.prices if price.criteria == criteria)
    shown = one.joint_gap.gap if one.exactly.lost.value is None else one.exactly.lost
    assert shown.interval is not None
    assert shown.interval.low is not None
    assert shown.interval.high is not None
    return shown.interval.low, shown.interval.high


def test_a_hundred_times_the_people_give_a_tenth_of_the_width() -> None:
    widths = []
    for times in (1, 100):
        found = price_list(
            scored(reference(0), times), tolerance=None, rng=np.random.default_rng(3)
        )
        low, high = interval(found, EO_PP)
        assert low < 0.0637 < high
        widths.append(high - low)
    assert widths[1] == pytest.approx(widths[0] / 10, rel=0.2)


def redrawn(of: Scored, rng: np.random.Generator) -> Scored:
    """Draw as many people again and count every level anew."""
    cells = np.concatenate([np.r_[one.positives, one.negatives] for one in of.groups])
    drawn = rng.multinomial(cells.sum(), cells / cells.sum())
    groups, start = [], 0
    for one in of.groups:
        size = len(one.scores)
        groups.append(
            Steps(
                name=one.name,
                scores=one.scores,
                positives=drawn[start : start + size],
                negatives=drawn[start + size : start + 2 * size],
            )
        )
        start += 2 * size
    return replace(of, groups=tuple(groups))


@pytest.mark.slow
def test_solving_every_redrawn_sample_again_gives_the_same_limits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "gap_by_selection_rate", lambda *_, **__: ())
    of = scored(reference(0))
    quick = price_list(of, tolerance=None, rng=np.random.default_rng(3))
    rng = np.random.default_rng(5)
    lost, gaps = [], []
    for _ in range(200):
        again = price_list(redrawn(of, rng), tolerance=None, rng=rng, draws=0)
        by_criteria = {one.criteria: one for one in again.prices}
        lost.append(by_criteria[DP].exactly.lost.value)
        gaps.append(by_criteria[EO_PP].joint_gap.gap.value)
    for samples, criteria in ((lost, DP), (gaps, EO_PP)):
        full = np.quantile(np.array(samples, dtype=float), [0.025, 0.975])
        # Of 200 samples the limits themselves are sure to about a sixth of the width.
        assert interval(quick, criteria) == pytest.approx(full, abs=0.25 * np.ptp(full))
