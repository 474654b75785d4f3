"""A group of verbs; each is imported only when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from fairaudit.cli.help import ExamplesFirst

if TYPE_CHECKING:
    from collections.abc import Mapping


class VerbGroup(ExamplesFirst, click.Group):
    """Commands found by name in the files of a package.

    `package` is where the files are, `verbs` has the first line of each verb's help, so
    that it is known without import, and `files` the file of a verb that is a word of
    Python.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - click's own
        package: str,
        verbs: Mapping[str, str],
        files: Mapping[str, str] | None = None,
        **settings: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, subcommand_metavar="VERB ...", **settings)
        self.package, self.verbs, self.files = package, verbs, files or {}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Name the verbs."""
        return list(self.verbs)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's
        cmd_name: str,
    ) -> click.Command | None:
        """Import a verb."""
        if cmd_name not in self.verbs:
            return None
        file = self.files.get(cmd_name, cmd_name)
        command = import_module(f"{self.package}.{file}").COMMAND
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or say which one may have been meant."""
        if args and args[0] not in self.verbs and not args[0].startswith("-"):
            from fairaudit.core.errors import did_you_mean

            raise click.UsageError(
                f"{args[0]!r} is no verb. Verbs: {', '.join(self.verbs)}."
                f"{did_you_mean(args[0], self.verbs)}",
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
            formatter.write_dl(list(self.verbs.items()))
