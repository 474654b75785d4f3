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

    @property
    def blocks_pass(self) -> bool:
        """Tell whether a growth could hide among them."""
        return self.share > ALLOWANCE

    @property
    def text(self) -> str:
        """Say it."""
        return f"{percent(self.share)} of {self.of} are left out"


def left_out(
    criterion: Criterion, groups: tuple[PairedGroup, ...], everyone: int
) -> LeftOut:
    """Of whom does the change of a gap leave out the largest share?

    Parameters
    ----------
    criterion : Criterion
        Decides whether people need a label, too.
    groups : tuple of PairedGroup
        The groups of one table, of all people that are in both tables of decisions.
    everyone : int
        People in either table of decisions, those without a group among them.

    Returns
    -------
    LeftOut
        Over all people, or in the group that loses most.
    """
    used = [_used(group, labelled=criterion.uses_label) for group in groups]
    sizes = [group.cells(0).total for group in groups]
    shares = [
        LeftOut(share=(everyone - sum(used)) / everyone, of="all people"),
        *(
            LeftOut(share=(size - here) / size, of=group.name)
            for group, here, size in zip(groups, used, sizes, strict=True)
        ),
    ]
    return max(shares, key=lambda one: one.share)


def who_is_left_out(
    by_table: Mapping[tuple[str, ...], tuple[PairedGroup, ...]],
    names: tuple[str, str],
    *,
    labelled: bool,
) -> str:
    """Say how many of those in both tables are left out, and for what; "" where none is.

    Parameters
    ----------
    by_table : mapping from tuple of str to tuple of PairedGroup
        Paired counts of all tables of groups, and of everybody under `()`.
    names : tuple of str
        What the two systems are called.
    labelled : bool
        Whether there is a column of labels.

    Returns
    -------
    str
        One clause for each reason.
    """
    (whole,) = by_table[()]
    return "; ".join(_reasons(by_table, whole, names, labelled=labelled))


def _reasons(
    by_table: Mapping[tuple[str, ...], tuple[PairedGroup, ...]],
    whole: PairedGroup,
    names: tuple[str, str],
    *,
    labelled: bool,
) -> Iterator[str]:
    """Count those left out, reason by reason; a person may have several."""
    for place, name in enumerate(names):
        undecided = whole.cells(place).sum_of(UNDECIDED)
        if undecided:
            yield f"{undecided:,} about whom {name} decided nothing"
    total = whole.cells(0).total
    for columns, groups in by_table.items():
        ungrouped = total - everybody(groups, "").cells(0).total
        if ungrouped:
            yield f"{ungrouped:,} without {CROSS.join(columns)}"
    decided = whole.decided.cells(0)
    unlabelled = decided.total - decided.complete
    if labelled and unlabelled:
        yield f"{unlabelled:,} without a label, where a rate needs one"


def _used(group: PairedGroup, *, labelled: bool) -> float:
    """Count those who have what is needed."""
    decided = group.decided.cells(0)
    return decided.complete if labelled else decided.total


NOTE = Note(
    id="left_out",
    kind="doubt",
    text="Changes are those of people about whom both systems decided, and whose label is "
    "known where a rate needs it; the audit of either system has all about whom that one "
    "decided. Those left out may differ: where they are more than 5 % of all people or of "
    "a group, nothing passes.",
)
