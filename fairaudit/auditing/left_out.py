"""Whom a comparison of two systems leaves out, and why: too many of them block a pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.value import value
from fairaudit.policy.missing_rule import ALLOWANCE
from fairaudit.policy.sentences import percent
from fairaudit.report.model import Note
from fairaudit.tally.counts import CROSS
from fairaudit.tally.paired_counts import UNDECIDED, everybody

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fairaudit.criteria.criterion import Criterion
    from fairaudit.tally.paired_counts import PairedGroup


@value
class LeftOut:
    """The largest share that a criterion leaves out, and of whom that is."""

    share: float
    of: str
    reasons: str = ""

    @property
    def blocks_pass(self) -> bool:
        """Tell whether a growth could hide among them."""
        return self.share > ALLOWANCE

    @property
    def text(self) -> str:
        """Say it, and how many for what."""
        told = f"{percent(self.share)} of {self.of} are left out"
        return f"{told} ({self.reasons})" if self.reasons else told


def left_out(
    criterion: Criterion,
    groups: tuple[PairedGroup, ...],
    whole: PairedGroup,
    names: tuple[str, str],
) -> LeftOut:
    """Of whom does the change of a gap leave out the largest share?

    Parameters
    ----------
    criterion : Criterion
        Decides whether people need a label, too.
    groups : tuple of PairedGroup
        The groups of one table, of everybody in either table of decisions.
    whole : PairedGroup
        Everybody in either, those without a group among them.
    names : tuple of str
        What the two systems are called.

    Returns
    -------
    LeftOut
        Over all people, or in the group that loses most.
    """
    labelled = criterion.uses_label
    pairs = [(whole, everybody(groups, "")), *((one, one) for one in groups)]
    shares = [
        (_lost(one, grouped, labelled=labelled) / _total(one), one, grouped)
        for one, grouped in pairs
    ]
    share, group, grouped = max(shares, key=lambda found: found[0])
    ungrouped = {"a group": _total(group) - _total(grouped)}
    reasons = _reasons(group, ungrouped, names, labelled=labelled)
    return LeftOut(share=share, of=group.name or "all people", reasons="; ".join(reasons))


def who_is_left_out(
    by_table: Mapping[tuple[str, ...], tuple[PairedGroup, ...]],
    names: tuple[str, str],
    absent: tuple[int, int],
    *,
    labelled: bool,
) -> str:
    """Say how many of all people are left out, and for what; "" where none is.

    Parameters
    ----------
    by_table : mapping from tuple of str to tuple of PairedGroup
        Paired counts of all tables of groups, and of everybody under `()`.
    names : tuple of str
        What the two systems are called.
    absent : tuple of int
        How many people have no row in the table of either system.
    labelled : bool
        Whether there is a column of labels.

    Returns
    -------
    str
        One clause for each reason.
    """
    (whole,) = by_table[()]
    ungrouped = {
        CROSS.join(columns): _total(whole) - _total(everybody(groups, ""))
        for columns, groups in by_table.items()
    }
    return "; ".join(_reasons(whole, ungrouped, names, absent, labelled=labelled))


def _reasons(
    group: PairedGroup,
    ungrouped: Mapping[str, float],
    names: tuple[str, str],
    absent: tuple[int, int] = (0, 0),
    *,
    labelled: bool,
) -> Iterator[str]:
    """Count those left out, reason by reason; a person may have several."""
    for place, name in enumerate(names):
        undecided = group.cells(place).sum_of(UNDECIDED)
        rowless = f" ({absent[place]:,} have no row there)" if absent[place] else ""
        if undecided:
            yield f"{undecided:,} about whom {name} decided nothing{rowless}"
    for what, people in ungrouped.items():
        if people:
            yield f"{people:,} without {what}"
    decided = group.decided.cells(0)
    unlabelled = decided.total - decided.complete
    if labelled and unlabelled:
        yield f"{unlabelled:,} without a label, where a rate needs one"


def _lost(group: PairedGroup, grouped: PairedGroup, *, labelled: bool) -> float:
    """Count those who lack a group, a decision, or a label where one is needed."""
    decided = grouped.decided.cells(0)
    return _total(group) - (decided.complete if labelled else decided.total)


def _total(group: PairedGroup) -> float:
    """Count everybody."""
    return group.cells(0).total


NOTE = Note(
    id="left_out",
    kind="doubt",
    text="Changes are those of people about whom both systems decided, and whose label is "
    "known where a rate needs it; the audit of either system has all about whom that one "
    "decided. Those left out may differ: where they are more than 5 % of all people or of "
    "a group, nothing passes.",
)
