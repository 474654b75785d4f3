"""`fairaudit tradeoffs`: can criteria hold together on given scores, and by which rule?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairaudit.cli.check_options import OPTIONS
from fairaudit.cli.help import ExamplesFirst, Headed

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHARED = (
    "file",
    "label",
    "prediction",
    "score",
    "threshold",
    "positive",
    "favourable",
    "count",
    "group",
    "bin",
    "max_groups",
    "na",
    "encoding",
    "delimiter",
    "output",
    "format",
)
"""Options that mean the same as for `fairaudit check`."""

_WANTED = "What is required"
_OWN = (
    Headed(
        ["--require"],
        heading=_WANTED,
        multiple=True,
        metavar="NAME=T",
        help="A criterion and the largest gap accepted; repeat for several together.",
    ),
    Headed(
        ["--costs"],
        heading=_WANTED,
        metavar="fp=A,fn=B",
        help="What a false positive and a false negative cost (1 each).",
    ),
    Headed(
        ["--free-selection"],
        heading=_WANTED,
        is_flag=True,
        help="Another share of people may be selected than today.",
    ),
)


def tradeoffs(file: str, **options: Any) -> int:  # noqa: ANN401 - as click parsed them
    """Can criteria hold together on given scores, and by which rule?

    Exits with 0 where a rule keeps them, 1 where none does, 4 where neither is proven.
    """
    from fairaudit.auditing.combination import can_hold
    from fairaudit.cli import options as parse
    from fairaudit.cli.check import command_line
    from fairaudit.cli.delivery import deliver
    from fairaudit.cli.outputs import find_outputs
    from fairaudit.report.formats import renderer_for

    renderer = renderer_for(options["format"])
    outputs = find_outputs(options["output"], sources=(file,))
    positive = None
    if options["positive"]:
        columns = (options["label"], options["prediction"])
        positive = parse.positive(options["positive"], columns)
    report = can_hold(
        file,
        required(options["require"]),
        groups=options["group"],
        score=options["score"],
        label=options["label"],
        prediction=options["prediction"],
        threshold=options["threshold"],
        positive=positive,
        favourable=options["favourable"],
        count=options["count"],
        bins={cut.column: cut.edges for cut in parse.bins(options["bin"])},
        max_groups=options["max_groups"],
        costs=costs(options["costs"]),
        free_selection=options["free_selection"],
        na=options["na"],
        encoding=options["encoding"],
        delimiter=options["delimiter"],
        command=command_line(),
    )
    return deliver(report, renderer, outputs)


def required(given: Iterable[str]) -> dict[str, float]:
    """Read ``demographic_parity=0.05``, repeated.

    Raises
    ------
    InputError
        When one is no criterion and number, or stands twice.
    """
    from fairaudit.core.errors import InputError
    from fairaudit.criteria.catalogue import criterion_named

    made: dict[str, float] = {}
    for text in given:
        name, _, tolerance = text.partition("=")
        criterion = criterion_named(name).id
        try:
            within = float(tolerance)
        except ValueError:
            raise InputError(
                f"--require {text}: write the criterion and the largest gap accepted, "
                f"such as --require {criterion}=0.05."
            ) from None
        if criterion in made:
            raise InputError(f"--require {text}: {criterion} is required twice.")
        made[criterion] = within
    if not made:
        raise InputError(
            "--require is missing: name what must hold together, such as "
            "--require demographic_parity=0.05 --require predictive_parity=0.05."
        )
    return made


def costs(text: str | None) -> tuple[float, float]:
    """Read ``fp=1,fn=2``; what is left out costs 1.

    Raises
    ------
    InputError
        When it is written otherwise.
    """
    from fairaudit.core.errors import InputError

    if text is None:
        return 1.0, 1.0
    made = {"fp": 1.0, "fn": 1.0}
    for part in text.split(","):
        name, _, number = part.strip().partition("=")
        try:
            cost = float(number)
        except ValueError:
            cost = -1.0
        if name not in made or not 0 <= cost < float("inf"):
            raise InputError(
                f"--costs {text}: write what each error costs, 0 or more, such as "
                f"--costs fp=1,fn=2."
            )
        made[name] = cost
    return made["fp"], made["fn"]


COMMAND = ExamplesFirst(
    name="tradeoffs",
    callback=tradeoffs,
    help=tradeoffs.__doc__,
    params=[*(option for option in OPTIONS if option.name in _SHARED), *_OWN],
    examples=(
        (
            """\
fairaudit tradeoffs scores.csv --group race --score risk --threshold 5 \\
    --require demographic_parity=0.05 --require predictive_parity=0.05""",
            "the rule that keeps both, or the proof that none does",
        ),
        (
            """\
fairaudit tradeoffs scores.csv --group race --score risk --threshold 5 \\
    --require equalized_odds=0.1 --costs fp=1,fn=5 --free-selection""",
            "a miss costs five false alarms; select as many as pays",
        ),
    ),
)
