"""How near true positive rate, false positive rate and precision can come to equality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.tradeoffs.resampled import gap_estimate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.core.estimate import Estimate
    from fairaudit.tradeoffs.resampled import Resampled

    Array = NDArray[np.float64]


def smallest_joint_gap(*, p_low: float, p_high: float, tpr: float, ppv: float) -> float:
    """How small can the largest of three gaps be, for these base rates at these levels?

    Parameters
    ----------
    p_low, p_high : float
        The two groups' base rates, between 0 and 1, exclusive.
    tpr : float
        The smaller of the two groups' true positive rates, above 0.
    ppv : float
        The smaller of the two groups' positive predictive values, above 0.

    Returns
    -------
    float
        The smallest e such that true positive rate, false positive rate and positive
        predictive value can each be within e of equality. 0 when the base rates are equal.

    Raises
    ------
    InputError
        When a rate is outside its range, `p_low` is above `p_high`, or no rule can have so
        low a `ppv` at this `tpr`.

    Notes
    -----
    No scores are needed: no rule with these smaller rates does better, however good its
    scores. A rule that finds more (a larger `tpr`) can only do worse. A rule of greater
    precision can do better, down to 0 for one without false alarms, so the bound speaks of
    the given precision only.

    With o = odds(p), the false positive rate is o TPR (1 - PPV) / PPV. The gap is smallest
    when the group of the higher base rate has the smaller TPR t and the larger PPV v + e,
    and the other group the larger TPR t + e, at most 1, and the smaller PPV v. Setting the
    difference of false positive rates to e gives a quadratic equation in e. Below
    v + e = t p / (t p + 1 - p) the higher group's false positive rate would exceed 1.

    Examples
    --------
    >>> smallest_joint_gap(p_low=0.39, p_high=0.52, tpr=0.6, ppv=0.63)
    0.0543
    """
    import numpy as np

    named = {"p_low": p_low, "p_high": p_high, "tpr": tpr, "ppv": ppv}
    _check_levels(**named)
    at = {name: np.array([rate], dtype=np.float64) for name, rate in named.items()}
    return float(smallest_joint_gaps(**at)[0])


def _check_levels(*, p_low: float, p_high: float, tpr: float, ppv: float) -> None:
    """Refuse levels that no rule can have."""
    for name, rate in {"p_low": p_low, "p_high": p_high}.items():
        if not 0 < rate < 1:
            raise InputError(
                f"smallest_joint_gap: {name} must be between 0 and 1, exclusive; "
                f"got {rate}. Write 0.39 for 39 %."
            )
    for name, rate in {"tpr": tpr, "ppv": ppv}.items():
        if not 0 < rate <= 1:
            raise InputError(
                f"smallest_joint_gap: {name} must be above 0 and at most 1; "
                f"got {rate}. Write 0.60 for 60 %."
            )
    if p_low > p_high:
        raise InputError(
            f"smallest_joint_gap: p_low must not be above p_high; got {p_low} and {p_high}."
        )
    lowest = tpr * p_low / (tpr * p_low + 1 - p_low)
    if ppv < lowest * (1 - 1e-9):
        raise InputError(
            f"smallest_joint_gap: ppv must be at least {lowest:.4g}, which selecting every"
            f" negative leaves at these p_low and tpr; got {ppv}."
        )


def smallest_joint_gaps(*, p_low: Array, p_high: Array, tpr: Array, ppv: Array) -> Array:
    """Answer `smallest_joint_gap` for many levels at once, ranges unchecked."""
    import numpy as np

    odds_low, odds_high = p_low / (1 - p_low), p_high / (1 - p_high)
    a, b = tpr * odds_high, odds_low * (1 - ppv) / ppv
    # At most 0, and exactly 0 at equal base rates.
    constant = tpr * (1 - ppv) * (odds_low - odds_high)
    free = _root(1 + b, ppv * (1 + b) + tpr * b + a, constant)
    # With t + e capped at 1. The cap on v + e never binds: at v + e = 1 the higher group
    # has no false alarms, so that the gap would be on the other side.
    capped = _root(np.ones_like(b), ppv + a + b, ppv * b - a * (1 - ppv))
    lowest_precision = tpr * p_high / (tpr * p_high + 1 - p_high)
    return np.maximum(np.where(tpr + free > 1, capped, free), lowest_precision - ppv)


def joint_gap(people: Resampled) -> Estimate:
    """How small can the joint gap be at two groups' present levels, and how sure is that?

    Parameters
    ----------
    people : Resampled
        Two groups' cells, counted and resampled; each with true positives, and with people
        of both outcomes.

    Returns
    -------
    Estimate
        The gap with the interval of its draws.
    """
    import numpy as np

    p = people.base_rate
    gaps = smallest_joint_gaps(
        p_low=p.min(axis=0),
        p_high=p.max(axis=0),
        tpr=(people.tp / (people.tp + people.fn)).min(axis=0),
        ppv=(people.tp / (people.tp + people.fp)).min(axis=0),
    )
    return gap_estimate(np.sign(p[0] - p[1]) * gaps)


def _root(a: Array, b: Array, c: Array) -> Array:
    """Give the root that is not negative of a e² + b e + c with a, b > 0 and c <= 0."""
    import numpy as np

    # This form of it loses no digits when c is small.
    return np.asarray(2 * np.abs(c) / (b + np.sqrt(b * b - 4 * a * c)))
