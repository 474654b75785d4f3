"""One gap with all that is said of it: interval, test, equivalence, bounds, claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairaudit.core.estimate import Estimate, Interval
from fairaudit.core.value import replace, value
from fairaudit.inference.multiplicity import holm
from fairaudit.resumes.effects.designs import Claim, Design, claim_of, design_of
from fairaudit.resumes.effects.equivalence import (
    equivalence_p,
    smallest_detectable,
    yes_no_detectable,
    yes_no_equivalence_p,
)
from fairaudit.resumes.effects.mcnemar import McNemarTest, mcnemar
from fairaudit.resumes.effects.mean_tests import MeanTest, contrast_test

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from fairaudit.resumes.effects.contrasts import Contrast

    Array = np.ndarray[Any, np.dtype[Any]]


POWER = 0.8
"""With what probability a study would find the gap that is called its smallest."""


@value
class Effect:
    """How far groups are apart in one outcome.

    Attributes
    ----------
    contrast : str
        Which is subtracted from which.
    estimate : Estimate
        Of the complete pairs, with its interval; the denominator counts them.
    pairs : int
        All pairs, complete or not.
    p_value, adjusted_p : float or None
        Against no difference, and after Holm over the family it is judged in.
    beyond_p, adjusted_beyond_p : float or None
        Against a difference within the margin, or of none where there is no margin, and
        after Holm.
    equivalence_p : float or None
        Against a difference of at least the margin, where there is one.
    df : float or None
        Of Student's t.
    sd, error : float or None
        Standard deviation of the pairs' differences and standard error of their mean.
    smallest_detectable : float or None
        The gap that would be found with `POWER` in the family it is judged in.
    bounds : tuple of float or None
        Of the gap over all pairs, whatever the missing answers would have been.
    names : int
        Of the group that has the fewest.
    design : str
        How names met résumés.
    claim : str
        Whether it speaks of these names only, of names like these, or of these wordings
        where halves bear one name.
    method : str
        The test, in words.
    """

    contrast: str
    estimate: Estimate
    pairs: int
    p_value: float | None
    adjusted_p: float | None
    beyond_p: float | None
    adjusted_beyond_p: float | None
    equivalence_p: float | None
    df: float | None
    sd: float | None
    error: float | None
    smallest_detectable: float | None
    bounds: tuple[float, float] | None
    names: int
    design: Design
    claim: Claim
    method: str


def effect_of(
    values: Array,
    contrast: Contrast,
    names: Array,
    resumes: Array,
    *,
    margin: float | None = None,
    alpha: float = 0.05,
    limits: tuple[float, float] | None = None,
) -> Effect:
    """How far are groups apart in an outcome, and how sure is it?

    Parameters
    ----------
    values : array of shape (n_pairs, n_groups)
        Outcomes; NaN for a missing one.
    contrast : Contrast
        Which difference.
    names : array of shape (n_pairs, n_groups)
        First names of the halves.
    resumes : array of shape (n_pairs,)
        Bodies.
    margin : float, optional
        The largest gap that does not matter.
    alpha : float
        Two-sided error rate.
    limits : tuple of float, optional
        The smallest and largest outcome there can be; without it those that were seen.

    Returns
    -------
    Effect
        Undefined, with the reason, of fewer than two complete pairs or two names a group.
    """
    weights = contrast.array()
    test = contrast_test(values, weights, names, resumes)
    used = names[:, weights != 0]
    design = design_of(used, resumes)
    if test is None:
        return _undefined(values, contrast, used, design)
    effect = Effect(
        contrast=contrast.name,
        estimate=_estimate(test, alpha),
        pairs=len(values),
        p_value=test.p_value,
        adjusted_p=None,
        beyond_p=test.beyond_p(margin or 0.0),
        adjusted_beyond_p=None,
        equivalence_p=None if margin is None else equivalence_p(test, margin),
        df=test.df,
        sd=test.sd,
        error=test.error,
        smallest_detectable=None,
        bounds=_bounds(values, weights, limits),
        names=test.names,
        design=design,
        claim=claim_of(used, design),
        method=test.method,
    )
    if not _yes_or_no(values[:, weights != 0], design, resumes):
        return effect
    columns = list(weights).index(1.0), list(weights).index(-1.0)
    one, other = (list(values[:, column]) for column in columns)
    return _as_mcnemar(effect, mcnemar(one, other, level=1 - alpha), margin)


def adjusted(effects: Sequence[Effect], alpha: float) -> list[Effect]:
    """How sure is each effect of a family, by Holm over those that have a p-value?

    Parameters
    ----------
    effects : sequence of Effect
        The family.
    alpha : float
        Its error rate.

    Returns
    -------
    list of Effect
        In the same order, with what the family would have found.
    """
    tested = [place for place, effect in enumerate(effects) if effect.p_value is not None]
    p_values = holm([effects[place].p_value or 0.0 for place in tested])
    beyond = holm([effects[place].beyond_p or 0.0 for place in tested])
    found = list(effects)
    for place, p_value, beyond_p in zip(tested, p_values, beyond, strict=True):
        found[place] = replace(
            effects[place],
            adjusted_p=p_value,
            adjusted_beyond_p=beyond_p,
            # Holm asks this much of the first, and no more of the others.
            smallest_detectable=_detectable(effects[place], alpha / len(tested)),
        )
    return found


def _detectable(effect: Effect, alpha: float) -> float | None:
    """Give the gap that would be found; none is known of gaps that are all alike."""
    if effect.error is None:
        return None
    if effect.df is None:
        pairs = int(effect.estimate.denominator or 0)
        return yes_no_detectable(effect.error, pairs, alpha=alpha, power=POWER)
    found = smallest_detectable(effect.error, effect.df, alpha=alpha, power=POWER)
    return found or None


def _estimate(test: MeanTest, alpha: float) -> Estimate:
    """Give the mean gap with Student's interval."""
    low, high = test.limits(alpha)
    return Estimate(
        value=test.mean,
        interval=Interval(low=low, high=high, level=1 - alpha, method=test.method),
        denominator=test.pairs,
    )


