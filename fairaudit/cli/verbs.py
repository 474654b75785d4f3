"""The verbs of `fairaudit`."""

from __future__ import annotations

import click

import fairaudit
from fairaudit.cli.verb_group import VerbGroup

VERBS = {
    "check": "Audit a table of decisions about people.",
    "compare": "Tell what changed for whom between two systems.",
    "embeddings": "Audit, compare and debias word vectors.",
    "explain": "Explain a criterion: what it asks, when to mean it, what it rules out.",
    "init": "Answer five questions and get a policy drafted.",
    "policy": "Look after policy files.",
    "render": "Write stored reports in other formats.",
    "resumes": "Does a system answer the same application differently under another name?",
    "tradeoffs": "Can criteria hold together on given scores, and by which rule?",
}
"""Each verb's file in this folder, and its help's first line, so known without import."""


def _print_version(ctx: click.Context, _option: click.Parameter, wanted: object) -> None:
    """Say which version this is."""
    if wanted and not ctx.resilient_parsing:
        click.echo(f"fairaudit {fairaudit.__version__}")
        ctx.exit()


COMMAND = VerbGroup(
    name="fairaudit",
    help="Do these decisions treat groups differently, and how sure are we?",
    package="fairaudit.cli",
    verbs=VERBS,
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
    "3 a fault of the program, 4 a gate undecided, 129, 130 or 143 interrupted.",
)
