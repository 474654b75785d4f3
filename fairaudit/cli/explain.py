"""`fairaudit explain`: what a criterion asks, when to mean it and what it rules out."""

from __future__ import annotations

import click

from fairaudit.cli.help import ExamplesFirst


def explain(criterion: str | None) -> None:
    """Explain a criterion: what it asks, when to mean it, what it rules out.

    Without a name, list all criteria.
    """
    from fairaudit.cli.explanation import explanation, overview
    from fairaudit.cli.streams import console_width, write_result
    from fairaudit.criteria.catalogue import criterion_named

    width = console_width()
    if criterion is None:
        write_result(overview(width))
    else:
        write_result(explanation(criterion_named(criterion), width))


COMMAND = ExamplesFirst(
    name="explain",
    callback=explain,
    help=explain.__doc__,
    examples=(
        ("fairaudit explain", "list the criteria"),
        ("fairaudit explain predictive_parity", "explain one"),
    ),
    params=[click.Argument(["criterion"], required=False)],
)
