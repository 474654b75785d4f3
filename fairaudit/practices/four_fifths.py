"""The four-fifths practice of the Uniform Guidelines (29 CFR 1607.4(D), 1978)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.estimate import Estimate
from fairaudit.core.finding import Finding
from fairaudit.core.measurement import Band, Measured, Measurement, Passages
from fairaudit.core.value import value
from fairaudit.inference.hypothesis_tests import fisher_mid_p, score_test
from fairaudit.inference.ratios import ratio_estimate
from fairaudit.practices.categories import Category, categories_of, highest, is_small
from fairaudit.report.model import Note, Study

if TYPE_CHECKING:
    from fairaudit.core.evidence import GroupTable
    from fairaudit.report.model import DecisionAudit

SUBJECT = "four-fifths practice"

_HEADINGS = (
    "category",
    "people",
    "favourable",
    "rate",
    "impact ratio",
    "below 4/5",
    "persons short",
    "one decision reverses it",
    "Fisher mid-p",
    "z",
)


@value
class FourFifths:
    """One category against the category of the highest rate.

    `persons_short` is how many more favourable decisions the category would need to reach
    four fifths of the reference's rate. `reversed_by_one` says that one favourable decision
    given to it instead of to the reference would turn the finding around. `z` is positive
    where the category is favoured less often.
    """

    category: Category
    reference: Category
    small: bool
    below: bool
    persons_short: int
    reversed_by_one: bool
    fisher_mid_p: float
    z: float | None

    @property
    def impact_ratio(self) -> float | None:
        """Divide the category's rate by the reference's."""
        rate, best = self.category.rate, self.reference.rate
        return float(rate / best) if rate is not None and best else None


def compare_category(
    category: Category, reference: Category, *, everybody: int
) -> FourFifths:
    """How does a category fare by the four-fifths rule? In whole people, exactly.

    Parameters
    ----------
    category, reference : Category
        The category, and the one of the highest rate; both have people.
    everybody : int
        All people of the table.

    Returns
    -------
    FourFifths
        Below only where 5 s N < 4 S n, so that exactly four fifths is not below.

    Examples
    --------
    >>> black = Category(name="b", people=80, favoured=47)
    >>> white = Category(name="w", people=80, favoured=60)
    >>> found = compare_category(black, white, everybody=160)
    >>> found.below, found.persons_short, found.reversed_by_one
    (True, 1, True)
    """
    s, n, best, of = (
        category.favoured,
        category.people,
        reference.favoured,
        reference.people,
    )
    below = _below(s, n, best, of)
    z = score_test(best, of, s, n)
    return FourFifths(
        category=category,
        reference=reference,
        small=is_small(category, everybody),
        below=below,
        persons_short=max(0, -(-4 * best * n // (5 * of)) - s),
        reversed_by_one=below != _below(s + 1, n, best - 1, of)
        if below
        else below != _below(s - 1, n, best + 1, of),
        fisher_mid_p=fisher_mid_p(s, n, best, of).p_value,
        z=None if z is None else z.statistic,
    )


def four_fifths_of(table: GroupTable, part: DecisionAudit) -> tuple[FourFifths, ...]:
    """Hold every category of a table against that of the highest rate."""
    categories = categories_of(table, part.roles.favourable)
    everybody = sum(one.people for one in categories)
    reference = highest(categories)
    if reference is None or not reference.favoured:
        return ()
    return tuple(
        compare_category(one, reference, everybody=everybody)
        for one in categories
        if one.people
    )


def four_fifths(part: DecisionAudit, *, today: str) -> Study:
    """What does the four-fifths practice say of an audit's tables?

    Parameters
    ----------
    part : DecisionAudit
        An audit of whole people.
    today : str
        The day, an ISO date.

    Returns
    -------
    Study
        Ratios with tests and persons short; no verdict, because it is a practice for
        finding what to look at and no criterion.

    Raises
    ------
    InputError
        When people are survey weights, or counts are withheld.

    References
    ----------
    29 CFR 1607.4(D); Questions and Answers on the Uniform Guidelines (1979), 18 to 21.
    """
    findings, passages, unmade = [], [], []
    for table in part.tables:
        found = four_fifths_of(table, part)
        if not found:
            unmade.append(table.attribute)
            continue
        findings.append(_finding(table, found))
        passages.append(_passages(table, found))
    return Study(
        subject=f"{SUBJECT}, as of {today}",
        question="Does some group get the favourable decision at less than four fifths of "
        "the rate of the group that gets it most often?",
        sources=(part.source,),
        design=(
            ("Practice", "29 CFR 1607.4(D) (1978), with Questions and Answers of 1979"),
            ("Favourable", _favourable(part)),
        ),
        findings=tuple(findings),
        passages=tuple(passages),
        notes=(
            *_NOTES,
            *(
                Note(
                    id=f"no_reference_{name}",
                    kind="limit",
                    text=f"By {name} nobody, or no group of 2 % of the people, got the "
                    "favourable decision, so that there is no ratio.",
                )
                for name in unmade
            ),
        ),
        seed=part.seed,
    )


def _below(selected: int, people: int, best: int, of: int) -> bool:
    """Tell in whole people whether a rate is below four fifths of another."""
    return 5 * selected * of < 4 * best * people


def _finding(table: GroupTable, found: tuple[FourFifths, ...]) -> Finding:
    """Tell of one table."""
    below = [one for one in found if one.below and not one.small]
    told = [
        f"{one.category.name} ({_ratio(one)}, {_short(one.persons_short)})" for one in below
    ]
    reference = found[0].reference.name
    sentence = (
        f"By {table.attribute}, below four fifths of the rate of {reference}: "
        f"{', '.join(told)}."
        if below
        else f"By {table.attribute}, no group of at least 2 % of the people is below four "
        f"fifths of the rate of {reference}."
    )
    rows = tuple(_measured(one) for one in found)
    return Finding(
        id=f"four_fifths@{table.attribute}",
        sentence=sentence,
        estimate=min(
            (row.estimate for row in rows if row.estimate.value is not None),
            key=lambda estimate: estimate.value or 0.0,
        ),
        evidence=Measurement(
            title=f"Impact ratios by {table.attribute}",
            quantity=f"rate / rate of {reference}",
            rows=rows,
            neutral=1.0,
            bands=(Band(title="at least four fifths", low=0.8, high=1.0),),
            method="Intervals: MOVER on Wilson limits. p: Fisher's exact test, mid-p, each "
            "against the reference and not corrected for their number.",
            places=3,
        ),
        references=("eeoc1978",),
    )


def _measured(one: FourFifths) -> Measured:
    """Give one category's ratio with its interval and its test."""
    category, reference = one.category, one.reference
    estimate = ratio_estimate(
        category.favoured, category.people, reference.favoured, reference.people
    )
    if category is reference:
        estimate = Estimate(value=1.0)
    return Measured(
        name=category.name,
        estimate=estimate,
        p_value=None if category is reference else one.fisher_mid_p,
        remark=_remark(one),
    )


