"""The tables of New York City's rules on automated employment decision tools (2023)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from fairaudit.core.estimate import Estimate
from fairaudit.core.finding import Finding
from fairaudit.core.measurement import Measured, Measurement, Passages
from fairaudit.core.value import value
from fairaudit.inference.proportions import wilson
from fairaudit.practices.categories import Category, highest, is_small
from fairaudit.report.model import Note, Study

if TYPE_CHECKING:
    from fairaudit.report.model import DecisionAudit

SUBJECT = "New York City Local Law 144 tables"

Kind = Literal["selection", "scoring"]

_WORDS: dict[Kind, tuple[str, str, str]] = {
    "selection": ("selection rate", "selected", "# of applicants"),
    "scoring": ("scoring rate", "above the median", "# of applicants"),
}


@value
class CategoryTable:
    """The categories of sex, of race or ethnicity, or of their crossing."""

    title: str
    attribute: str
    categories: tuple[Category, ...]
    unknown: int


def impact_ratios(table: CategoryTable) -> dict[str, float | None]:
    """Which share of the highest category's rate does each category have?

    Parameters
    ----------
    table : CategoryTable
        Categories with their people.

    Returns
    -------
    dict of str to float or None
        `None` for a category of fewer than 2 % of the people, which is listed and not
        compared, and cannot be the highest; and where there is no rate.
    """
    everybody = sum(one.people for one in table.categories)
    best = highest(table.categories)
    found: dict[str, float | None] = {}
    for one in table.categories:
        rate = one.rate
        small = is_small(one, everybody)
        known = best is not None and best.rate and rate is not None and not small
        found[one.name] = float(rate / best.rate) if known else None  # type: ignore[operator, union-attr]
    return found


def ll144(
    part: DecisionAudit,
    tables: tuple[CategoryTable, ...],
    *,
    kind: Kind,
    today: str,
    median: float | None = None,
) -> Study:
    """Which rates and impact ratios does the rule want published?

    Parameters
    ----------
    part : DecisionAudit
        The audit they are made from.
    tables : tuple of CategoryTable
        By sex, by race or ethnicity, and by both.
    kind : {"selection", "scoring"}
        Whether people are selected, or scored; then the rate is the share strictly above
        the full sample's median score.
    today : str
        The day, an ISO date.
    median : float, optional
        The full sample's median score.

    Returns
    -------
    Study
        Tables without a threshold: the rule has none, so there is nothing to judge.

    References
    ----------
    NYC Administrative Code 20-870 and following; 6 RCNY 5-300 and following.
    """
    rate = _WORDS[kind][0]
    design = [
        ("Rule", "NYC Administrative Code 20-870 ff.; 6 RCNY 5-300 ff. (in force 2023)"),
        ("Rates", f"{rate}s and impact ratios"),
    ]
    if median is not None:
        design.append(("Median", f"{median:g}, of everybody with a score"))
    design += [
        ("Unknown", f"{table.unknown:,} without {table.attribute}: in no rate of it")
        for table in tables
    ]
    return Study(
        subject=f"{SUBJECT}, as of {today}",
        question=f"What is the {rate} of every category, and which share of the highest?",
        sources=(part.source,),
        design=tuple(design),
        findings=tuple(_finding(table, kind) for table in tables),
        passages=tuple(_passages(table, kind) for table in tables),
        notes=_NOTES,
        seed=part.seed,
    )


def _finding(table: CategoryTable, kind: Kind) -> Finding:
    """Tell of one table."""
    rate = _WORDS[kind][0]
    ratios = impact_ratios(table)
    best = highest(table.categories)
    known = {name: ratio for name, ratio in ratios.items() if ratio is not None}
    lowest = min(known, key=known.__getitem__, default=None)
    sentence = f"By {table.attribute} no category has a rate to compare with."
    if best is not None and lowest is not None:
        sentence = (
            f"By {table.attribute} the {rate} is highest for {best.name} "
            f"({100 * float(best.rate or 0):.1f} %); the lowest impact ratio is "
            f"{known[lowest]:.3f} ({lowest})."
        )
    rows = tuple(_measured(one, ratios[one.name]) for one in table.categories)
    return Finding(
        id=f"ll144@{table.attribute}",
        sentence=sentence,
        estimate=next(
            (row.estimate for row in rows if row.name == lowest), rows[0].estimate
        )
        if rows
        else Estimate.undefined("there is no category"),
        evidence=Measurement(
            title=table.title,
            quantity=rate,
            rows=rows,
            method="Impact ratios: over the highest rate of a category with at least 2 % "
            "of the people; those of the audit are over the highest of all groups. "
            "Intervals: Wilson; the rule asks for none.",
            places=3,
        ),
        references=("ll144",),
    )


def _measured(one: Category, ratio: float | None) -> Measured:
    """Give one category's rate, and its ratio beside it."""
    told = _small_remark(ratio) if ratio is None else f"impact ratio {ratio:.3f}"
    if not one.people:
        return Measured(name=one.name, estimate=Estimate.undefined(f"nobody in {one.name}"))
    return Measured(
        name=one.name,
        estimate=Estimate(
            value=one.favoured / one.people,
            interval=wilson(one.favoured, one.people),
            numerator=one.favoured,
            denominator=one.people,
        ),
        remark=told,
    )


def _passages(table: CategoryTable, kind: Kind) -> Passages:
    """Lay a table out as the rule's own examples do."""
    rate, hits, people = _WORDS[kind]
    ratios = impact_ratios(table)
    return Passages(
        title=f"{table.title}, as published",
        headings=("category", people, f"# {hits}", rate, "impact ratio"),
        rows=tuple(
            (
                one.name,
                f"{one.people:,}",
                f"{one.favoured:,}",
                "–" if one.rate is None else f"{100 * float(one.rate):.1f} %",
                _shown(ratios[one.name]),
            )
            for one in table.categories
        ),
    )


def _shown(ratio: float | None) -> str:
    """Write a ratio, or why it is left out."""
    return _small_remark(ratio) if ratio is None else f"{ratio:.3f}"


def _small_remark(ratio: float | None) -> str:
    """Say why a category has no ratio."""
    assert ratio is None
    return "under 2 %: listed, not compared"


_NOTES = (
    Note(
        id="not_legal_advice",
        kind="limit",
        text="This is not legal advice, and the tables say nothing about whether a tool "
        "may be used. The rule sets no threshold.",
    ),
    Note(
        id="under_two_percent",
        kind="assumption",
        text="Categories of fewer than 2 % of the people are listed with their numbers and "
        "left out of the impact ratios, as the rule allows with a justification: their "
        "rates rest on too few people.",
    ),
    Note(
        id="independent_auditor",
        kind="limit",
        text="The rule wants a bias audit by an independent auditor; a table is none.",
    ),
)
