"""`fairaudit resumes plan`: how many pairs, calls, tokens, and what cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from fairaudit.cli.help import ExamplesFirst, Headed
from fairaudit.cli.resumes.asking import PRICE, REPEATED, YES, caps, framings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.resumes.plan import ResumeStudy
    from fairaudit.resumes.running.forecast import Bill, Power


def plan(folder: str, **options: Any) -> int:  # noqa: ANN401 - as click parsed them
    """How many pairs would find an effect, and what would asking cost?

    Nothing is asked. Costs are estimates: run --max-cost keeps a limit.
    """
    from pathlib import Path

    from fairaudit.cli.streams import write_result
    from fairaudit.core.errors import InputError
    from fairaudit.resumes.answers import recorded
    from fairaudit.resumes.folder import read
    from fairaudit.resumes.running.forecast import bill_of, power_of
    from fairaudit.resumes.running.records import read_records
    from fairaudit.resumes.worded import as_labels

    if options["pilot"] and options["sd"] is not None:
        raise InputError("--pilot and --sd exclude each other. Give one of them.")
    if options["yes"] and not options["pilot"]:
        raise InputError("--yes is about the answers of a pilot. Give it with --pilot.")
    study = read(folder)
    records, pilot = [], None
    if options["pilot"]:
        records = list(read_records(Path(options["pilot"]), study.hash)[0].values())
    if records:
        pilot = as_labels(recorded(records), options["yes"], system="The pilot").outcomes
    power = power_of(
        study,
        options["effect"],
        sd=options["sd"],
        pilot=pilot,
    )
    bill = bill_of(
        study,
        framings=len(framings(options["framings"])),
        repeats=options["repeats"],
        caps=caps(options),
        pilot=records,
    )
    write_result("\n".join(_told(study, power, bill)) + "\n")
    return 0


def _told(study: ResumeStudy, power: Power, bill: Bill) -> Iterator[str]:
    """Say whether the study is large enough, and what it comes to."""
    from fairaudit.resumes.names_reach import names_repeat

    arms = {arm: len(study.arm(arm)) for arm in study.plan.arms}
    fewest = min(arms.values())
    yield f"effect       {power.effect:g} ({power.spread})"
    yield (
        f"pairs        {power.pairs:,} an arm find it with power 0.8; this study has "
        f"{fewest:,}: {'enough' if fewest >= power.pairs else 'too few'}"
    )
    if power.tests > 1:
        yield f"             judged with {power.tests - 1} more by Holm's method"
    if power.for_equivalence is not None:
        yield (
            f"equivalence  {power.for_equivalence:,} an arm show a gap of 0 to be below "
            f"{power.effect:g}"
        )
    if names_repeat(study):
        yield "             for fresh names; repeated names, as here, need more"
    yield f"calls        {bill.calls:,}"
    yield f"tokens       about {bill.tokens_in:,} sent, {bill.tokens_out:,} received"
    yield (
        "cost         unknown; give --price IN,OUT"
        if bill.cost is None
        else f"cost         about {float(bill.cost):,.2f}"
    )


COMMAND = ExamplesFirst(
    name="plan",
    callback=plan,
    help=plan.__doc__,
    examples=(
        ("fairaudit resumes plan study --effect 0.2", "in SDs, before any pilot"),
        (
            """\
fairaudit resumes plan study --effect 0.3 \\
    --pilot study/runs.jsonl --price 0.15,0.6""",
            "in points, with the spread of a pilot",
        ),
    ),
    params=[
        click.Argument(["folder"]),
        Headed(
            ["--effect"],
            heading="Power",
            type=float,
            required=True,
            metavar="D",
            help="The difference that is to be found.",
        ),
        Headed(
            ["--sd"],
            heading="Power",
            type=float,
            metavar="S",
            help="Of the differences within pairs.",
        ),
        Headed(
            ["--pilot"],
            heading="Power",
            metavar="FILE",
            help="The runs.jsonl of a pilot, for spread and tokens.",
        ),
        YES,
        *REPEATED,
        PRICE,
    ],
)
