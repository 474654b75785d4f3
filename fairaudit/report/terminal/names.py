"""An audit with every text made safe for a terminal, and names short but still distinct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.numbers import NBSP
from fairaudit.report.rewriting import rewritten
from fairaudit.report.sanitise import terminal_name, terminal_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairaudit.report.model import DecisionAudit

LONGEST_NAME = 40
"""Characters of a group's or a column's name."""

LONGEST_TEXT = 600
"""Characters of a sentence."""


def safe_to_print(
    part: DecisionAudit, *, name: int = LONGEST_NAME, text: int = LONGEST_TEXT
) -> DecisionAudit:
    """Give the same audit without anything that a terminal would act on.

    Parameters
    ----------
    part : DecisionAudit
        As audited, or as read back from a file that anybody may have edited.
    name, text : int
        Characters kept of a name and of a sentence.

    Returns
    -------
    DecisionAudit
        With the names of groups and tables shortened, two different ones never alike.
    """
    names = [table.attribute for table in part.tables]
    names += [row.name for table in part.tables for row in table.groups]
    shown = distinct(names, name)
    return rewritten(part, lambda one: shown.get(one) or terminal_text(one, text))


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
