"""`fairaudit resumes`: the same application, another name."""

from __future__ import annotations

from importlib import import_module

import click

from fairaudit.cli.help import ExamplesFirst

_VERBS = {
    "generate": "Write pairs of résumés that differ in what they imply of a group.",
    "plan": "How many pairs, calls, tokens, and what cost?",
    "run": "Put a study to a system; the same command goes on after a stop.",
    "report": "Tell what the replies show.",
    "augment": "Training texts told again with the genders exchanged, labels kept.",
}
"""Each verb's file in this folder, and its help's first line, so known without import."""


class _Group(ExamplesFirst, click.Group):
    """Verbs found by name in the files of this folder."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Name the verbs."""
        return list(_VERBS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's
        cmd_name: str,
    ) -> click.Command | None:
        """Import a verb."""
        if cmd_name not in _VERBS:
            return None
        command = import_module(f"{__name__}.{cmd_name}").COMMAND
        assert isinstance(command, click.Command)
        return command

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's
        formatter: click.HelpFormatter,
    ) -> None:
        """List the verbs without importing any."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(_VERBS.items()))


def resumes() -> None:
    """Does a system answer the same application differently under another name?"""


COMMAND = _Group(
    name="resumes",
    callback=resumes,
    help=resumes.__doc__,
    subcommand_metavar="VERB ...",
    examples=(
        (
            "fairaudit resumes generate --jobs nurse --pairs 100 -o study",
            "write a study",
        ),
        (
            "fairaudit resumes run study --system screening:score",
            "put it to a function of your own",
        ),
        ("fairaudit resumes report study --output report.html", "what the replies show"),
    ),
)
