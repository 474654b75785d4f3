"""A report as one page of Markdown that is never larger than it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.markdown.blocks import blocks_of
from fairaudit.report.terminal.names import safe_to_print

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.report.model import AuditReport

MOST_BYTES = 2**20
"""What GitHub takes for the summary of a step; more and it shows nothing."""

_THE_REST = "The rest is left out to keep this page short: the JSON has all of it.\n"


def markdown_page(report: AuditReport, most_bytes: int = MOST_BYTES) -> str:
    """Write a report as Markdown of at most so many bytes of UTF-8.

    Parameters
    ----------
    report : AuditReport
        The report.
    most_bytes : int
        What the page may take; from the first block that does not fit, the rest is left
        out, and the page says so.

    Returns
    -------
    str
        Blocks with empty lines between them; nothing where not even a sentence fits.
    """
    written: list[str] = []
    left = most_bytes
    blocks = [block for block in _blocks(report) if block]
    for place, block in enumerate(blocks, start=1):
        text = f"{block}\n" if place == len(blocks) else f"{block}\n\n"
        size = len(text.encode(errors="replace"))
        reserve = 0 if place == len(blocks) else len(_THE_REST)
        if size + reserve > left:
            written.append(_THE_REST if len(_THE_REST) <= left else "")
            break
        written.append(text)
        left -= size
    return "".join(written)


def _blocks(report: AuditReport) -> Iterator[str]:
    """Give the blocks of every part."""
    parts = len(report.parts)
    for number, part in enumerate(report.parts, start=1):
        shown = safe_to_print(part)
        which = f", part {number} of {parts}" if parts > 1 else ""
        yield from blocks_of(shown, f"Fairness audit{which}: {shown.title}")
