"""`fairaudit resumes report`: what the replies show."""

from __future__ import annotations

from typing import Any

import click

from fairaudit.cli.help import ExamplesFirst, Headed
from fairaudit.cli.result_options import RESULT_OPTIONS
from fairaudit.cli.resumes.asking import YES


def report(folder: str, **options: Any) -> int:  # noqa: ANN401 - as click parsed them
    """Tell what the kept replies show, with the controls beside every effect.

    Nothing is asked. With --margin every effect is a gate, and the exit code tells.
    """
    from pathlib import Path

    from fairaudit.auditing.resumes import audit_runs
    from fairaudit.cli.check import command_line
    from fairaudit.cli.delivery import deliver
    from fairaudit.cli.outputs import find_outputs
    from fairaudit.report.formats import renderer_for
    from fairaudit.resumes.folder import PAIRS, STUDY
    from fairaudit.resumes.running.records import RUNS

    renderer = renderer_for(options["format"])
    read = [str(Path(folder) / name) for name in (STUDY, PAIRS, RUNS)]
    outputs = find_outputs(options["output"], sources=read)
    made = audit_runs(
        folder,
        system=options["system"],
        yes=options["yes"],
        unit=options["unit"],
        margin=options["margin"],
        why=options["why"],
        command=command_line(),
    )
    return deliver(made, renderer, outputs)


COMMAND = ExamplesFirst(
    name="report",
    callback=report,
    help=report.__doc__,
    examples=(
        (
            """\
fairaudit resumes report study --margin 0.1 \\
    --why 'a tenth of a point decides nothing' --output report.html""",
            "a gate for every effect",
        ),
        ("fairaudit resumes report study --yes invite", "a system that decides in words"),
    ),
    params=[
        click.Argument(["folder"]),
        Headed(
            ["--margin"],
            heading="What is required",
            type=float,
            metavar="D",
            help="Within which an effect counts as none.",
        ),
        Headed(
            ["--why"], heading="What is required", metavar="TEXT", help="Why that margin."
        ),
        Headed(
            ["--system"],
            heading="What is read",
            metavar="NAME",
            help="One system of several, by its name in runs.jsonl.",
        ),
        YES,
        Headed(
            ["--unit"],
            heading="What is read",
            metavar="TEXT",
            help="What answers are counted in, such as points.",
        ),
        *RESULT_OPTIONS,
    ],
)
