"""Which effects does a study show, arm by arm, and which controls does it pass?"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Literal

from fairaudit.core.value import value
from fairaudit.inference.multiplicity import holm
from fairaudit.inference.paired import PairedCounts, mcnemar_mid_p
from fairaudit.resumes.effects.paired import Answered, Effect, paired_effect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fairaudit.resumes.answers import Answer
    from fairaudit.resumes.pair import Pair

CONTROLS = ("placebo", "quality")

Result = Literal["disparity", "equivalent", "inconclusive", "no verdict"]


@value
class ArmEffect:
    """Two groups in one arm: the effect, first less second, or why there is none.

    `p_value` is corrected by Holm's method over all effects of the study.
    """

    arm: str
    first: str
    second: str
    effect: Effect | None
    undefined_because: str | None = None
    p_value: float | None = None


@value
class Refusals:
    """How often each group of an arm got no answer, and whether that differs by chance."""

    arm: str
    group: str
    refused: int
    asked: int
    p_value: float | None


@value
class Compared:
    """Everything that a study's answers show."""

    effects: tuple[ArmEffect, ...]
    placebo: ArmEffect | None
    quality: ArmEffect | None
    refusals: tuple[Refusals, ...]

    @property
    def responds(self) -> bool:
        """Tell whether the system responds to qualifications, the right way round."""
        effect = self.quality.effect if self.quality is not None else None
        return effect is not None and effect.mean > 0 and effect.p_value < 0.05


def compared(pairs: Sequence[Pair], answers: Sequence[Answer]) -> Compared:
    """What do the answers show?

    Parameters
    ----------
    pairs : sequence of Pair
        The study's pairs.
    answers : sequence of Answer
        One per pair, in the same order.

    Returns
    -------
    Compared
        Effects of every arm but the controls, all pairs of groups; the controls; and who
        got no answer.
    """
    by_arm: dict[str, list[tuple[Pair, Answer]]] = {}
    for pair, answer in zip(pairs, answers, strict=True):
        by_arm.setdefault(pair.arm, []).append((pair, answer))
    effects = [
        one
        for arm, found in by_arm.items()
        if arm not in CONTROLS
        for one in _effects(arm, found)
    ]
    return Compared(
        effects=tuple(_corrected(effects)),
        placebo=_placebo(by_arm.get("placebo", [])),
        quality=next(iter(_effects("quality", by_arm.get("quality", []))), None),
        refusals=tuple(
            one
            for arm, found in by_arm.items()
            if arm not in CONTROLS
            for one in _refusals(arm, found)
        ),
    )


def result_of(
    effect: ArmEffect, study: Compared, margin: float | None
) -> tuple[Result, str]:
    """What does one effect come to, and because of what?

    Parameters
    ----------
    effect : ArmEffect
        The effect.
    study : Compared
        Its study, for the controls.
    margin : float, optional
        Within which an effect counts as none.

    Returns
    -------
    tuple of (str, str)
        "equivalent" where two one-sided tests show it within the margin; "disparity" where
        an effect is shown and it is not equivalent; "no verdict" where the system does not
        respond to qualifications; "inconclusive" otherwise.
    """
    found = effect.effect
    if not study.responds:
        return "no verdict", _no_response(study)
    if found is None:
        return "no verdict", effect.undefined_because or "there is no effect to judge"
    if margin is not None and found.equivalent(margin):
        return (
            "equivalent",
            f"two one-sided tests at 5 % show the effect to lie within {margin:g}",
        )
    if effect.p_value is not None and effect.p_value < 0.05:
        return "disparity", f"an effect is shown (p {_p(effect.p_value)})"
    smallest = f"{found.detectable:.3g}"
    told = f"no effect is shown; the smallest found 4 times in 5 would be {smallest}"
    return "inconclusive", told


def _effects(arm: str, found: Sequence[tuple[Pair, Answer]]) -> Iterator[ArmEffect]:
    """Compare all pairs of groups of one arm."""
    groups = list(dict.fromkeys(half.group for pair, _ in found for half in pair.halves))
    for first, second in combinations(groups, 2):
        yield _between(arm, first, second, _answered(found, first, second))


