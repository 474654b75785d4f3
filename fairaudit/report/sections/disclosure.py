"""Disclosure and signature in words; what nobody filled in is shown as such."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.report.model import DecisionAudit

NOT_FILLED_IN = "not filled in"

_LABELS = {
    "intended_uses": "Intended uses",
    "prohibited_uses": "Prohibited uses",
    "failure_modes": "Known failure modes",
    "evaluations": "Evaluations",
    "known_biases": "Known biases",
    "oversight": "Human oversight",
    "contact": "Incident contact",
}


def disclosed(part: DecisionAudit) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give every field of the disclosure with its texts, none where it is open.

    Yields
    ------
    tuple of (str, tuple of str)
        A label and what was written under it.
    """
    for name, label in _LABELS.items():
        yield label, getattr(part.disclosure, name)


def signed(part: DecisionAudit) -> Iterator[tuple[str, str | None]]:
    """Give the lines of the signature, `None` where one is open.

    Yields
    ------
    tuple of (str, str or None)
        A label and what stands there.
    """
    yield "Name", part.signature.name
    yield "Role", part.signature.role
    yield "Date", part.signature.date


def anything_disclosed(part: DecisionAudit) -> bool:
    """Tell whether anybody filled anything in."""
    filled = any(texts for _, texts in disclosed(part))
    return filled or any(text for _, text in signed(part))
