"""A gap that grew by exactly what is allowed must not pass, and must not fail."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from benchmarks.verdicts.case import Case, Watched
from benchmarks.verdicts.drawing import names
from benchmarks.verdicts.section import Section, View
from fairaudit.auditing.growth import growth_shown
from fairaudit.auditing.paired_findings import gap_change
from fairaudit.criteria.catalogue import criterion_named
from fairaudit.tally.paired_counts import PairedGroup

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np

    from benchmarks.verdicts.case import Trial
    from fairaudit.core.verdict import Status
    from fairaudit.tally.paired_counts import CellPair

    Chances = dict[CellPair, float]
    System = Callable[[float], tuple[Chances, Chances, Chances]]

ID = "growth"
ALLOWED = 0.05
GROUPS = (2, 6, 12)
WEIGHTS = {2: 2.0, 6: 1.0, 12: 0.4}
"""More runs for few groups, which are the nearest to the bound and the cheapest."""

GROWTHS = (0.02, 0.05)
SIZES: dict[str, Callable[[int], list[int]]] = {
    "100 each": lambda groups: [100] * groups,
    "300 each": lambda groups: [300] * groups,
    "5,000 each": lambda groups: [5000] * groups,
    "5,000, others 50": lambda groups: [5000] + [50] * (groups - 1),
}
ENOUGH = {name: int(name.replace(",", "")) for name in ("300", "1,000", "3,000", "10,000")}
CHURN = {"nobody": 0.0, "1 %": 0.01, "5 %": 0.05}
"""The share of the selected whom a system that is no less fair decides anew."""

CHANGED: dict[str, tuple[float, float, Status]] = {
    "0 to 0.1 fails": (0.0, 0.1, "fail"),
    "0.15 to 0.25 fails": (0.15, 0.25, "fail"),
    "0.15 to 0.05 passes": (0.15, 0.05, "pass"),
    "0.1 to 0 passes": (0.1, 0.0, "pass"),
}
"""By how much the first group is ahead before and after, and what the verdict should be."""

WHAT: dict[Status, str] = {"pass": "passes", "fail": "fails"}

PRECISION = "precision"
"""Needs draws for every group, and so has fewer runs and no twelve groups."""

PARITY, PREDICTIVE = "demographic_parity", "predictive_parity"


def section() -> Section:
    """Give what must not pass or fail, then what should pass."""
    return Section(
        id=ID,
        title="Two systems: by how much the largest gap grew",
        text=(
            "Old and new system decide about the same people, and the largest gap truly "
            "grows by exactly the margin, 0.02 or 0.05: of the growths that must not pass "
            "the most difficult, and of those that must not fail. A verdict of either "
            "kind is false. Fair before: all rates are 0.3 (rare: 0.02), and the new "
            "system selects more of the first group. Churn: it also decides 5 % of the "
            "selected anew in every group, and as many of the others. Unfair before, with "
            "churn: the first group is 0.15 ahead already. Another pair, with churn: the "
            "first group is 0.15 ahead before, the last one after. Precision: of the 40 % "
            "selected 70 % are truly positive, and more in the first group after, as the "
            "new system drops some who are not (predictive parity). Without growth all "
            "rates are 0.3, before and after; a *pass* is right, and how often it comes "
            "is not promised. Nor is it where the gap changes by far more than the "
            "margin, with churn, and a *fail* or a *pass* is right."
        ),
        views=(
            View(
                rows=("systems", "groups"),
                across="people",
                where={"verdict": "pass"},
                title="Growth by the margin that passes, the worst of both margins",
            ),
            View(
                rows=("systems", "groups"),
                across="people",
                where={"verdict": "fail"},
                title="Growth by the margin that fails, the worst of both margins",
            ),
            View(
                rows=("margin", "groups", "decided anew"),
                across="people in each",
                where={"growth": "none"},
                title="No growth, fair before and after: how often it passes",
            ),
            View(
                rows=("gap", "groups"),
                across="people in each",
                where={"growth": "far"},
                title="Change by far more: how often it fails, or passes, within 0.02",
            ),
        ),
        cases=(
            *(
                _grown(*one)
                for one in product(SYSTEMS, GROUPS, SIZES, GROWTHS)
                if one[:2] != (PRECISION, 12)
            ),
            *(_steady(*one) for one in product(GROUPS, CHURN, ENOUGH)),
            *(_changed(*one) for one in product(CHANGED, GROUPS, ENOUGH)),
        ),
    )


def selected(before: float, after: float, churn: float = 0.0) -> Chances:
    """Give one group's chances of being selected by both systems, by one, or by none.

    As many are newly selected as are newly rejected, and then those that make the change.
    """
    lost = churn * before + max(0.0, before - after)
    won = churn * before + max(0.0, after - before)
    yes, no = "unlabelled_selected", "unlabelled_rejected"
    return {
        (yes, yes): before - lost,
        (yes, no): lost,
        (no, yes): won,
        (no, no): 1 - before - won,
    }


def precise(before: float, after: float) -> Chances:
    """Give chances under which the new system drops false alarms, 40 % being selected."""
    true, false = 0.4 * before, 0.4 * (1 - before)
    kept = true * (1 - after) / after
    return {
        ("tp", "tp"): true,
        ("fp", "fp"): kept,
        ("fp", "tn"): false - kept,
        ("tn", "tn"): 0.4,
        ("fn", "fn"): 0.2,
    }


SYSTEMS: dict[str, System] = {
    "fair before": lambda grown: (
        selected(0.3, 0.3 + grown),
        selected(0.3, 0.3),
        selected(0.3, 0.3),
    ),
    "fair before, rare": lambda grown: (
        selected(0.02, 0.02 + grown),
        selected(0.02, 0.02),
        selected(0.02, 0.02),
    ),
    "fair before, churn": lambda grown: (
        selected(0.3, 0.3 + grown, 0.05),
        selected(0.3, 0.3, 0.05),
        selected(0.3, 0.3, 0.05),
    ),
    "unfair before": lambda grown: (
        selected(0.45, 0.45 + grown, 0.05),
        selected(0.3, 0.3, 0.05),
        selected(0.3, 0.3, 0.05),
    ),
    "another pair": lambda grown: (
        selected(0.45, 0.3, 0.05),
        selected(0.3, 0.3, 0.05),
        selected(0.3, 0.45 + grown, 0.05),
    ),
    PRECISION: lambda grown: (
        precise(0.7, 0.7 + grown),
        precise(0.7, 0.7),
        precise(0.7, 0.7),
    ),
}
"""Chances of the first group, of those in between and of the last, by the true growth."""


def _grown(systems: str, groups: int, sizes: str, growth: float) -> Case:
    """Make a case whose gap grows by the margin."""
    first, between, last = SYSTEMS[systems](growth)
    chances = [first, *[between] * (groups - 2), last]
    criterion = PREDICTIVE if systems == PRECISION else PARITY
    return Case(
        section=ID,
        settings={
            "systems": systems,
            "groups": str(groups),
            "people": sizes,
            "growth": f"{growth:g}",
        },
        watched=tuple(
            Watched(settings={"verdict": status}, what=what, bound=ALLOWED)
            for status, what in WHAT.items()
        ),
        trial=_judged(
            criterion, SIZES[sizes](groups), chances, [(growth, "pass"), (growth, "fail")]
        ),
        weight=WEIGHTS[groups] * (0.3 if systems == PRECISION else 1.0),
    )


def _steady(groups: int, churn: str, people: str) -> Case:
    """Make a case whose gap stays none."""
    return Case(
        section=ID,
        settings={
            "groups": str(groups),
            "decided anew": churn,
            "people in each": people,
            "growth": "none",
        },
        watched=tuple(
            Watched(settings={"margin": f"{margin:g}"}, what="passes", side="at least")
            for margin in GROWTHS
        ),
        trial=_judged(
            PARITY,
            [ENOUGH[people]] * groups,
            [selected(0.3, 0.3, CHURN[churn])] * groups,
            [(margin, "pass") for margin in GROWTHS],
        ),
        weight=0.2,
    )


def _changed(gap: str, groups: int, people: str) -> Case:
    """Make a case whose gap grows or shrinks by far more than the margin."""
    before, after, status = CHANGED[gap]
    return Case(
        section=ID,
        settings={
            "gap": gap,
            "groups": str(groups),
            "people in each": people,
            "growth": "far",
        },
        watched=(Watched(settings={"margin": "0.02"}, what=WHAT[status], side="at least"),),
        trial=_judged(
            PARITY,
            [ENOUGH[people]] * groups,
            [
                selected(0.3 + before, 0.3 + after, 0.05),
                *[selected(0.3, 0.3, 0.05)] * (groups - 1),
            ],
            [(0.02, status)],
        ),
        weight=0.2,
    )


def _judged(
    criterion: str,
    people: Sequence[int],
    chances: Sequence[Chances],
    watched: Sequence[tuple[float, Status]],
) -> Trial:
    """Draw both systems' decisions and see which verdicts come of them, by margin."""

    def trial(rng: np.random.Generator) -> list[float]:
        groups = tuple(
            PairedGroup(name=name, pairs=_drawn(rng, size, here))
            for name, size, here in zip(names(len(people)), people, chances, strict=True)
        )
        change = gap_change(criterion_named(criterion), groups, "group", 0)
        judged = {
            margin: "undecided"
            if change.undefined_because
            else growth_shown(change, margin, 1)[0]
            for margin, _ in watched
        }
        return [float(judged[margin] == status) for margin, status in watched]

    return trial


def _drawn(rng: np.random.Generator, people: int, chances: Chances) -> dict[CellPair, int]:
    """Draw one group."""
    # What chances sum to beyond 1 is rounding.
    counted = rng.multinomial(people, [max(one, 0.0) for one in chances.values()])
    return dict(zip(chances, counted.tolist(), strict=True))
