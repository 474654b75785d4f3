from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from fairaudit.inference.multiplicity import holm


@pytest.mark.parametrize("n", [1, 2, 7, 40])
def test_statsmodels_adjusts_alike(n: int) -> None:
    p_values = (np.random.default_rng(n).random(n) ** 3).tolist()
    assert holm(p_values) == pytest.approx(list(multipletests(p_values, method="holm")[1]))


def test_one_test_needs_no_adjustment() -> None:
    assert holm([0.03]) == [0.03]
    assert holm([]) == []
