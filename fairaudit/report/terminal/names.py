"""An audit with every text made safe for a terminal, and names short but still distinct."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from fairaudit.core.measurement import Measurement
from fairaudit.report.model import DecisionAudit, Part, Study
from fairaudit.report.numbers import NBSP
from fairaudit.report.rewriting import rewritten
from fairaudit.report.sanitise import terminal_name, terminal_text

if TYPE_CHECKING:
    from collections.abc import Iterable


P = TypeVar("P", DecisionAudit, Study, Part)

LONGEST_NAME = 40
"""Characters of a group's or a column's name."""

LONGEST_TEXT = 600
"""Characters of a sentence."""


def safe_to_print(part: P, *, name: int = LONGEST_NAME, text: int = LONGEST_TEXT) -> P:
    """Give the same audit without anything that a terminal would act on.

    Parameters
    ----------
    part : DecisionAudit or Study
        As audited, or as read back from a file that anybody may have edited.
    name, text : int
        Characters kept of a name and of a sentence.

    Returns
    -------
    DecisionAudit or Study
        With the names of groups and tables shortened, two different ones never alike.
    """
    shown = distinct(names_in(part), name)
    return rewritten(part, lambda one: shown.get(one) or terminal_text(one, text))


def names_in(part: Part) -> list[str]:
    """Give every name that data hold: of groups and tables, or of what was measured."""
    if isinstance(part, Study):
        return [
            name
            for finding in part.findings
            if isinstance(finding.evidence, Measurement)
            for one in finding.evidence.rows
            for name in (one.name, one.group)
            if name is not None
        ]
    names = [table.attribute for table in part.tables]
    return names + [row.name for table in part.tables for row in table.groups]


def distinct(names: Iterable[str], longest: int = LONGEST_NAME) -> dict[str, str]:
    """Show each name; those that shortening made alike are numbered.

    Examples
    --------
    >>> list(distinct(["a" * 50, "a" * 60, "b"]).values())[1:]
    ['aaaaaaaaaaaaaaaaaaaaaaaaaa…aaaaaaaaaaaaa (2)', 'b']
    """
    shown: dict[str, str] = {}
    times: dict[str, int] = {}
    for name in dict.fromkeys(names):
        text = terminal_name(name, longest)
        if text.startswith("'"):
            text = text.replace(" ", NBSP)  # blanks that matter must outlive wrapping
        times[text] = times.get(text, 0) + 1
        shown[name] = text if times[text] == 1 else f"{text} ({times[text]})"
    return shown
