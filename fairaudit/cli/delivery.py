"""The end of every verb that makes a report: files, standard output, exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.cli.outputs import Output
    from fairaudit.report.formats import Renderer
    from fairaudit.report.model import AuditReport


def deliver(report: AuditReport, renderer: Renderer, outputs: Sequence[Output]) -> int:
    """Write a report wherever it was asked for, and say how its gates ended.

    Parameters
    ----------
    report : AuditReport
        The report.
    renderer : Renderer
        The format of standard output. With "github" the Markdown page is added to the
        step's summary too, where GitHub has one.
    outputs : sequence of Output
        The files; all are written before anything is printed.

    Returns
    -------
    int
        The exit code.
    """
    from fairaudit.cli.exit_codes import exit_code
    from fairaudit.cli.outputs import write_outputs
    from fairaudit.cli.step_summary import add_to_step_summary
    from fairaudit.cli.streams import console_width, wants_colour, write_result

    code = exit_code(report)
    for_people = renderer.FORMAT == "console"
    text = renderer.render(report, width=console_width(), color=wants_colour())
    if for_people:
        text += _last_line(code, outputs)
    write_outputs(report, outputs)
    if renderer.FORMAT == "github":
        add_to_step_summary(report)
    write_result(text, as_bytes=not for_people)
    return code


def _last_line(code: int, outputs: Sequence[Output]) -> str:
    """Say how this run ends and where everything else is."""
    from fairaudit.report.sanitise import terminal_text

    files = ", ".join(str(output.path) for output in outputs)
    rest = f"written to {files}" if files else "--output report.html"
    return f"\nexit {code} · everything else: {terminal_text(rest)}"
