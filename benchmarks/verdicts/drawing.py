"""Draw people whose true rates are known, and make the tables an audit makes of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from fairaudit.core.cells import Cells
from fairaudit.core.requirements import CriterionGate, Requirements
from fairaudit.metrics.by_group import TableSettings, group_table
from fairaudit.policy.judging import judge
from fairaudit.tally.counts import Counts, Key

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from fairaudit.core.evidence import GroupTable
    from fairaudit.core.verdict import Verdict

DAY = date(2026, 1, 1)
"""No waiver is simulated, so that the day does not matter."""


def gate(criterion: str, tolerance: float, *, ratio: bool = False) -> CriterionGate:
    """Ask for a criterion within a tolerance."""
    measure = "ratio" if ratio else "difference"
    return CriterionGate(criterion=criterion, tolerance=tolerance, measure=measure)  # type: ignore[arg-type]


def verdicts(
    tables: Sequence[GroupTable], *gates: CriterionGate, min_group: int | None = None
) -> tuple[Verdict, ...]:
    """Judge tables exactly as the command does."""
    asked = Requirements(criteria=gates, min_group=min_group)
    return judge(tables, asked, favourable=None, seed=0, today=DAY)


def table(cells: Sequence[Cells], *, compare: str = "pairs") -> GroupTable:
    """Count one attribute; its groups are called a, b, c and so on."""
    counts = Counts(
        attributes=("group",),
        cells={
            Key(groups=(name,)): here
            for name, here in zip(names(len(cells)), cells, strict=True)
        },
    )
    return group_table(counts, ("group",), settings(compare, cells))


def settings(compare: str, cells: Sequence[Cells]) -> TableSettings:
    """Show the rates that need labels where there are labels."""
    labelled = any(here.complete for here in cells)
    return TableSettings(compare=compare, labelled=labelled, withheld={})


def names(count: int) -> list[str]:
    """Name groups so that their order is that of the alphabet."""
    return [f"group {place:02d}" for place in range(count)]


def decided(
    rng: np.random.Generator, people: Sequence[int], rates: Sequence[float]
) -> list[Cells]:
    """Draw who is selected, group by group, each person with the group's rate."""
    hits = rng.binomial(people, rates)
    return [
        Cells(unlabelled_selected=int(x), unlabelled_rejected=n - int(x))
        for x, n in zip(hits, people, strict=True)
    ]


def classified(
    rng: np.random.Generator,
    people: Sequence[int],
    *,
    base: Sequence[float],
    tpr: Sequence[float],
    fpr: Sequence[float],
) -> list[Cells]:
    """Draw labels with the groups' base rates, then predictions with their error rates."""
    positives = rng.binomial(people, base)
    tp = rng.binomial(positives, tpr)
    fp = rng.binomial(people - positives, fpr)
    return [
        Cells(tp=int(a), fn=int(p - a), fp=int(b), tn=int(n - p - b))
        for n, p, a, b in zip(people, positives, tp, fp, strict=True)
    ]


def predicted(
    rng: np.random.Generator,
    people: Sequence[int],
    *,
    selection: Sequence[float],
    ppv: Sequence[float],
    omission: Sequence[float],
) -> list[Cells]:
    """Draw predictions first, then labels that they are right about as often as told."""
    chosen = rng.binomial(people, selection)
    tp = rng.binomial(chosen, ppv)
    fn = rng.binomial(people - chosen, omission)
    return [
        Cells(tp=int(a), fp=int(s - a), fn=int(m), tn=int(n - s - m))
        for n, s, a, m in zip(people, chosen, tp, fn, strict=True)
    ]