def _remark(one: FourFifths) -> str | None:
    """Say what else the practice looks at."""
    if one.category is one.reference:
        return "the reference: the highest rate"
    told = []
    if one.below:
        told.append(f"below four fifths, {_short(one.persons_short)}")
    if one.reversed_by_one:
        told.append("one decision the other way would reverse this")
    if one.small:
        told.append("under 2 % of the people: need not be compared")
    return "; ".join(told) or None


def _passages(table: GroupTable, found: tuple[FourFifths, ...]) -> Passages:
    """Lay every count of one table out."""
    return Passages(
        title=f"Counts by {table.attribute}",
        headings=_HEADINGS,
        rows=tuple(_row(one) for one in found),
    )


def _row(one: FourFifths) -> tuple[str, ...]:
    """Write one category."""
    category = one.category
    reference = category is one.reference
    return (
        category.name,
        f"{category.people:,}",
        f"{category.favoured:,}",
        f"{100 * float(category.rate or 0):.1f} %",
        _ratio(one),
        "reference" if reference else "yes" if one.below else "no",
        "–" if reference else str(one.persons_short),
        "–" if reference else "yes" if one.reversed_by_one else "no",
        "–"
        if reference
        else "<0.0001"
        if one.fisher_mid_p < 0.0001
        else f"{one.fisher_mid_p:.4f}",
        "–" if reference or one.z is None else f"{one.z:.2f}",
    )


def _ratio(one: FourFifths) -> str:
    """Write a ratio so that what is below does not read as four fifths."""
    ratio = one.impact_ratio
    if ratio is None:
        return "–"
    written = f"{ratio:.3f}"
    return written if written != "0.800" or ratio >= 0.8 else f"{ratio:.6f}"


def _short(persons: int) -> str:
    """Write how many are missing."""
    return f"{persons} person{'s' if persons != 1 else ''} short"


def _favourable(part: DecisionAudit) -> str:
    """Say which decision counts as favourable."""
    if part.roles.favourable == "not-selected":
        return "a negative prediction"
    return "a positive prediction"


_NOTES = (
    Note(
        id="not_legal_advice",
        kind="limit",
        text="This is not legal advice. The practice is a rule of thumb of the agencies: a "
        "smaller difference can be unlawful and a greater one lawful.",
    ),
    Note(
        id="two_percent",
        kind="assumption",
        text="The reference is the highest rate among groups of at least 2 % of the "
        "people, so that a tiny group cannot be it.",
    ),
)
