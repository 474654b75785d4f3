"""The first page, for a terminal.

::

    Data:        datasets/compas.csv: 7,214 people from 414 rows; nobody left out
    Decision:    "flagged" (a positive prediction, unfavourable): decile_score ≥ 5
    Label:       two_year_recid
    Required:    predictive parity within 0.1
    Why:         a high score must mean the same risk for everyone

    UNDECIDED  predictive parity within 0.1, by race
      no gap above 0.1 is shown, but the largest gap not excluded is 0.43 (Other v
      Asian); about 760 flags in each group would settle it.
      Shown close     African-American and Caucasian (85 % of people): 63 % v 59 %
                      of flags were right (PPV), gap 0.04 [-0.00, 0.08],
                      at most 0.07
      Not settled     14 of 15 pairs, those with Hispanic (190), Other (79), Native
                      American (12) and Asian (8); in brackets: flags

    By race: % of each group [95 % interval]
                                                      of the     of the
                             of people                actual     actual
                                 had a  of people  positives  negatives
                              positive       were       were       were   of flags
                                 label    flagged    flagged    flagged were right
                     people  base rate         SR        TPR        FPR        PPV
    African-American  3,696 51 [50–53] 59 [57–60] 72 [70–74] 45 [43–47] 63 [61–65]
    Caucasian         2,454 39 [37–41] 35 [33–37] 52 [49–55] 23 [21–26] 59 [56–62]
    Hispanic            637 36 [33–40] 30 [26–33] 44 [38–51] 21 [18–26] 54 [47–61]
    Other               377 35 [31–40] 21 [17–25] 32 [25–41] 15 [11–20] 54 [43–65]
    Asian                32 28 [16–45] 25 [13–42] 67*[35–88]  9*[ 2–27] 75*[41–93]
    Native American      18 56*[34–75] 67*[44–84] 90*[60–98] 38*[14–69] 75*[47–91]
    overall           7,214 45 [44–46] 46 [45–47] 63 [61–64] 32 [31–34] 61 [60–63]
    * A rate of fewer than 30 people.
    No room at this width: impact ratio and accuracy.

    Largest gaps: as seen, after noise correction, and shown at 95 % over all pairs
                                                   less
                        seen between              noise  shown between
    demographic parity  0.46 Native American –     0.41 ≥ 0.31 African-American –
                             Other                             Other
    equalized odds      0.58 TPR, Native American  0.41 ≥ 0.26 TPR,
                             – Other                           African-American –
                                                               Other
    predictive parity ◀ 0.21 Asian – Hispanic      0.02   none (up to 0.43
                                                               not excluded)
    ◀ required
    Also measured: overall accuracy equality 0.21 (not shown).

    What can hold together: African-American and Caucasian
    - African-American and Caucasian base rates differ (odds ratio 1.63 [1.47,
      1.81]). Any rule that makes false alarms must pay that in precision, false
      alarms or misses; this one pays mostly in false alarms (45 % v 23 %).
    - Within 0.10 all three can hold as far as base rates go: the smallest joint gap
      is 0.05 [0.04, 0.06].
    - At 95 % base rates differ (odds ratio 1.47 to 1.81), but too little to rule
      out all three within 0.10: smallest joint gap 0.04 to 0.06.
    Who pays, in log odds: 0.49 = 0.65 (FPR) + 0.16 (PPV) - 0.32 (TPR)
    ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.model import Study
from fairaudit.report.sanitise import printed_line
from fairaudit.report.sections.notes import MOST_NOTES, labelled_notes
from fairaudit.report.sections.population import introduction
from fairaudit.report.sections.verdicts import how_decided
from fairaudit.report.terminal.bill_block import bill_block
from fairaudit.report.terminal.combination_block import combination_block
from fairaudit.report.terminal.gap_block import gap_block
from fairaudit.report.terminal.group_block import group_block
from fairaudit.report.terminal.look import Look
from fairaudit.report.terminal.names import safe_to_print
from fairaudit.report.terminal.price_block import price_block
from fairaudit.report.terminal.score_block import score_block
from fairaudit.report.terminal.study_block import (
    nothing_required,
    study_blocks,
    study_heading,
)
from fairaudit.report.terminal.verdict_block import verdict_block

if TYPE_CHECKING:
    from fairaudit.report.model import AuditReport, DecisionAudit, Part

FORMAT = "console"
SUFFIXES = (".txt",)

NARROWEST = 60
WIDEST = 140

_LABELS = 12


def render(report: AuditReport, *, width: int = 80, color: bool = False) -> str:
    """Write the first page of a report as text.

    Parameters
    ----------
    report : AuditReport
        The report.
    width : int
        Cells of a line, taken as at least 60 and at most 140.
    color : bool
        Whether to mark verdicts and headings with ANSI colours too.

    Returns
    -------
    str
        Lines that end in a line feed. Nothing in them but the colours acts on a terminal,
        whatever the data hold.
    """
    look = Look(width=max(NARROWEST, min(width, WIDEST)), color=color)
    lines: list[str] = []
    for number, part in enumerate(report.parts, start=1):
        if len(report.parts) > 1:
            lines += [""] * (number > 1)
            lines += look.heading(f"Part {number} of {len(report.parts)}")
        lines += _part(safe_to_print(part), look)
    return "".join(f"{printed_line(line)}\n" for line in lines)


def render_verdicts(report: AuditReport, *, width: int = 80) -> str:
    """Write only what is required, why, and what every gate came to.

    Parameters
    ----------
    report : AuditReport
        The report.
    width : int
        Cells of a line.

    Returns
    -------
    str
        The top of the first page, part by part.
    """
    look = Look(width=max(NARROWEST, min(width, WIDEST)), color=False)
    blocks = []
    for part in report.parts:
        safe = safe_to_print(part)
        blocks += [_heading(safe, look), _verdicts(safe, look)]
    lines = [line for block in blocks for line in ("", *block)][1:]
    return "".join(f"{printed_line(line)}\n" for line in lines)


def _part(part: Part, look: Look) -> list[str]:
    """Print one audit, blocks apart."""
    if isinstance(part, Study):
        blocks = [_heading(part, look), _verdicts(part, look), *study_blocks(part, look)]
        blocks.append(_notes(part, look))
        return _apart(blocks)
    return _decisions(part, look)


def _decisions(part: DecisionAudit, look: Look) -> list[str]:
    """Print the audit of a table of decisions."""
    asked = combination_block(part, look)
    if asked:
        return [*_heading(part, look), "", *asked, "", *_notes(part, look)]
    blocks = [_heading(part, look), verdict_block(part, look)]
    for table in part.tables:
        blocks.append(group_block(part, table, look))
        blocks.append(gap_block(part, table, look))
        blocks.append(score_block(part, table, look))
        blocks.append(bill_block(part, table, look))
        blocks.append(price_block(part, table, look))
    blocks.append(_notes(part, look))
    return _apart(blocks)


def _apart(blocks: list[list[str]]) -> list[str]:
    """Set blocks with an empty line between them."""
    return [line for block in blocks if block for line in ("", *block)][1:]


def _verdicts(part: Part, look: Look) -> list[str]:
    """Print what every gate came to, or that there is none."""
    if isinstance(part, Study) and not part.requirements.anything:
        return nothing_required(look)
    return verdict_block(part, look)


def _heading(part: Part, look: Look) -> list[str]:
    """Say who was audited, what was decided about them, and what is required and why."""
    if isinstance(part, Study):
        return study_heading(part, look)
    lines = []
    for label, text in introduction(part):
        lines += look.labelled(f"{label}:", text, column=_LABELS)
    if part.disclosure.contact:
        contact = "; ".join(part.disclosure.contact)
        lines += look.labelled("Contact:", contact, column=_LABELS)
    if part.requirements.why is not None:
        return lines + look.labelled("Why:", part.requirements.why, column=_LABELS)
    if part.requirements.anything:
        missing = look.labelled("Why:", "no reason was given (--why TEXT)", column=_LABELS)
        lines += [look.paint("bad", line) for line in missing]
    return lines


def _notes(part: Part, look: Look) -> list[str]:
    """Print doubts first, then limits, assumptions and facts."""
    notes = labelled_notes(part)
    lines = look.heading("Notes")
    for label, text in notes[:MOST_NOTES]:
        lines += look.labelled(f"{label}:", text, column=_LABELS)
    if len(notes) > MOST_NOTES:
        lines += look.text(f"{len(notes) - MOST_NOTES} more notes: in the JSON.")
    decided = None if isinstance(part, Study) else how_decided(part.verdicts)
    return lines + (look.labelled("Limits:", decided, column=_LABELS) if decided else [])
