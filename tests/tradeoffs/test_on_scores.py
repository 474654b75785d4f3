from __future__ import annotations

import numpy as np
import pytest

from fairaudit.tradeoffs.on_scores import joint_gap_on_scores, three_of
from fairaudit.tradeoffs.price_findings import price_finding
from tests.tradeoffs.scores_by_hand import reference, scored


def test_two_groups_alone_come_as_near_as_the_price_list_says() -> None:
    of = scored(reference(0))
    listed = price_finding(of, tolerance=None, rng=np.random.default_rng(1), draws=50)
    alone = joint_gap_on_scores(of, rng=np.random.default_rng(1), draws=50)
    assert alone.gap.value == pytest.approx(three_of(listed).gap.value, abs=2e-5)
    assert alone.gap.value == pytest.approx(0.0637, abs=1e-4)
    assert alone.gap.interval is not None
