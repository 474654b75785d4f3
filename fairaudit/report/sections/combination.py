"""One combination of criteria: its rule, or why there is none and what is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.prices import FEWEST, Combination
from fairaudit.report.numbers import NBSP, count, listed, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.core.finding import Finding
    from fairaudit.core.prices import GroupRule, RulePart
    from fairaudit.report.model import DecisionAudit, Part

SHOWN_RATES = (
    "selection_rate",
    "true_positive_rate",
    "false_positive_rate",
    "positive_predictive_value",
    "accuracy",
)
"""What is shown of a rule in every group."""

OUTCOMES = {
    "proven": "CAN BE KEPT",
    "impossible": "NOT POSSIBLE",
    "not proven": "NOT PROVEN",
}
_SIDES = {"at least": "from below", "at most": "from above"}
_FEW_GROUNDS = 4


def combinations_of(part: Part) -> tuple[tuple[Finding, Combination], ...]:
    """Give the answered combinations of an audit."""
    return tuple(
        (finding, finding.evidence)
        for finding in part.findings
        if isinstance(finding.evidence, Combination)
    )


def outcome(found: Combination) -> str:
    """Say in capitals how it ended; a rule whose price is not proven is still a rule."""
    if found.status == "not proven" and found.accuracy is not None:
        return OUTCOMES["proven"]
    return OUTCOMES[found.status]


def facts(found: Combination, part: DecisionAudit) -> Iterator[tuple[str, str]]:
    """Say what was answered, beside the sentence.

    Yields
    ------
    tuple of str
        A label and its text.
    """
    yield "Groups", f"{listed(list(found.groups))} ({count(found.people)} people)"
    if found.left_out:
        sizes = [f"{name} ({why})" for name, why in found.left_out.items()]
        few = f"fewer than {FEWEST} people of one outcome"
        yield "Left out", f"{few}: {listed(sizes, most=6)}"
    if found.gaps:
        yield "Gaps", _gaps(found.gaps, part)
    if found.costs != (1.0, 1.0) and found.cost is not None:
        fp, fn = found.costs
        errors = f"{fp:g} for a false positive and {fn:g} for a false negative"
        yield "Cost", f"{found.cost:.4f} per person at {errors}"
    if found.status == "not proven" and found.at_least is not None:
        yield "Bound", f"no rule costs less than {found.at_least:.4f} per person"
    if found.instead is not None:
        yield from _instead(found, part)
    if found.status == "impossible":
        yield "Why", _why(found, part)


def rule_of(found: Combination) -> tuple[GroupRule, ...]:
    """Give the rule that keeps the combination, or the one that comes nearest."""
    return found.instead.rule if found.instead is not None else found.rule


def rule_rows(
    rule: tuple[GroupRule, ...], part: DecisionAudit
) -> Iterator[tuple[str, ...]]:
    """Write a rule's rates and thresholds group by group, headings first.

    Yields
    ------
    tuple of str
        The group, its rates in percent, and whom the rule selects there.
    """
    yield ("", *(_symbol(rate, part) for rate in SHOWN_RATES), "selected are scores")
    for of in rule:
        rates = [
            "–" if of.rates[rate] is None else share(of.rates[rate] or 0.0)
            for rate in SHOWN_RATES
        ]
        yield (of.group, *rates, listed([_part(one) for one in of.parts]))


def _part(part: RulePart) -> str:
    """Write one threshold with its probability."""
    who = "nobody" if part.threshold is None else f"≥{NBSP}{part.threshold:g}"
    if part.probability > 1 - 5e-4:
        return who
    return f"{who} with probability{NBSP}{part.probability:.3f}"


def _instead(found: Combination, part: DecisionAudit) -> Iterator[tuple[str, str]]:
    """Say what is possible with wider tolerances."""
    instead = found.instead
    if instead is None or instead.wider is None:
        nothing = "nothing: each group's least selection leaves no rule at all"
        if instead is not None and instead.status == "not proven":
            nothing = "not known: the work ran out"
        yield "Instead", nothing
        return
    goals = listed(
        [
            f"{name.replace('_', ' ')} within {within + instead.wider:.4f}"
            for name, within in sorted(found.required.items())
        ]
    )
    right = (
        ""
        if instead.accuracy is None
        else f", with {100 * instead.accuracy:.1f}{NBSP}% right"
    )
    yield "Instead", f"{goals}{right}: {_gaps(instead.gaps, part)}"
    if instead.at_least is not None:
        yield "Proven", f"no rule needs less than {instead.at_least:.4f} more"


def _gaps(gaps: dict[str, float], part: DecisionAudit) -> str:
    """Write how far apart each rate is."""
    return listed(
        [f"{_symbol(rate, part)} {gap:.4f}" for rate, gap in sorted(gaps.items())]
    )


def _why(found: Combination, part: DecisionAudit) -> str:
    """Say which inequalities contradict one another, and where that was shown."""
    grounds = [
        f"{_symbol(one.rate, part)} of {one.group} {_SIDES[one.side]} ({share(one.part)})"
        for one in found.grounds
        if one.side != "floor"
    ]
    grounds += [
        f"the least selection of {one.group}"
        for one in found.grounds
        if one.side == "floor"
    ]
    where = ""
    if found.cover and found.cover[0].levels:
        ends = {
            rate: (
                min(one.levels[rate][0] for one in found.cover),
                max(one.levels[rate][1] for one in found.cover),
            )
            for rate in found.cover[0].levels
        }
        spans = listed(
            [
                f"{_symbol(rate, part)} from {low:.2f} to {high:.2f}"
                for rate, (low, high) in sorted(ends.items())
            ]
        )
        where = f"; so it is for every level of {spans}"
    return f"these contradict one another: {listed(grounds, most=_FEW_GROUNDS)}{where}"


def _symbol(rate: str, part: DecisionAudit) -> str:
    """Give the short name of a rate."""
    term = part.glossary.get(rate)
    return term.symbol if term else rate.replace("_", " ")
