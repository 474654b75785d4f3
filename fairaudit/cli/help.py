"""Help that opens with examples, and options that every verb has."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Sequence


class Headed(click.Option):
    """An option that stands under a heading of its command's help."""

    def __init__(self, *args: Any, heading: str, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **settings)
        self.heading = heading


class ExamplesFirst(click.Command):
    """A command whose help begins with what it is for and how it is called.

    Each example is a call, which may go over several lines, and what it does.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - click's own
        examples: Sequence[tuple[str, str]] = (),
        **settings: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **settings)
        self.examples = tuple(examples)
        self.params.append(_debug_option())

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options, and refuse one given twice that takes one value."""
        _, _, given = self.make_parser(ctx).parse_args(list(args))
        for param in given:
            if isinstance(param, click.Option) and _once(param) and given.count(param) > 1:
                name = max(param.opts, key=len)
                raise click.UsageError(
                    f"{name} takes one value and was given {given.count(param)} times; "
                    f"leave one.",
                    ctx,
                )
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List options under their headings."""
        headed: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None and isinstance(param, click.Option):
                headed.setdefault(getattr(param, "heading", "Options"), []).append(record)
        for heading, records in headed.items():
            with formatter.section(heading):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write purpose and examples, then usage and options."""
        write_opening(formatter, self.help or "", self.examples)
        self.format_usage(ctx, formatter)
        self.format_options(ctx, formatter)
        self.format_epilog(ctx, formatter)


def write_opening(
    formatter: click.HelpFormatter, purpose: str, examples: Sequence[tuple[str, str]]
) -> None:
    """Write what a command is for and how it is called."""
    formatter.write_text(purpose.partition("\n\n")[0].replace("\n", " "))
    with formatter.section("Examples"):
        for call, meaning in examples:
            for line in (f"# {meaning}", *call.splitlines()):
                formatter.write(f"{'':{formatter.current_indent}}{line}\n")
    formatter.write_paragraph()


def debug_wanted(ctx: click.Context | None) -> bool:
    """Tell whether tracebacks were asked for, by option or by environment."""
    by_option = ctx is not None and ctx.find_root().meta.get("fairaudit.debug", False)
    return bool(by_option or os.environ.get("FAIRAUDIT_DEBUG") not in {None, "", "0"})


def _once(option: click.Option) -> bool:
    """Tell whether an option holds one value, so that a second would replace it."""
    return not (option.multiple or option.is_flag)


def _debug_option() -> click.Option:
    """Make the option that asks for tracebacks."""
    return click.Option(
        ["--debug"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_note_debug,
        help="Show where an error comes from (or set FAIRAUDIT_DEBUG=1).",
    )


def _note_debug(ctx: click.Context, _option: click.Parameter, wanted: object) -> None:
    """Keep the wish where the outermost handler finds it."""
    if wanted:
        ctx.find_root().meta["fairaudit.debug"] = True
