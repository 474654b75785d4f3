"""The group of verbs; each is imported only when it is called."""

from __future__ import annotations

from importlib import import_module

import click

import fairaudit
from fairaudit.cli.help import ExamplesFirst

VERBS = {
    "check": "Audit a table of decisions about people.",
    "compare": "Tell what changed for whom between two systems.",
    "embeddings": "Audit, compare and debias word vectors.",
    "explain": "Explain a criterion: what it asks, when to mean it, what it rules out.",
    "init": "Answer five questions and get a policy drafted.",
    "policy": "Look after policy files.",
    "render": "Write stored reports in other formats.",
    "resumes": "Put the same application to a system under another name.",
    "tradeoffs": "Can criteria hold together on given scores, and by which rule?",
}
"""Each verb's file in this folder, and its help's first line, so known without import."""


class Verbs(ExamplesFirst, click.Group):
    """Commands found by name in the files of this folder."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Name the verbs."""
        return list(VERBS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's
        cmd_name: str,
    ) -> click.Command | None:
        """Import a verb."""
        if cmd_name not in VERBS:
            return None
        command = import_module(f"fairaudit.cli.{cmd_name}").COMMAND
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or say which one may have been meant."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            from fairaudit.core.errors import did_you_mean

            raise click.UsageError(
                f"{args[0]!r} is no verb. Verbs: {', '.join(VERBS)}."
                f"{did_you_mean(args[0], VERBS)}",
                ctx=ctx,
            )
        return super().resolve_command(ctx, args)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's
        formatter: click.HelpFormatter,
    ) -> None:
        """List the verbs without importing any."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


def _print_version(ctx: click.Context, _option: click.Parameter, wanted: object) -> None:
    """Say which version this is."""
    if wanted and not ctx.resilient_parsing:
        click.echo(f"fairaudit {fairaudit.__version__}")
        ctx.exit()


COMMAND = Verbs(
    name="fairaudit",
    help="Do these decisions treat groups differently, and how sure are we?",
    subcommand_metavar="VERB ...",
    examples=(
        (
            "fairaudit check predictions.csv --group gender",
            "audit a table: no gate, exit 0",
        ),
        (
            """\
fairaudit check predictions.csv --group gender \\
    --criterion equalized_odds --tolerance 0.1""",
            "hold it to a criterion; the exit code tells",
        ),
        ("fairaudit init", "which criterion? five questions draft a policy"),
        ("fairaudit explain", "what each criterion asks"),
    ),
    params=[
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_print_version,
            help="Print the version and stop.",
        )
    ],
    epilog="Exit codes: 0 every gate met or none set, 1 a gate failed, 2 nothing audited, "
    "3 a fault of the program, 4 a gate undecided, 130 interrupted.",
)
