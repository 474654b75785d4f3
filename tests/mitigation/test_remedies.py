from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairaudit.feasibility.hull import Steps, steps
from fairaudit.feasibility.regions import Regions, regions
from fairaudit.mitigation.choice import Choice
from fairaudit.mitigation.constraints import rate_constraints
from fairaudit.mitigation.remedies import Remedies
from fairaudit.mitigation.thresholds import ABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.core.cells import Cells


def people(name: str, size: int, positive: int) -> Steps:
    """Score each of a group's people apart, the positive ones highest."""
    y = np.arange(size) < positive
    return steps(name, -np.arange(size), y.astype(int), (~y).astype(int))


def remedy(of: Regions, least_right: float, tolerance: float) -> str:
    """Say what makes a rule right about so many people."""
    asked = rate_constraints({"demographic_parity": tolerance}, able=ABLE, where="test")
    choice = Choice(asked, (1.0, 1.0), randomised=False, where="test")
    choice.best(of, part=1.0)

    def useful(groups: Sequence[Cells]) -> bool:
        right = sum(one.tp + one.tn for one in groups)
        return right >= least_right * sum(one.complete for one in groups)

    return Remedies(choice, of).told(useful)


def test_the_small_group_that_drags_everybody_is_named() -> None:
    # Five of twelve people must be selected: 32 % of everybody else, too.
    large = [people(name, 1000, 100) for name in ("a", "b")]
    told = remedy(regions([*large, people("c", 12, 1)]), 0.95, 0.1)
    assert told.startswith("without the people of c (12) it does not, so join them")
    # Two groups are no fewer: one would be left.
    assert "without" not in remedy(regions([large[0], people("c", 12, 1)]), 0.95, 0.1)


def test_two_small_groups_are_named_where_one_is_not_enough() -> None:
    large = [people(name, 1000, 100) for name in ("a", "b")]
    small = [people("c", 12, 1), people("d", 14, 1)]
    assert "people of c (12) and d (14)" in remedy(regions([*large, *small]), 0.95, 0.1)


def test_a_wider_tolerance_is_named_only_where_it_helps() -> None:
    of = regions([people("a", 1000, 100), people("b", 1000, 500)])
    assert remedy(of, 0.95, 0.1) == "allow a wider tolerance"
    assert remedy(of, 1.01, 0.1) == "no wider tolerance would change that"


def test_mixing_at_random_is_named_only_where_it_helps() -> None:
    # All of a share one score but for a few: single thresholds select 1 % or 90 %.
    of = regions(
        [steps("a", [2, 1, 0], [10, 450, 0], [0, 440, 100]), people("b", 1000, 450)]
    )
    assert remedy(of, 0.6, 0.1) == "set randomised=True, or allow a wider tolerance"
    assert "randomised" not in remedy(of, 1.01, 0.1)
