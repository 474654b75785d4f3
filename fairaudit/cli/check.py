"""`fairaudit check`: audit a table of decisions."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import click

from fairaudit.cli.check_options import OPTIONS
from fairaudit.cli.help import ExamplesFirst

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairaudit.policy.document import Policy
    from fairaudit.report.model import AuditReport

_OPTION_OF = {"criteria": "criterion", "numbers": "gates"}
"""Options whose settings have another name in a policy."""

_PLAIN = (
    "label",
    "prediction",
    "score",
    "threshold",
    "favourable",
    "count",
    "weight",
    "strata",
    "compare",
    "max_groups",
    "suppress_below",
    "why",
    "min_group",
    "undecided",
)
"""Options that a policy has by the same name and in the same form."""


def check(file: str, **options: Any) -> int:  # noqa: ANN401 - as click parsed them
    """Audit a table of decisions about people.

    FILE is CSV, Parquet or JSON lines, plain or compressed, or - for standard input.
    """
    from fairaudit.cli.delivery import deliver
    from fairaudit.cli.outputs import find_outputs
    from fairaudit.report.formats import renderer_for

    renderer = renderer_for(options["format"])
    outputs = find_outputs(options["output"], sources=(file,))
    policy = effective_policy(options)
    report = _audited(file, policy, options)
    return deliver(report, renderer, outputs)


def effective_policy(options: Mapping[str, Any]) -> Policy:
    """Which policy holds for this run? The file's, with the options put in.

    What an option sets differently from the policy is named on standard error.
    """
    from fairaudit.cli.options import shown_setting
    from fairaudit.cli.streams import say
    from fairaudit.core.spelling import spelled
    from fairaudit.policy.document import Policy
    from fairaudit.policy.overriding import override

    file = options["policy"]
    policy = Policy()
    if file is not None:
        from fairaudit.policy.reading import read_policy

        policy = read_policy(file)
    overridden = override(policy, given_settings(options, policy))
    for name, before in overridden.instead_of.items():
        option = spelled(_OPTION_OF.get(name, name))
        say(f"note: {option} goes before {file}, which says {shown_setting(before)}")
    return overridden.policy


def given_settings(options: Mapping[str, Any], policy: Policy) -> dict[str, Any]:
    """Name as a policy does what was given on the command line, and only that."""
    from fairaudit.cli import options as parse

    given = {name: options[name] for name in _PLAIN if options[name] not in (None, ())}
    if options["group"]:
        given["groups"] = options["group"]
    if options["bin"]:
        given["bins"] = parse.bins(options["bin"])
    if options["positive"]:
        columns = [
            given.get(part, getattr(policy, part)) for part in ("label", "prediction")
        ]
        given["positive"] = parse.positive(options["positive"], columns)
    if options["expect_groups"]:
        groups = given.get("groups", policy.groups)
        given["expect_groups"] = parse.expected(options["expect_groups"], groups)
    if options["gate"]:
        from fairaudit.policy.gates import parse_number_gate

        given["numbers"] = tuple(parse_number_gate(text) for text in options["gate"])
    names, tolerances, measure = (
        options[name] for name in ("criterion", "tolerance", "measure")
    )
    if names or tolerances or measure is not None:
        given["criteria"] = parse.criteria(names, tolerances, policy, measure=measure)
    return given


def _audited(file: str, policy: Policy, options: Mapping[str, Any]) -> AuditReport:
    """Run the audit."""
    from fairaudit import audit

    return audit(
        file,
        policy=policy,
        na=options["na"],
        encoding=options["encoding"],
        delimiter=options["delimiter"],
        practices=options["practice"],
        sex=options["sex_column"],
        race=options["race_column"],
        seed=options["seed"],
        command=command_line(),
    )


def command_line() -> str | None:
    """Write down how this run was called, for the report."""
    arguments = click.get_current_context().find_root().obj
    return None if arguments is None else shlex.join(["fairaudit", *arguments])


COMMAND = ExamplesFirst(
    name="check",
    callback=check,
    help=check.__doc__,
    params=list(OPTIONS),
    examples=(
        ("fairaudit check predictions.csv --group gender", "describe: no gate, exit 0"),
        (
            """\
fairaudit check loans.parquet --group race --group race×sex \\
    --label repaid --prediction granted""",
            "name the columns, cross two attributes",
        ),
        (
            """\
fairaudit check scores.csv --group race --score risk --threshold 5 \\
    --favourable not-selected""",
            "decide by a score that harms",
        ),
        (
            """\
fairaudit check predictions.csv --group gender \\
    --criterion equal_opportunity --tolerance 0.1 --why "…"
""",
            "hold it to a criterion",
        ),
        (
            "fairaudit check predictions.csv --policy fairaudit.toml --output report.json",
            "as agreed, and keep the evidence",
        ),
    ),
)
