"""One page that hands over: the first page for a manager, then everything behind it.

::

    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; ...">
    ...
    <h1>Predictive parity within 0.1, by race, is not settled by these data.</h1>
    ...

A file of its own: no script, nothing loaded from elsewhere, and a policy in it that would
forbid both. It prints on A4, fits a phone, and is dark where the reader's screen is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.pages import whole_page

if TYPE_CHECKING:
    from fairaudit.report.model import AuditReport

FORMAT = "html"
SUFFIXES = (".html", ".htm")


def render(report: AuditReport, *, width: int = 80, color: bool = False) -> str:
    """Write a report as one page.

    Parameters
    ----------
    report : AuditReport
        The report.
    width : int
        Taken by every renderer; of no use here.
    color : bool
        Likewise.

    Returns
    -------
    str
        HTML that ends in a line feed. What came from data is text in it, never markup.
    """
    del width, color
    return whole_page(report)
