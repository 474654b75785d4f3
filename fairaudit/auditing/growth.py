"""The gate of a comparison: by how much the largest gap of a criterion may grow."""

from __future__ import annotations

from numbers import Real
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError, shown
from fairaudit.core.requirements import MarginGate
from fairaudit.core.spelling import option, spelled
from fairaudit.core.verdict import MissingData, Status, Verdict
from fairaudit.criteria.catalogue import catalogue, criterion_named
from fairaudit.inference.differences import Limits
from fairaudit.policy.sentences import rounded_up

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairaudit.auditing.left_out import LeftOut
    from fairaudit.auditing.paired_findings import GapChange
    from fairaudit.criteria.criterion import Criterion

_ALPHA = 0.05


def check_margin(no_worse: object) -> None:
    """Refuse a margin that is none.

    Raises
    ------
    InputError
        When it is no number between 0 and 1.
    """
    if no_worse is None or (isinstance(no_worse, Real) and 0 < float(no_worse) < 1):
        return
    raise InputError(
        f"{spelled('no_worse')}: must be between 0 and 1, exclusive; got {no_worse!r}. "
        "Write 0.02 for a gap that may grow by two percentage points."
    )


def criteria_compared(
    names: Iterable[str], *, labelled: bool, gated: bool
) -> tuple[Criterion, ...]:
    """Whose gaps are held against each other?

    Parameters
    ----------
    names : iterable of str
        The criteria meant; the main ones where none is.
    labelled : bool
        Whether there are labels.
    gated : bool
        Whether no gap may grow, so that none that was named can be left out.

    Returns
    -------
    tuple of Criterion
        Each once.

    Raises
    ------
    InputError
        When a gate is asked for on a gap that cannot be measured.
    """
    named = tuple(dict.fromkeys(criterion_named(name).id for name in names))
    main = (one.id for one in catalogue().values() if one.main)
    meant = [catalogue()[name] for name in named or main]
    for one in meant if named and gated else ():
        if not _has_paired_gap(one):
            known = shown(name for name, it in catalogue().items() if _has_paired_gap(it))
            raise InputError(
                f"{spelled('no_worse')}: the growth of a gap is not measured for criterion "
                f"{one.id}. Name another, or leave {spelled('no_worse')} out. It is for "
                f"{known}."
            )
        if one.uses_label and not labelled:
            raise InputError(
                f"criterion {one.id} needs labels, and no such column was named. "
                f"Add {option('label', 'COLUMN')}."
            )
    return tuple(
        one for one in meant if _has_paired_gap(one) and (labelled or not one.uses_label)
    )


def growth_gate(change: GapChange, margin: float) -> MarginGate:
    """What is required of one gap?

    Parameters
    ----------
    change : GapChange
        How the gap changed.
    margin : float
        By how much it may grow.

    Returns
    -------
    MarginGate
        To be printed.
    """
    return MarginGate(
        effect=f"growth of the {change.title} gap by {change.attribute}", margin=margin
    )


def growth_verdict(
    change: GapChange, margin: float, family: int, missing: LeftOut
) -> Verdict:
    """Did one gap grow by more than it may?

    Failed where the lower limit, simultaneous over all gaps, is above the margin; passed
    where the one-sided upper limit is within it and few enough people are left out.

    Parameters
    ----------
    change : GapChange
        How the gap changed.
    margin : float
        By how much it may grow.
    family : int
        How many gaps are judged.
    missing : LeftOut
        Whom the change does not tell of.

    Returns
    -------
    Verdict
        Undecided where the change is undefined.
    """
    status: Status = "undecided"
    because, rows = change.undefined_because or "", None
    if not because:
        status, surely = growth_shown(change, margin, family)
        if status == "undecided" and not missing.blocks_pass:
            rows = change.people_needed(margin)
        because = (
            f"the largest gap went from {change.before:.3f} to {change.after:.3f}; "
            f"{_grown(status, surely, margin, family)}{_settling(rows)}"
        )
    if missing.share > 0:
        because += f"; {missing.text}"
    if status == "pass" and missing.blocks_pass:
        status = "undecided"
        because += ", and with more than 5 % left out nothing passes"
    return Verdict(
        id=f"no_worse:{change.criterion}@{change.attribute}",
        gate=growth_gate(change, margin),
        attribute=f"gaps@{change.attribute}",
        status=status,
        because=because,
        value=change.value,
        family_size=family,
        missing=MissingData(
            share=missing.share, worst_case=None, blocks_pass=missing.blocks_pass
        ),
        rows_needed=rows,
        rows_unit=None if rows is None else "people",
    )


def growth_shown(change: GapChange, margin: float, family: int) -> tuple[Status, Limits]:
    """Judge a change that is defined, whoever is left out, by the two limits of a gate."""
    low = change.limits(_ALPHA / family).lower
    high = change.limits(2 * _ALPHA).upper
    status: Status = "fail" if low > margin else "pass" if high <= margin else "undecided"
    return status, Limits(lower=low, upper=high)


def _grown(status: Status, surely: Limits, margin: float, family: int) -> str:
    """Say what is shown of the growth, by the limit that decides."""
    accepted = f"and up to {margin:g} is accepted"
    if status == "fail":
        over = f", over {family} gaps at once" if family > 1 else ""
        return f"it grew by at least {surely.lower:.3f} (95 %{over}), {accepted}"
    if status == "pass":
        return f"it grew by at most {surely.upper:.3f} (95 %, one-sided), {accepted}"
    return (
        f"it may have grown by up to {surely.upper:.3f} (95 %, one-sided), {accepted}; "
        "that it grew by more than that is not shown"
    )


def _settling(rows: int | None) -> str:
    """Say how many people would settle it."""
    if rows is None:
        return ""
    return (
        f"; about {rounded_up(rows):,} people in each group would settle it, if their "
        "decisions change as these did"
    )


def _has_paired_gap(criterion: Criterion) -> bool:
    """Tell whether it compares rates of whole groups."""
    return bool(criterion.rates) and not criterion.stratified
