"""The page that GitHub shows for a step of a workflow."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from fairaudit.core.errors import OutputError

if TYPE_CHECKING:
    from fairaudit.report.model import AuditReport

VARIABLE = "GITHUB_STEP_SUMMARY"
"""Names the file; GitHub sets it, elsewhere it is not there and nothing is written."""


def add_to_step_summary(report: AuditReport) -> None:
    """Add a report as Markdown to what the step has written so far.

    Parameters
    ----------
    report : AuditReport
        The report; as much of it as keeps the whole summary within 1 MiB, because GitHub
        shows nothing of a larger one.

    Raises
    ------
    OutputError
        When it cannot be written; what was there before then stands as it was.
    """
    from fairaudit.report.markdown.page import MOST_BYTES, markdown_page

    path = os.environ.get(VARIABLE)
    if not path:
        return
    try:
        with open(path, "ab", buffering=0) as summary:  # noqa: PTH123 - as GitHub gives it
            before = summary.seek(0, os.SEEK_END)
            lead = "\n" if before else ""
            page = markdown_page(report, MOST_BYTES - before - len(lead))
            try:
                _write(summary.fileno(), f"{lead}{page}".encode(errors="replace"))
            except BaseException:
                with suppress(OSError):  # a device has no length
                    os.truncate(summary.fileno(), before)
                raise
    except OSError as error:
        raise OutputError(
            f"{VARIABLE} ({path}): the summary cannot be written there: {error.strerror}."
        ) from None


def _write(file: int, content: bytes) -> None:
    """Write everything, however many bytes the system takes at a time."""
    while content:
        content = content[os.write(file, content) :]
