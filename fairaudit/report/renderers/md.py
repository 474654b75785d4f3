"""The first page as Markdown, for GitHub and for reading as it is.

::

    # Fairness audit: datasets/compas.csv

    - **Data:** datasets/compas.csv: 7,214 people from 414 rows; nobody left out
    ...
    - **Required:** predictive parity within 0.1
    - **Why:** a high score must mean the same risk for everyone

    ## Verdicts

    - **UNDECIDED** predictive parity within 0.1, by race: no gap above 0.1 is shown, but the largest gap not excluded is 0.43 (Other v Asian); about 760 flags in each group would settle it.
    ...

At most 1 MiB, which is what GitHub takes for the summary of a step.
"""  # noqa: E501 - a line of Markdown is a paragraph

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.markdown.page import markdown_page

if TYPE_CHECKING:
    from fairaudit.report.model import AuditReport

FORMAT = "md"
SUFFIXES = (".md", ".markdown")


def render(report: AuditReport, *, width: int = 80, color: bool = False) -> str:
    """Write the first page of a report as Markdown.

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
        Text in which nothing that data hold is markup, a link, a mention or a formula.
    """
    del width, color
    return markdown_page(report)
