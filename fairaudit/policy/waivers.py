"""A waiver turns a failure somebody answers for into "waived", until its day is over."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from fairaudit.core.requirements import CriterionGate, MarginGate, NumberGate, Waiver
from fairaudit.core.value import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairaudit.core.verdict import Verdict


def waived(verdict: Verdict, waivers: Iterable[Waiver], today: date) -> Verdict:
    """Apply the first waiver in force that fits; a pass needs none.

    Parameters
    ----------
    verdict : Verdict
        What the evidence says.
    waivers : iterable of Waiver
        Exceptions with owner, reason and expiry.
    today : date
        The last day of a waiver is still covered.

    Returns
    -------
    Verdict
        The same, or one with status "waived" that keeps what it was before.
    """
    if verdict.status not in {"fail", "undecided"}:
        return verdict
    for waiver in waivers:
        if fits(waiver, verdict) and not expired(waiver, today):
            return replace(
                verdict, status="waived", waiver=waiver, before_waiver=verdict.status
            )
    return verdict


def fits(waiver: Waiver, verdict: Verdict) -> bool:
    """Tell whether a waiver is about a verdict's gate and table."""
    gate = verdict.gate
    match gate:
        case CriterionGate():
            names = {gate.criterion}
        case NumberGate():
            names = {gate.text, gate.number, gate.text.partition(":")[2]}
        case MarginGate():
            names = {gate.text, gate.effect}
    return waiver.gate in names and waiver.attribute in {None, verdict.attribute}


def expired(waiver: Waiver, today: date) -> bool:
    """Tell whether a waiver's last day has passed."""
    return date.fromisoformat(waiver.expires) < today
