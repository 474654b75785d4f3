"""`fairaudit policy check`: is this policy one that can be followed?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fairaudit.cli.help import ExamplesFirst

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from fairaudit.core.requirements import Waiver
    from fairaudit.policy.document import Policy


class _Group(ExamplesFirst, click.Group):
    """Commands about policies."""


def policy() -> None:
    """Look after policy files."""


def check(files: tuple[str, ...]) -> None:
    """Check policies: what they require, and which exceptions end when.

    Nothing in a file is executed. Exit code 0 when all can be followed, 2 otherwise.
    """
    from datetime import UTC, datetime

    from fairaudit.cli.streams import write_result
    from fairaudit.policy.reading import read_policy
    from fairaudit.report.sanitise import terminal_text

    today = datetime.now(UTC).date()
    lines = []
    for file, read in [(file, read_policy(file)) for file in files]:
        lines += [f"{file}: a policy that can be followed.", *summary(read, today)]
    write_result("\n".join(terminal_text(line) for line in lines))


def summary(read: Policy, today: date) -> Iterator[str]:
    """Say in a few lines what a policy asks for."""
    required = read.requirements
    yield from _required(read)
    if read.groups:
        yield f"  groups: {', '.join(read.groups)}"
    if required.min_group is not None:
        yield f"  a pass is claimed for groups of at least {required.min_group}"
    if required.undecided == "pass":
        yield "  lets undecided gates pass; every report will say so"
    for waiver in (*required.waivers, *read.study.waivers):
        yield _about(waiver, read, today)
    if read.disclosure.unfilled:
        yield f"  disclosure not filled in: {', '.join(read.disclosure.unfilled)}"


def _required(read: Policy) -> Iterator[str]:
    """Say what is required of tables and of studies, and why."""
    required = read.requirements
    for gate in required.criteria:
        bound = "within" if gate.measure == "difference" else "with a ratio of at least"
        yield f"  requires {gate.criterion} {bound} {gate.tolerance:g}"
    for number in (*required.numbers, *read.study.numbers):
        yield f"  requires {number.text}"
    asked = [one for one in (required, read.study) if one.anything]
    if not asked:
        yield "  requires nothing: an audit under it has no gate and calls nothing a pass"
    for one in asked:
        if one.why is None:
            yield "  gives no reason (why): every report will say so"
        else:
            yield f"  because {one.why}"


def _about(waiver: Waiver, read: Policy, today: date) -> str:
    """Say what a waiver excuses, until when, and whether that is past."""
    from fairaudit.policy.waivers import expired

    where = f" on {waiver.attribute}" if waiver.attribute else ""
    until = "EXPIRED on" if expired(waiver, today) else "until"
    names = {gate.criterion for gate in read.requirements.criteria}
    for number in (*read.requirements.numbers, *read.study.numbers):
        names |= {number.number, number.text, number.text.rpartition(":")[2]}
    idle = "" if waiver.gate in names else "; nothing here requires that gate"
    return (
        f"  waives {waiver.gate}{where} {until} {waiver.expires}, by {waiver.owner}: "
        f"{waiver.reason}{idle}"
    )


_CHECK = ExamplesFirst(
    name="check",
    callback=check,
    help=check.__doc__,
    examples=(("fairaudit policy check fairaudit.toml", "before relying on it in CI"),),
    params=[click.Argument(["files"], nargs=-1, required=True, metavar="FILE ...")],
)

COMMAND = _Group(
    name="policy",
    callback=policy,
    help=policy.__doc__,
    commands={"check": _CHECK},
    examples=(("fairaudit policy check fairaudit.toml", "can this policy be followed?"),),
)
