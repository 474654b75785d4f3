"""Pages made from the program itself, so that they cannot say something else.

The command's help, the criteria, the rates and the policy file stand in the code; each
build writes them out as pages under `docs/generated`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fairaudit.cli.verbs import COMMAND
from fairaudit.criteria.catalogue import catalogue, known_rates
from fairaudit.policy.document import EXAMPLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from fairaudit.criteria.criterion import Criterion

WIDTH = 88


def setup(app: Sphinx) -> dict[str, bool]:
    """Write the pages before Sphinx looks which there are."""
    folder = Path(app.srcdir) / "generated"
    folder.mkdir(exist_ok=True)
    for name, text in (
        ("command", command_page()),
        ("criteria", criteria_page()),
        ("policy_file", policy_page()),
    ):
        _write_if_changed(folder / f"{name}.md", text)
    return {"parallel_read_safe": True}


def _write_if_changed(path: Path, text: str) -> None:
    """Leave an unchanged page alone, so that Sphinx need not read it again."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def command_page() -> str:
    """Write down every verb's help, as the command prints it."""
    lines = [
        "# The command",
        "",
        "Made from the command itself. The exit code tells a pipeline how a run ended: ",
        "**0** every gate met or none set; **1** a gate failed; **2** nothing was audited ",
        "(input, options, policy, or a target that cannot be written); **3** a fault of ",
        "the program; **4** a gate is undecided; **130** interrupted by the user, **143** ",
        "ended by the system (SIGTERM), **129** by a terminal that closed (SIGHUP). Where ",
        "several hold, 3 goes before 2, 1 and 4. The result goes to standard output, ",
        "everything else to standard error.",
        "",
    ]
    for name, command in _commands("fairaudit", COMMAND):
        with click.Context(command, info_name=name, terminal_width=WIDTH) as context:
            text = command.get_help(context)
        lines += [f"## `{name}`", "", "```text", text.rstrip(), "```", ""]
    return "\n".join(lines)


def _commands(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """Walk a command and its verbs."""
    yield name, command
    if isinstance(command, click.Group):
        with click.Context(command, info_name=name) as context:
            for verb in command.list_commands(context):
                found = command.get_command(context, verb)
                assert found is not None
                yield from _commands(f"{name} {verb}", found)


def criteria_page() -> str:
    """Write what each criterion asks, when to mean it and what it does not see."""
    lines = [
        "# Criteria",
        "",
        (
            "Every criterion that can be measured, gated and explained here; "
            "`fairaudit explain NAME` says the same in a terminal. None is the right one "
            "for all: an audit names the one that is meant, and why."
        ),
        "",
    ]
    for criterion in catalogue().values():
        lines += _criterion(criterion)
    lines += ["# Rates", "", "| rate | what it is | of whom |", "| --- | --- | --- |"]
    lines += [
        f"| {rate.title} ({rate.symbol}) | {_formula(rate.numerator, rate.denominator)} | "
        f"{rate.among.format_map(_WORDS)} |"
        for rate in known_rates().values()
    ]
    return "\n".join([*lines, ""])


_WORDS = {
    "selected": "selected",
    "selections": "selections",
    "rejected": "not selected",
    "rejections": "rejections",
}


def _criterion(criterion: Criterion) -> Iterator[str]:
    """Write one criterion."""
    yield from (f"## {criterion.title.capitalize()}", "", criterion.asks(), "")
    if criterion.rates:
        rates = ", ".join(f"{rate.title} ({rate.symbol})" for rate in criterion.rates)
        yield from (f"Equal over groups: {rates}. Its key is `{criterion.id}`.", "")
    else:
        yield from (f"Its key is `{criterion.id}`.", "")
    yield "Right when"
    yield from (f"- {one}" for one in criterion.right_when)
    yield from ("", "What it does not see")
    yield from (f"- {one}" for one in criterion.blind_to)
    cited = ", ".join(f"{{cite:t}}`{key}`" for key in criterion.references)
    yield from ("", f"Source: {cited}.", "")


def _formula(numerator: tuple[str, ...], denominator: tuple[str, ...]) -> str:
    """Write a rate as sums of cells."""
    return f"({' + '.join(numerator)}) / ({' + '.join(denominator)})".replace("_", " ")


def policy_page() -> str:
    """Show the whole policy file."""
    return (
        "# The policy file\n\n"
        "Everything a policy can say, as `fairaudit.toml`; in `pyproject.toml` the same "
        "tables stand under `[tool.fairaudit]`. `fairaudit init` drafts one from five "
        "questions, `fairaudit policy check` reads it and says what it requires. Every key "
        "may be left out; a key that is not known is refused with its place.\n\n"
        f"```toml\n{EXAMPLE}```\n"
    )
