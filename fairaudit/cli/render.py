"""`fairaudit render`: stored reports in other formats."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fairaudit.cli.help import ExamplesFirst
from fairaudit.cli.result_options import RESULT_OPTIONS

if TYPE_CHECKING:
    from fairaudit.report.model import AuditReport


def render(files: tuple[str, ...], output: tuple[str, ...], **options: str) -> int:
    """Write stored reports in other formats.

    FILE is a report that was written as JSON, or - for standard input; several are put
    into one report. Verdicts are as they were on the day of the audit, and the exit code is
    the one `check` gives for them. Nothing is checked against the data: to verify a report,
    run its command again and compare.
    """
    from fairaudit.cli.delivery import deliver
    from fairaudit.cli.outputs import find_outputs
    from fairaudit.report.formats import renderer_for

    renderer = renderer_for(options["format"])
    outputs = find_outputs(output, sources=files)
    first, *others = [read_report(file) for file in files]
    return deliver(sum(others, start=first), renderer, outputs)


def read_report(file: str) -> AuditReport:
    """Read a stored report strictly.

    Parameters
    ----------
    file : str
        A path, or ``-`` for standard input.

    Returns
    -------
    AuditReport
        As it was written.

    Raises
    ------
    ReportError
        When it is no report, or not one of this version.
    """
    from fairaudit.core.errors import ReportError
    from fairaudit.report.storage import from_json

    name = "standard input" if file == "-" else file
    content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReportError(
            f"{name}: this is not UTF-8 at byte {error.start}, so it is no report that "
            f"fairaudit wrote."
        ) from None
    return from_json(text, name=name)


COMMAND = ExamplesFirst(
    name="render",
    callback=render,
    help=render.__doc__,
    params=[
        click.Argument(["files"], nargs=-1, required=True, metavar="FILE ..."),
        *RESULT_OPTIONS,
    ],
    examples=(
        ("fairaudit render report.json", "show the first page again"),
        (
            "fairaudit render report.json --output report.md --output report.csv",
            "write other formats without reading the data again",
        ),
        (
            "fairaudit render jan.json feb.json --format md",
            "put two reports into one",
        ),
    ),
)
