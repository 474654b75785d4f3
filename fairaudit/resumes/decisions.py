"""Past decisions about synthetic applicants, with a bias whose size is known.

For trying an audit, or a training of one's own, before it meets real people: what was
planted should be found, and what was not should not.
"""

from __future__ import annotations

import math
from itertools import cycle
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import InputError
from fairaudit.resumes.dice import Dice
from fairaudit.resumes.generator import generate

if TYPE_CHECKING:
    from collections.abc import Sequence

BASE = 0.8
"""Logit of being hired for a man of middling qualifications."""

TIERS = {"strong": 1.5, "middle": 0.0, "weak": -1.5}
"""What qualifications add to it."""


def past_decisions(
    count: int = 2000,
    *,
    bias: float = -1.2,
    jobs: Sequence[str] | None = None,
    seed: int = 0,
) -> dict[str, list[Any]]:
    """Whom did people hire who preferred men by so much?

    Parameters
    ----------
    count : int, optional
        Applicants, as many women as men. Half of them belong to a women's or a men's club
        and sign with an initial, the others bear a first name.
    bias : float, optional
        Logit that being a woman adds; 0 for fair decisions, positive for the reverse.
    jobs : sequence of str, optional
        Job families, all of `templates.jobs` if left out.
    seed : int, optional
        Same seed, same applicants and same decisions.

    Returns
    -------
    dict of str to list
        Columns ``cv``, ``job``, ``gender``, ``tier`` and ``hired``, for a data frame.

    Raises
    ------
    InputError
        For fewer than 4 applicants.

    Examples
    --------
    >>> past = past_decisions(100, jobs=["nurse"], seed=1)
    >>> sorted(past), len(past["cv"])
    (['cv', 'gender', 'hired', 'job', 'tier'], 100)
    """
    if count < 4:
        raise InputError(f"past_decisions: count={count} is too few. Ask for at least 4.")
    made = generate(jobs=jobs, pairs=-(-count // 2), arms=["club", "name"], seed=seed)
    rows: dict[str, list[Any]] = {k: [] for k in ("cv", "job", "gender", "tier", "hired")}
    luck = Dice(seed, "past decisions")
    # Of every pair one half applies, so that no two applicants share a résumé.
    for pair, place in zip(made.pairs[:count], cycle((0, 1)), strict=False):
        half = pair.halves[place]
        logit = BASE + TIERS[pair.tier] + bias * (half.group == "women")
        rows["cv"].append(half.text)
        rows["job"].append(pair.job)
        rows["gender"].append(half.group)
        rows["tier"].append(pair.tier)
        rows["hired"].append(int(luck.chance(1 / (1 + math.exp(-logit)))))
    return rows
