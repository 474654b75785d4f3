"""What a study will need and cost, before it is run."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.value import value
from fairaudit.resumes.effects.answers import PLACEBO, PLAIN, QUALITY, by_arm
from fairaudit.resumes.effects.contrasts import contrasts_of
from fairaudit.resumes.effects.planning import mcnemar_pairs, plan
from fairaudit.resumes.effects.study import effects_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.resumes.answers import Outcomes
    from fairaudit.resumes.plan import ResumeStudy
    from fairaudit.resumes.running.budget import Caps
    from fairaudit.resumes.running.records import Record

_BYTES_A_TOKEN = 4
"""Of English, roughly; a pilot knows better."""

_ALPHA = 0.05
"""Error rate of a study."""

_QUESTION = 120
"""Tokens of a question and its fences, roughly."""


@value
class Power:
    """Whether a study is large enough.

    Attributes
    ----------
    effect : float
        The gap that is to be found.
    spread : str
        Of what the answers of pairs differ by, in words.
    tests : int
        How many are judged together, by Holm's method.
    pairs : int
        That find it with power 0.8, for a fresh pair of names each, whatever the other
        tests show.
    for_equivalence : int or None
        That show a gap of 0 to be below it; `None` for yes-or-no answers.
    """

    effect: float
    spread: str
    tests: int
    pairs: int
    for_equivalence: int | None


@value
class Bill:
    """What a run will come to, roughly.

    `cost` is `None` where no price is known.
    """

    calls: int
    tokens_in: int
    tokens_out: int
    cost: Fraction | None


def power_of(
    study: ResumeStudy,
    effect: float,
    *,
    sd: float | None = None,
    pilot: Outcomes | None = None,
) -> Power:
    """How many pairs would find an effect?

    Parameters
    ----------
    study : ResumeStudy
        Whose arms are judged together.
    effect : float
        In units of the answers; in SDs of the pairs' differences where neither of the
        others is given. For yes-or-no answers a difference of shares.
    sd : float, optional
        Of the pairs' differences.
    pilot : mapping of (pair id, half, framing, repeat) to Outcome, optional
        Answers from which the SD is taken.

    Returns
    -------
    Power
        For each arm.

    Raises
    ------
    InputError
        When the pilot has no spread to take.
    """
    tests = sum(
        len(contrasts_of(groups))
        for arm, groups in by_arm(study.pairs)
        if arm not in {PLACEBO, QUALITY}
    )
    if pilot is None:
        spread = "SD 1: the effect is counted in SDs" if sd is None else f"SD {sd:g}"
        return _of_means(effect, 1.0 if sd is None else sd, spread, tests)
    numbers = {one.value for one in pilot.values() if one.value is not None}
    if numbers and numbers <= {0.0, 1.0}:
        return _of_shares(effect, _discordance(study, pilot), tests)
    arms = effects_of(study.pairs, pilot, margin=None).arms
    spreads = [one.sd for arm in arms for one in arm.effects if one.sd]
    if not spreads:
        raise InputError(
            "pilot: the answers to the halves of a pair never differ, so there is no "
            "spread to plan with. Ask for ratings or log-probabilities."
        )
    widest = max(spreads)
    return _of_means(effect, widest, f"SD {widest:.3g} in the pilot", tests)


def bill_of(
    study: ResumeStudy,
    *,
    framings: int = 1,
    repeats: int = 1,
    caps: Caps,
    pilot: Sequence[Record] = (),
) -> Bill:
    """What will a run come to?

    Parameters
    ----------
    study : ResumeStudy
        To be run.
    framings, repeats : int
        How many of each; the reverse of the question, which language models are asked
        about the quality arm, is counted besides.
    caps : Caps
        With the prices.
    pilot : sequence of Record
        Whose tokens are taken as typical; without it four bytes are counted as one.

    Returns
    -------
    Bill
        An estimate, not a limit.
    """
    texts = [half.text for pair in study.pairs for half in pair.halves]
    reverse = sum(len(pair.halves) for pair in study.arm(QUALITY))
    calls = (len(texts) * framings + reverse) * repeats
    counted = [
        (one.tokens_in, one.tokens_out)
        for one in pilot
        if one.tokens_in is not None and one.tokens_out is not None
    ]
    if counted:
        sent = calls * sum(one for one, _ in counted) / len(counted)
        received = calls * sum(one for _, one in counted) / len(counted)
    else:
        each = sum(len(text.encode()) for text in texts) / len(texts) / _BYTES_A_TOKEN
        sent, received = calls * (each + _QUESTION), float(calls)
    whole = math.ceil(sent), math.ceil(received)
    return Bill(
        calls=calls,
        tokens_in=whole[0],
        tokens_out=whole[1],
        cost=caps.cost_of(*whole) if caps.priced else None,
    )


def _of_means(effect: float, sd: float, spread: str, tests: int) -> Power:
    """Plan for ratings and scores."""
    return Power(
        effect=effect,
        spread=spread,
        tests=tests,
        pairs=plan(effect, sd, alpha=_ALPHA / max(tests, 1)).pairs,
        for_equivalence=plan(effect, sd, alpha=_ALPHA).for_equivalence,
    )


def _of_shares(effect: float, discordance: float, tests: int) -> Power:
    """Plan for yes-or-no answers."""
    if not 0 < effect < discordance:
        raise InputError(
            f"pilot: {discordance:.3g} of the pairs are answered differently, so shares "
            f"cannot differ by {effect:g}. Ask for a smaller effect."
        )
    odds = (discordance + effect) / (discordance - effect)
    return Power(
        effect=effect,
        spread=f"{discordance:.1%} of pairs answered differently in the pilot",
        tests=tests,
        pairs=mcnemar_pairs(discordance, odds, alpha=_ALPHA / max(tests, 1)),
        for_equivalence=None,
    )


def _discordance(study: ResumeStudy, outcomes: Outcomes) -> float:
    """Say which share of pairs got different answers."""
    differ = []
    for pair in study.pairs:
        if pair.arm in {PLACEBO, QUALITY}:
            continue
        given = [outcomes.get((pair.id, half, PLAIN, 0)) for half in (0, 1)]
        values = [one.value for one in given if one is not None]
        if len(values) == 2 and None not in values:
            differ.append(values[0] != values[1])
    return sum(differ) / len(differ) if differ else 0.0
