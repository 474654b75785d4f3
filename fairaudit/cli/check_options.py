"""Every option of `fairaudit check`, under the headings of its help."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from fairaudit.cli.help import Headed
from fairaudit.cli.result_options import RESULT, RESULT_OPTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

_COLUMNS: Callable[..., Headed] = partial(Headed, heading="Columns")
_GROUPS: Callable[..., Headed] = partial(Headed, heading="Groups")
_REQUIRED: Callable[..., Headed] = partial(Headed, heading="What is required")
_PRACTICE: Callable[..., Headed] = partial(Headed, heading="Dated practices")
_READING: Callable[..., Headed] = partial(Headed, heading="Reading")

OPTIONS: tuple[click.Parameter, ...] = (
    click.Argument(["file"]),
    _COLUMNS(["--label"], metavar="COL", help="What happened. Found if called y_true."),
    _COLUMNS(
        ["--prediction"], metavar="COL", help="What was decided. Found if called y_pred."
    ),
    _COLUMNS(["--score"], metavar="COL", help="The number behind the decision."),
    _COLUMNS(
        ["--threshold"],
        type=float,
        metavar="T",
        help="Selected are scores of T and above, instead of a prediction column.",
    ),
    _COLUMNS(
        ["--positive"],
        multiple=True,
        metavar="[COL=]VALUE",
        help="The positive value, where it is not 1 or true.",
    ),
    _COLUMNS(
        ["--favourable"],
        type=click.Choice(["selected", "not-selected"]),
        help="Whether a positive prediction helps people or harms them.",
    ),
    _COLUMNS(["--count"], metavar="COL", help="A row stands for this many people."),
    _COLUMNS(["--weight"], metavar="COL", help="Survey weights."),
    _GROUPS(
        ["--group"],
        multiple=True,
        metavar="COL",
        help="Who people are; repeat for several, A×B (or A*B) for a crossing.",
    ),
    _GROUPS(
        ["--bin"],
        multiple=True,
        metavar="COL=A,B",
        help="Cut a numeric column into groups, such as age=25,40,60.",
    ),
    _GROUPS(
        ["--strata"],
        multiple=True,
        metavar="COL",
        help="People alike in this are compared with each other.",
    ),
    _GROUPS(
        ["--compare"],
        metavar="HOW",
        help="pairs (default), rest (default of crossings) or reference:GROUP.",
    ),
    _GROUPS(
        ["--min-group"],
        type=click.IntRange(min=1),
        metavar="N",
        help="Claim a pass for groups of at least N; smaller ones are shown all the same.",
    ),
    _GROUPS(
        ["--max-groups"],
        type=click.IntRange(min=1),
        metavar="N",
        help="Refuse a column with more groups (50).",
    ),
    _GROUPS(
        ["--expect-groups"],
        multiple=True,
        metavar="[COL=]A,B",
        help="Groups that must be there; one without people is shown as absent.",
    ),
    _REQUIRED(
        ["--criterion"],
        multiple=True,
        metavar="NAME",
        help="What should be equal; see fairaudit explain.",
    ),
    _REQUIRED(
        ["--tolerance"],
        multiple=True,
        type=float,
        metavar="T",
        help="The largest gap that is still fair, judged by confidence limits; one for "
        "all criteria, or one for each in their order.",
    ),
    _REQUIRED(
        ["--measure"],
        type=click.Choice(["difference", "ratio"]),
        help="Of two rates (difference); as a ratio, --tolerance is the smallest still "
        "fair, such as 0.8 for four fifths.",
    ),
    _REQUIRED(
        ["--why"], metavar="TEXT", help="Why this criterion; printed with the verdict."
    ),
    _REQUIRED(
        ["--gate"],
        multiple=True,
        metavar="[COL:]NUMBER>=LIMIT",
        help="A plain number as a rule would read it, such as impact_ratio>=0.8.",
    ),
    _REQUIRED(
        ["--policy"],
        metavar="FILE",
        help="A fairaudit.toml, or a pyproject.toml with [tool.fairaudit].",
    ),
    _REQUIRED(
        ["--undecided"],
        type=click.Choice(["fail", "pass"]),
        help="Whether an undecided gate stops (exit 4, the default) or not (exit 0).",
    ),
    _PRACTICE(
        ["--practice"],
        multiple=True,
        metavar="NAME",
        help="Add a dated practice: four-fifths, or ll144 (New York City). No gate.",
    ),
    _PRACTICE(["--sex-column"], metavar="COL", help="The sex categories of ll144."),
    _PRACTICE(
        ["--race-column"], metavar="COL", help="The race or ethnicity categories of ll144."
    ),
    _READING(
        ["--na"],
        multiple=True,
        metavar="TEXT",
        help="Read this as missing too; otherwise only an empty cell is.",
    ),
    _READING(["--encoding"], metavar="NAME", help="Such as latin-1; UTF-8 if left out."),
    _READING(["--delimiter"], metavar="SIGN", help="Such as ';'; found if left out."),
    *RESULT_OPTIONS,
    RESULT(
        ["--suppress-below"],
        type=click.IntRange(min=2),
        metavar="N",
        help="Withhold counts from 1 to N-1 and what would reveal them; 11 is usual.",
    ),
    RESULT(
        ["--seed"],
        type=click.IntRange(min=0),
        default=0,
        metavar="N",
        help="For simulations; recorded in the report (0).",
    ),
)
