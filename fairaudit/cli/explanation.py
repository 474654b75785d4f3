"""A criterion explained in a page of text, from its value alone."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from fairaudit.core.words import worded
from fairaudit.criteria.catalogue import catalogue
from fairaudit.criteria.incompatibility import exclude_each_other

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fairaudit.criteria.criterion import Criterion
    from fairaudit.tally.rates import Rate

_WIDEST = 88
_CELLS = ("tp", "fp", "fn", "tn")
_LEGEND = "tp right selections, fp false alarms, fn misses, tn right rejections"


def overview(width: int) -> str:
    """List every criterion with its question."""
    lines = ["Criteria: what should be equal in every group?", ""]
    for criterion in catalogue().values():
        lines += [criterion.id, *_wrapped(criterion.asks(), width, "  ")]
    more = "More: fairaudit explain CRITERION. Undecided which: fairaudit init."
    lines += ["", *_wrapped(more, width, "")]
    return "\n".join(lines)


def explanation(criterion: Criterion, width: int) -> str:
    """Explain one criterion: question, rates, when to mean it, conflicts, gate, sources."""
    parts = (
        ("What should be equal", _formulas(criterion)),
        ("Right when", criterion.right_when),
        ("What it does not see", criterion.blind_to),
        ("What it rules out", _conflicts(criterion)),
        ("How it is gated", _gating(criterion)),
        ("References (docs/references.bib)", map(_cited, criterion.references)),
    )
    lines = [
        *_wrapped(f"{criterion.title} ({criterion.id})", width, ""),
        "",
        *_wrapped(criterion.asks(), width, ""),
    ]
    for heading, sentences in parts:
        lines += ["", heading]
        for sentence in sentences:
            lines += _wrapped(sentence, width)
    return "\n".join(lines)


def _formulas(criterion: Criterion) -> Iterator[str]:
    """Write each rate as cells over cells, and in plain words."""
    if criterion.scores is not None:
        yield criterion.scores.plain
        return
    for rate in criterion.rates:
        among = worded(rate.plain, None)
        yield f"{rate.symbol} = {_ratio(rate)}: x % {among}"
    if criterion.stratified:
        yield "within each stratum that --strata makes, not over all people at once"
    yield f"({_LEGEND})"


def _ratio(rate: Rate) -> str:
    """Write a rate in the four cells of people with label and prediction."""
    parts = [
        " + ".join(cell for cell in cells if cell in _CELLS)
        for cells in (rate.numerator, rate.denominator)
    ]
    return " / ".join(f"({part})" if "+" in part else part for part in parts)


def _conflicts(criterion: Criterion) -> Iterator[str]:
    """Say what cannot hold at the same time, and what then must differ."""
    if criterion.stratified:
        yield "It is judged among people alike, where base rates may be alike as well."
        return
    if criterion.scores is not None:
        yield (
            "Where base rates differ, calibration within groups and balance for both "
            "classes cannot all hold exactly, unless the score is perfect (Kleinberg 2016)."
        )
        return
    others = [other for other in catalogue().values() if other.id != criterion.id]
    excluded = [other.id for other in others if exclude_each_other(criterion, other)]
    if excluded:
        yield (
            f"Where base rates differ, it cannot hold exactly together with "
            f"{', '.join(excluded)}: three rates that are equal fix the base rate, unless "
            f"the rule is degenerate, such as one without errors (Chouldechova 2017, "
            f"Kleinberg 2016)."
        )
    if len(criterion.rates) == 1:
        yield (
            "With one other rate it can hold; every further rate must then differ where "
            "base rates do. `fairaudit check` prints who pays."
        )


def _gating(criterion: Criterion) -> Iterator[str]:
    """Say how an audit is held to it."""
    strata = " --strata COLUMN" if criterion.stratified else ""
    if criterion.scores is not None:
        strata = " --score COLUMN --label COLUMN"
    yield f'--criterion {criterion.id} --tolerance 0.1 --why "your reason"{strata}'
    if criterion.scores is not None and criterion.scores.probabilities:
        yield "scores must lie between 0 and 1; test_fairness takes any score"
    yield (
        "fail (exit 1): two groups are shown to differ by more than the tolerance, at 95 % "
        "over all gated comparisons at once"
    )
    yield "pass (exit 0): for every comparison a larger gap is excluded at 95 %"
    yield "undecided (exit 4): neither; the report says how many people would settle it"
    if criterion.rates and not criterion.stratified:
        yield (
            f"a plain number, without confidence: --gate '{criterion.id}_difference<=0.1' "
            f"or --gate '{criterion.id}_ratio>=0.8'"
        )


def _cited(key: str) -> str:
    """Show a key with its author and year apart."""
    found = re.fullmatch(r"([a-z]+)(\d{4})[a-z]?", key)
    return f"{key}: {found[1].capitalize()} {found[2]}" if found else key


def _wrapped(text: str, width: int, indent: str = "  - ") -> Iterable[str]:
    """Break a sentence into lines."""
    return textwrap.wrap(
        text,
        min(width, _WIDEST),
        initial_indent=indent,
        subsequent_indent=" " * len(indent),
        break_long_words=False,
        break_on_hyphens=False,
    )
