"""`fairaudit resumes import`: replies that Inspect asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fairaudit.cli.help import ExamplesFirst

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.resumes.running.inspect_log import Imported


def import_(log: str, folder: str) -> int:
    """Take over the replies in a log of Inspect.

    A log taken over a second time doubles none.
    The log is that of its task fairaudit/resumes. Calls that failed are kept as errors: let
    inspect eval-retry ask them again before the import.
    """
    from fairaudit.cli.streams import write_result
    from fairaudit.report.sanitise import terminal_text
    from fairaudit.resumes.running.inspect_log import import_log

    made = import_log(log, folder)
    lines = (terminal_text(line) for line in _told(made, folder))
    write_result("\n".join(lines) + "\n")
    return 0


def _told(made: Imported, folder: str) -> Iterator[str]:
    """Say what was taken over."""
    yield f"{made.system}: {made.replies:,} replies, {made.new:,} of them new"
    yield ", ".join(f"{times:,} {state}" for state, times in made.states.items())
    if made.failed_before:
        yield (
            f"{made.failed_before:,} stay the errors that they were when first taken over: "
            "to replace them, move runs.jsonl away and import again"
        )
    yield f"next: fairaudit resumes report {folder}"


COMMAND = ExamplesFirst(
    name="import",
    callback=import_,
    help=import_.__doc__,
    examples=(
        (
            """\
inspect eval fairaudit/resumes -T study=study --model openai/MODEL
fairaudit resumes import logs/NAME.eval study""",
            "a model of any provider that Inspect knows",
        ),
    ),
    params=[click.Argument(["log"]), click.Argument(["folder"])],
)
