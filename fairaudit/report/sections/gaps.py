"""How far apart the groups of a table are, criterion by criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.evidence import Disparity, StratifiedComparison
from fairaudit.core.value import value
from fairaudit.report.numbers import NBSP, decimal, listed
from fairaudit.report.sections.population import criterion_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fairaudit.core.evidence import Gap, GroupTable, RateGap
    from fairaudit.report.model import DecisionAudit

_MOST_LEFT_OUT = 4

NONE = "none"
"""What is shown where groups were compared and none surely differ."""

NOT_COMPARED = "–"


@value
class GapText:
    """One criterion's gaps as texts: the number, and between whom.

    `corrected` is of the rate that is seen furthest apart; `not_excluded` is the largest
    gap that the data do not rule out. `left_out` says which groups have no rate and are in
    none of the numbers.
    """

    title: str
    gated: bool
    main: bool
    seen: str
    seen_between: str
    corrected: str
    shown: str
    shown_between: str
    not_excluded: str
    not_excluded_between: str
    left_out: dict[str, str]

    @property
    def shown_or_not_excluded(self) -> str:
        """Name the groups that surely differ, or how large a gap is not excluded."""
        if self.shown_between or not self.not_excluded:
            return self.shown_between
        return f"(up to {self.not_excluded} not{NBSP}excluded)"


def disparities_of(part: DecisionAudit, attribute: str) -> tuple[Disparity, ...]:
    """Give every criterion measured on one table."""
    return tuple(
        finding.evidence
        for finding in part.findings
        if isinstance(finding.evidence, Disparity)
        and finding.evidence.attribute == attribute
    )


def gaps_title(table: GroupTable) -> str:
    """Say what a table of gaps holds."""
    return (
        "Largest gaps: as seen, after noise correction, and shown at 95 % over all "
        f"{'pairs' if table.compare == 'pairs' else 'comparisons'}"
    )


def gap_texts(part: DecisionAudit, attribute: str) -> tuple[GapText, ...]:
    """How far apart are the groups, as seen, less noise, and surely?

    Parameters
    ----------
    part : DecisionAudit
        The audit.
    attribute : str
        Which of its tables.

    Returns
    -------
    tuple of GapText
        One per criterion; of a composite the rate that is furthest apart.
    """
    gated = {criterion.criterion for criterion in part.requirements.criteria}
    return tuple(
        _stratified(disparity, part, gated)
        if disparity.stratified
        else _plain(disparity, part, gated)
        for disparity in disparities_of(part, attribute)
    )


def gap_notes(in_full: Sequence[GapText], briefly: Sequence[GapText]) -> Iterator[str]:
    """Say what the mark means, who is in no gap, and the other criteria in short."""
    if any(text.gated for text in in_full):
        yield "◀ required"
    left_out = {name: why for text in in_full for name, why in text.left_out.items()}
    if left_out:
        names = listed(sorted(left_out), most=_MOST_LEFT_OUT)
        yield f"Not in every gap, for want of a rate: {names}."
    if briefly:
        others = [f"{text.title} {text.seen} ({_briefly_shown(text)})" for text in briefly]
        yield f"Also measured: {listed(others)}."


def _briefly_shown(text: GapText) -> str:
    """Say in two words what is shown of a gap."""
    briefly = {NONE: "not shown", NOT_COMPARED: "not compared"}
    return briefly.get(text.shown, f"shown {text.shown}")


def _plain(disparity: Disparity, part: DecisionAudit, gated: set[str]) -> GapText:
    """Write the gaps of rates that are compared as they are."""
    composite = len(disparity.gaps) > 1
    seen = _furthest((gap, gap.largest) for gap in disparity.gaps)
    shown = _furthest((gap, gap.shown) for gap in disparity.gaps)
    open_ = _furthest((gap, gap.not_excluded) for gap in disparity.gaps)
    corrected = seen[0].noise_corrected if seen else None

    def between(found: tuple[RateGap, Gap] | None) -> str:
        if found is None:
            return ""
        gap, apart = found
        term = part.glossary.get(gap.rate)
        which = f"{term.symbol if term else gap.rate}, " if composite else ""
        if apart.high == apart.low:  # all rates are the same
            return which.removesuffix(", ")
        return f"{which}{apart.high} – {apart.low}"

    return GapText(
        title=criterion_title(disparity.criterion, part),
        gated=disparity.criterion in gated,
        main=disparity.main,
        seen=decimal(seen[1].value) if seen else "undefined",
        seen_between=between(seen),
        corrected="" if corrected is None else decimal(corrected),
        shown=f"≥{NBSP}{decimal(shown[1].value, against=0.0)}"
        if shown
        else NONE
        if open_
        else NOT_COMPARED,
        shown_between=between(shown),
        not_excluded=decimal(open_[1].value) if open_ else "",
        not_excluded_between=between(open_),
        left_out={
            name: why for gap in disparity.gaps for name, why in gap.undefined.items()
        },
    )


def _stratified(disparity: Disparity, part: DecisionAudit, gated: set[str]) -> GapText:
    """Write the gaps between people alike."""
    compared = disparity.stratified
    seen = [one for one in compared if one.common.value is not None]
    widest = max(seen, key=lambda one: abs(one.common.value or 0), default=None)
    surest = max(compared, key=lambda one: one.at_least or 0)
    is_shown = bool(surest.at_least)
    loosest = max(compared, key=_at_most)
    return GapText(
        title=criterion_title(disparity.criterion, part),
        gated=disparity.criterion in gated,
        main=disparity.main,
        seen=decimal(abs(widest.common.value or 0)) if widest else "undefined",
        seen_between=_between(widest) if widest else "",
        corrected="",
        shown=f"≥{NBSP}{decimal(surest.at_least or 0, against=0.0)}"
        if is_shown
        else NONE
        if seen
        else NOT_COMPARED,
        shown_between=_between(surest) if is_shown else "",
        not_excluded=decimal(_at_most(loosest)),
        not_excluded_between=_between(loosest),
        left_out={
            one.first: one.common.undefined_because
            for one in compared
            if one.common.undefined_because is not None
        },
    )


def _between(one: StratifiedComparison) -> str:
    """Name two groups, the higher first."""
    turned = (one.common.value or 0) < 0
    return f"{one.second} – {one.first}" if turned else f"{one.first} – {one.second}"


def _at_most(one: StratifiedComparison) -> float:
    """Give the upper limit of a common gap; what is undefined excludes nothing."""
    return 1.0 if one.at_most is None else one.at_most


def _furthest(gaps: Iterable[tuple[RateGap, Gap | None]]) -> tuple[RateGap, Gap] | None:
    """Give the rate whose gap is the largest."""
    known = [(rate, gap) for rate, gap in gaps if gap is not None]
    return max(known, key=lambda pair: pair[1].value, default=None)
