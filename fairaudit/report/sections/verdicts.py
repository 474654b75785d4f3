"""A verdict in plain words: what is required, what it came to, and because of what."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fairaudit.core.requirements import CriterionGate
from fairaudit.core.value import value
from fairaudit.core.verdict import Status, Verdict
from fairaudit.report.model import Study
from fairaudit.report.numbers import NBSP, decimal, listed, share
from fairaudit.report.sections.comparing import Words
from fairaudit.report.sections.pairs import pairs_of
from fairaudit.report.sections.population import gate_title
from fairaudit.report.sections.scores import scored_lines
from fairaudit.report.sections.settled import settled
from fairaudit.report.sections.studies import NOTHING_REQUIRED, WITHOUT_GATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fairaudit.report.model import DecisionAudit, Part

ORDER: tuple[Status, ...] = ("fail", "undecided", "waived", "pass")
"""The weightiest first."""

NO_GATE = "NO CRITERION CHOSEN"
HOW_TO_ASK = (
    "Nothing here is called a pass or a failure. Which one is meant, and why? "
    "`fairaudit init` asks five questions; or add --criterion NAME --tolerance T "
    "--why TEXT."
)
"""What is said where nothing was required."""


@value
class Line:
    """A line of detail under its own short label."""

    label: str
    text: str


@value
class VerdictText:
    """A verdict as text: a headline, the reason, and lines of detail."""

    status: Status
    headline: str
    because: str
    lines: tuple[Line, ...]


def verdict_text(verdict: Verdict, part: Part) -> VerdictText:
    """What does a gate make of the evidence, and which groups is that about?

    Parameters
    ----------
    verdict : Verdict
        The verdict.
    part : DecisionAudit or Study
        The audit it belongs to.

    Returns
    -------
    VerdictText
        `because` and the waiver's text are as they were given, not escaped.
    """
    if isinstance(part, Study):
        return VerdictText(
            status=verdict.status,
            headline=verdict.gate.text,
            because=verdict.because,
            lines=tuple(_waiver(verdict)),
        )
    gate = verdict.gate
    title = gate_title(gate, part) if isinstance(gate, CriterionGate) else gate.text
    scope = ""
    if verdict.status == "pass" and verdict.scope is not None and verdict.scope.outside:
        groups = len(verdict.scope.inside) + len(verdict.scope.outside)
        scope = f", for {len(verdict.scope.inside)} of {groups} groups only"
    return VerdictText(
        status=verdict.status,
        headline=f"{title}, by {verdict.attribute}{scope}",
        because=verdict.because,
        lines=(*_waiver(verdict), *_pairs(verdict, part), *_missing(verdict, part)),
    )


def without_gate(part: Part) -> tuple[str, str]:
    """Say that nothing was required, and how to ask for something."""
    if isinstance(part, Study):
        return NOTHING_REQUIRED, WITHOUT_GATE
    return NO_GATE, HOW_TO_ASK


def main_sentences(part: DecisionAudit) -> Iterator[str]:
    """Say what was found by the main criteria, for a report that judges nothing."""
    for finding in part.findings:
        if finding.evidence.kind == "disparity" and finding.evidence.main:
            yield finding.sentence


def counted(verdicts: Sequence[Verdict]) -> str:
    """Count verdicts by status."""
    times = Counter(verdict.status for verdict in verdicts)
    return listed([f"{times[status]} {status}" for status in ORDER if times[status]])


def how_decided(verdicts: Iterable[Verdict]) -> str | None:
    """Say which limits decide, where a verdict rests on some."""
    decided = [verdict for verdict in verdicts if verdict.family_size is not None]
    sizes = [verdict.family_size or 0 for verdict in decided]
    if not sizes:
        return None
    means = "; Gaffke for mean scores" if any(one.scored for one in decided) else ""
    strata = "; or Sato over strata" if any(one.stratified for one in decided) else ""
    over = f"{max(sizes):,}{NBSP}comparisons" if max(sizes) > 1 else "one comparison"
    return (
        "Brackets are 95 % intervals of one rate or one comparison. Verdicts rest on "
        f"limits of their own: to fail, simultaneous over {over}; to pass, one-sided 95 % "
        f"for every comparison (MOVER over Clopper-Pearson{strata}{means})."
    )


def _waiver(verdict: Verdict) -> Iterator[Line]:
    """Say who answers for an exception, and until when."""
    waiver = verdict.waiver
    if waiver is not None:
        before = f"{verdict.before_waiver} without it; " if verdict.before_waiver else ""
        yield Line(
            label="Waived",
            text=f"{before}by {waiver.owner} until {waiver.expires}: {waiver.reason}",
        )


def _pairs(verdict: Verdict, part: DecisionAudit) -> Iterator[Line]:
    """Say what was shown of the pairs."""
    gate = verdict.gate
    for label, text in scored_lines(verdict):
        yield Line(label=label, text=text)
    if verdict.scored:
        return
    table = next((one for one in part.tables if one.attribute == verdict.attribute), None)
    if table is None or not isinstance(gate, CriterionGate):
        return
    words = Words(
        part=part,
        table=table,
        ratio=gate.measure == "ratio",
        tolerance=gate.tolerance,
    )
    for label, text in settled(pairs_of(verdict), words):
        yield Line(label=label, text=text)


def _missing(verdict: Verdict, part: DecisionAudit) -> Iterator[Line]:
    """Say what missing values could hide."""
    missing = verdict.missing
    if missing is None or not missing.share:
        return
    text = f"up to {share(missing.share)} of a group lack a value this needs"
    if part.population.suppress_below is not None:
        text += " or have it withheld"
    if missing.worst_case is not None:
        blocks = ", which blocks a pass" if missing.blocks_pass else ""
        worst = decimal(missing.worst_case)
        text += f"; filled in at its worst, a gap of {worst} is not excluded{blocks}"
    yield Line(label="Missing", text=text)