def _between(arm: str, first: str, second: str, answered: Sequence[Answered]) -> ArmEffect:
    """Estimate one effect, or say why there is none."""
    made = paired_effect(answered)
    if isinstance(made, str):
        return ArmEffect(
            arm=arm, first=first, second=second, effect=None, undefined_because=made
        )
    return ArmEffect(arm=arm, first=first, second=second, effect=made)


def _answered(
    found: Sequence[tuple[Pair, Answer]], first: str, second: str
) -> list[Answered]:
    """Give the pairs in which both groups got a number."""
    rows = []
    for pair, answer in found:
        place: Mapping[str, int] = {half.group: n for n, half in enumerate(pair.halves)}
        if first not in place or second not in place:
            continue
        one, other = (answer.outcomes[place[group]].value for group in (first, second))
        if one is None or other is None:
            continue
        a, b = (pair.halves[place[group]] for group in (first, second))
        # Halves of one person's name differ in something else: the person is the unit.
        alike = a.first_name == b.first_name
        rows.append(
            Answered(
                resume=pair.resume,
                first_name=pair.resume if alike else a.first_name,
                second_name=pair.resume if alike else b.first_name,
                first=one,
                second=other,
            )
        )
    return rows


def _placebo(found: Sequence[tuple[Pair, Answer]]) -> ArmEffect | None:
    """Put the placebos of all groups together: first sets of names less second ones."""
    rows = []
    for group in dict.fromkeys(half.group for pair, _ in found for half in pair.halves):
        if group.endswith(" (a)"):
            rows += _answered(found, group, f"{group.removesuffix(' (a)')} (b)")
    if not rows:
        return None
    return _between("placebo", "one set of names", "another of the same group", rows)


def _corrected(effects: Sequence[ArmEffect]) -> Iterator[ArmEffect]:
    """Correct the p-values of all effects for their number."""
    from fairaudit.core.value import replace

    known = [one.effect.p_value for one in effects if one.effect is not None]
    corrected = iter(holm(known))
    for one in effects:
        yield one if one.effect is None else replace(one, p_value=next(corrected))


def _refusals(arm: str, found: Sequence[tuple[Pair, Answer]]) -> Iterator[Refusals]:
    """Count who got no answer; McNemar's test where there are two groups."""
    asked: dict[str, int] = {}
    refused: dict[str, int] = {}
    both = {(True, True): 0, (True, False): 0, (False, True): 0, (False, False): 0}
    for pair, answer in found:
        silent = [one.value is None for one in answer.outcomes]
        for half, none in zip(pair.halves, silent, strict=True):
            asked[half.group] = asked.get(half.group, 0) + 1
            refused[half.group] = refused.get(half.group, 0) + none
        if len(silent) == 2:
            both[silent[0], silent[1]] += 1
    if not any(refused.values()):
        return
    p = None
    if len(asked) == 2:
        p = mcnemar_mid_p(
            PairedCounts(
                both=both[True, True],
                first=both[True, False],
                second=both[False, True],
                neither=both[False, False],
            )
        )
    for group, times in asked.items():
        yield Refusals(arm=arm, group=group, refused=refused[group], asked=times, p_value=p)


def _no_response(study: Compared) -> str:
    """Say why the competence control is not passed."""
    if study.quality is None:
        return (
            "the study has no quality arm, so it is not known whether the system responds "
            "to qualifications at all"
        )
    effect = study.quality.effect
    if effect is None:
        return f"the competence control failed: {study.quality.undefined_because}"
    return (
        "the system does not respond to qualifications: strong applications get "
        f"{effect.mean:+.3g} against weak ones (p {_p(effect.p_value)})"
    )


def _p(p: float) -> str:
    """Write a p-value."""
    return "< 0.001" if p < 0.001 else f"= {p:.3f}"
