"""`fairaudit compare`: two systems on the same people."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from fairaudit.cli.check_options import OPTIONS
from fairaudit.cli.help import ExamplesFirst, Headed

if TYPE_CHECKING:
    from collections.abc import Callable

_COMPARED: Callable[..., Headed] = partial(Headed, heading="What is compared")

_SHARED = (
    "label",
    "prediction",
    "score",
    "threshold",
    "positive",
    "favourable",
    "group",
    "bin",
    "max_groups",
    "criterion",
    "why",
    "na",
    "encoding",
    "delimiter",
    "output",
    "format",
    "seed",
)
"""Options that mean the same as of `check`."""

_OWN: tuple[click.Parameter, ...] = (
    click.Argument(["old"]),
    click.Argument(["new"]),
    _COMPARED(
        ["--id", "id_column"],
        required=True,
        metavar="COL",
        help="Who a row is about; one row per person in either file.",
    ),
    _COMPARED(
        ["--no-worse"],
        type=float,
        metavar="T",
        help="By how much the largest gap of each criterion may grow: a gate that passes "
        "when its upper 95 % limit is within T, and at most 5 % of people are left out.",
    ),
    Headed(
        ["--tolerance"],
        heading="What is required",
        type=float,
        metavar="T",
        help="The largest gap of the new system that is still fair, for all criteria.",
    ),
)


def compare(old: str, new: str, **options: Any) -> int:  # noqa: ANN401 - as click parsed them
    """Tell what changed for whom between two systems.

    OLD and NEW are files with a row per person. Groups and the label may be in either; the
    prediction, or the score, is in both. --criterion and --tolerance judge the new system.
    """
    from fairaudit import compare as compared
    from fairaudit.cli import options as parse
    from fairaudit.cli.check import command_line
    from fairaudit.cli.delivery import deliver
    from fairaudit.cli.outputs import find_outputs
    from fairaudit.report.formats import renderer_for

    renderer = renderer_for(options["format"])
    outputs = find_outputs(options["output"], sources=(old, new))
    columns = [options["label"], options["prediction"]]
    positive = parse.positive(options["positive"], columns) if options["positive"] else None
    report = compared(
        old,
        new,
        id_column=options["id_column"],
        groups=options["group"],
        label=options["label"],
        prediction=options["prediction"],
        score=options["score"],
        threshold=options["threshold"],
        positive=positive,
        favourable=options["favourable"],
        bins={cut.column: cut.edges for cut in parse.bins(options["bin"])},
        max_groups=options["max_groups"],
        criterion=options["criterion"],
        tolerance=options["tolerance"],
        no_worse=options["no_worse"],
        why=options["why"],
        na=options["na"],
        encoding=options["encoding"],
        delimiter=options["delimiter"],
        seed=options["seed"],
        command=command_line(),
    )
    return deliver(report, renderer, outputs)


COMMAND = ExamplesFirst(
    name="compare",
    callback=compare,
    help=compare.__doc__,
    params=[*_OWN, *(option for option in OPTIONS if option.name in _SHARED)],
    examples=(
        (
            "fairaudit compare old.csv new.csv --id person_id --group gender",
            "what changed, for whom",
        ),
        (
            """\
fairaudit compare old.csv new.csv --id person_id --group gender \\
    --criterion equalized_odds --no-worse 0.02""",
            "stop where the gap may have grown by more",
        ),
    ),
)