def _undefined(values: Array, contrast: Contrast, names: Array, design: Design) -> Effect:
    """Say why there is no gap."""
    import numpy as np

    whole = int(np.isfinite(values[:, contrast.array() != 0]).all(axis=1).sum())
    why = (
        f"{whole} complete pairs do not tell what names make of them"
        if whole > 1
        else f"{whole} of {len(values)} pairs have all their answers"
    )
    return Effect(
        contrast=contrast.name,
        estimate=Estimate.undefined(why, denominator=whole),
        pairs=len(values),
        p_value=None,
        adjusted_p=None,
        beyond_p=None,
        adjusted_beyond_p=None,
        equivalence_p=None,
        df=None,
        sd=None,
        error=None,
        smallest_detectable=None,
        bounds=None,
        names=min(len(set(column)) for column in names.T),
        design=design,
        claim=claim_of(names, design),
        method="none",
    )


def _as_mcnemar(effect: Effect, test: McNemarTest, margin: float | None) -> Effect:
    """Put the tests and the interval of paired shares in place of Student's."""
    return replace(
        effect,
        estimate=test.difference,
        p_value=test.mid_p,
        beyond_p=test.mid_p if margin is None else test.beyond_p(margin),
        equivalence_p=None
        if margin is None
        else yes_no_equivalence_p(
            test.only_first, test.only_second, test.pairs, min(margin, 1 - 1e-9)
        ),
        df=None,
        method="McNemar mid-p",
    )


def _yes_or_no(values: Array, design: Design, resumes: Array) -> bool:
    """Say whether these are two columns of 0 and 1 whose pairs nothing ties together."""
    independent = design in {"fresh", "one name"} and len(set(resumes)) == len(resumes)
    return independent and values.shape[1] == 2 and _zeros_and_ones(values)


def _zeros_and_ones(values: Array) -> bool:
    """Say whether only 0, 1 and NaN occur."""
    import numpy as np

    return bool((np.isin(values, (0.0, 1.0)) | np.isnan(values)).all())


def _bounds(
    values: Array, weights: Array, limits: tuple[float, float] | None
) -> tuple[float, float] | None:
    """Fill the missing answers with the worst of either side."""
    import numpy as np

    seen = values[np.isfinite(values)]
    if not len(seen):
        return None
    low, high = limits or (float(seen.min()), float(seen.max()))
    if limits is None and _zeros_and_ones(values):
        low, high = 0.0, 1.0
    least = np.where(np.isnan(values), np.where(weights > 0, low, high), values)
    most = np.where(np.isnan(values), np.where(weights > 0, high, low), values)
    return float((least @ weights).mean()), float((most @ weights).mean())
