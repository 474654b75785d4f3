"""`fairaudit init`: five questions, a criterion proposed, a policy drafted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairaudit.cli.help import ExamplesFirst
from fairaudit.cli.questions import QUESTIONS, ask_all, option_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.policy.drafting import Proposal


_HANGING: dict[str, Any] = {
    "subsequent_indent": " " * 13,
    "break_long_words": False,
    "break_on_hyphens": False,
}


def init(output: str, *, force: bool, **given: str | None) -> None:
    """Answer five questions and get a policy drafted.

    It proposes a criterion, drafts the reason and says what speaks for others. You decide.
    """
    from textwrap import wrap

    from fairaudit.cli.streams import console_width, write_result
    from fairaudit.policy.draft_text import draft_text
    from fairaudit.policy.drafting import Answers, propose
    from fairaudit.report.sanitise import terminal_text
    from fairaudit.report.writing import write_whole

    path = Path(output)
    _check_target(path, force=force)
    answered = ask_all(given)
    wishes: dict[str, Any] = {**answered, "shares_goal": answered["shares_goal"] == "yes"}
    answers = Answers(**wishes)
    proposals = propose(answers)
    write_whole(path, draft_text(answers, proposals[0]))
    lines = [
        part
        for line in _told(output, proposals)
        for part in wrap(terminal_text(line), console_width(), **_HANGING) or [""]
    ]
    write_result("\n".join(lines))


def _check_target(path: Path, *, force: bool) -> None:
    """Refuse, before anything is asked, to write where something stands."""
    from fairaudit.core.errors import OutputError

    if path.name == "pyproject.toml":
        raise OutputError(
            f"{path}: init drafts a policy of its own. Name another file, and move its "
            f"tables under [tool.fairaudit] by hand."
        )
    if path.is_dir():
        raise OutputError(f"{path}: this is a directory. Name a file with --output.")
    if path.exists() and not force:
        raise OutputError(
            f"{path}: there is such a file already. Name another with --output, or replace "
            f"it with --force."
        )
    if not path.parent.is_dir():
        raise OutputError(f"{path}: there is no directory {str(path.parent)!r}. Make it.")


def _told(output: str, proposals: tuple[Proposal, ...]) -> Iterator[str]:
    """Say what was drafted, what else the answers speak for, and what comes next."""
    from fairaudit.criteria.catalogue import criterion_named
    from fairaudit.criteria.incompatibility import exclude_each_other

    first = proposals[0]
    criterion = criterion_named(first.criterion)
    yield f"{output} is drafted. It is a draft: you decide, and sign."
    yield ""
    yield f"  criterion  {first.criterion}: {criterion.asks()}"
    yield f"  why        {first.why}"
    yield f"  after      {', '.join(first.sources)} (docs/references.bib)"
    for other in proposals[1:]:
        together = (
            "cannot hold together with it where base rates differ"
            if exclude_each_other(criterion, criterion_named(other.criterion))
            else "can hold beside it, at a price"
        )
        yield f"  also       {other.criterion}: {other.why}; {together}"
    yield ""
    yield "  To set before looking at results: the tolerance, drafted as 0.1."
    yield f"  More: fairaudit explain {first.criterion}"
    yield f"  Next: fairaudit check FILE --group COLUMN --policy {output}"


COMMAND = ExamplesFirst(
    name="init",
    callback=init,
    help=init.__doc__,
    examples=(
        ("fairaudit init", "ask, then write fairaudit.toml"),
        (
            """\
fairaudit init --decides "who is invited" --favourable selected \\
    --worst wrongly-rejected --labels trusted --shares-goal no --acted-on no""",
            "answer beforehand",
        ),
    ),
    params=[
        *(
            click.Option(
                [option_name(question)],
                type=click.Choice(list(question.choices)) if question.choices else str,
                metavar=None if question.choices else "TEXT",
                help=question.text.partition(". ")[2].strip() or question.text.strip(),
            )
            for question in QUESTIONS
        ),
        click.Option(
            ["--output"],
            default="fairaudit.toml",
            metavar="PATH",
            help="Where to write (fairaudit.toml).",
        ),
        click.Option(["--force"], is_flag=True, help="Replace what stands there."),
    ],
)
