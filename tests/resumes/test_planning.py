from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.power import TTestPower

from fairaudit.core.errors import InputError
from fairaudit.resumes.effects.planning import mcnemar_pairs, mcnemar_power, plan


def test_pairs_agree_with_the_power_of_the_t_test() -> None:
    theirs = TTestPower().solve_power(effect_size=0.28, power=0.8, alpha=0.05)
    assert plan(0.28, 1).pairs == pytest.approx(theirs, abs=3)


def test_equivalence_wants_a_margin_of_2_93_sd_over_root_n() -> None:
    assert plan(0.293, 1).for_equivalence == pytest.approx(100, abs=1)


def test_yes_or_no_answers_need_many_more_pairs() -> None:
    # 740 pairs at 10 % discordance and odds of 2 by simulation.
    assert mcnemar_pairs(0.1, 2) == pytest.approx(740, abs=15)
    assert mcnemar_power(740, 0.1, 2 / 3) == pytest.approx(0.8, abs=0.01)


def test_the_power_is_that_of_simulated_studies() -> None:
    from fairaudit.inference.paired import discordance_p

    rng = np.random.default_rng(1)
    draws = rng.multinomial(200, [0.2, 0.08, 0.72], 2_000)
    found = np.mean([discordance_p(a, b)[0] <= 0.05 for a, b, _ in draws.tolist()])
    assert mcnemar_power(200, 0.28, 0.2 / 0.28) == pytest.approx(found, abs=0.03)


def test_what_no_study_finds_is_refused() -> None:
    with pytest.raises(InputError, match="not 1"):
        mcnemar_pairs(0.1, 1)
    with pytest.raises(InputError, match="pilot"):
        plan(0.1, 0)
    with pytest.raises(InputError, match="prefer ratings"):
        mcnemar_pairs(0.001, 1.05)
    with pytest.raises(InputError, match="between 0 and 1"):
        plan(0.1, 1, power=80)
