"""Exactly fair data must not fail: other criteria, comparisons, measures and families."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.verdicts.case import Case, Watched
from benchmarks.verdicts.drawing import (
    classified,
    decided,
    gate,
    predicted,
    settings,
    table,
    verdicts,
)
from benchmarks.verdicts.false_fail import ALLOWED, SIZES, failing, watched
from benchmarks.verdicts.section import Section, View
from fairaudit.metrics.by_group import group_table
from fairaudit.tally.counts import Counts, Key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from fairaudit.core.evidence import GroupTable
    from fairaudit.core.requirements import CriterionGate

ID = "false_fail_elsewhere"
TOLERANCES = (0.0, 0.05)
ERROR_RATES = ((0.8, 0.1), (0.9, 0.01), (0.2, 0.002))
DEAR = {6: 0.5, 10: 0.5, 12: 0.25, 30: 0.1}
"""Shares of the runs that must do with so many groups."""


def section() -> Section:
    """Give the cases."""
    return Section(
        id=ID,
        title="Fair data that fail: other criteria, comparisons and families",
        text=(
            "Groups differ in base rates (from 0.1 to 0.5) under equalized odds and in how "
            "many are selected (from 0.1 to 0.4) under predictive parity, and are exactly "
            "equal in what the criterion compares. Where several things are gated in one "
            "run, a failure of any of them counts."
        ),
        views=(
            View(
                rows=("gated", "true rates", "groups", "people"),
                across="tolerance",
                where={},
            ),
        ),
        cases=(
            *_equalized_odds(),
            *_predictive_parity(),
            *_comparisons(),
            *_ratios(),
            *_families(),
        ),
    )


def spread(low: float, high: float, groups: int) -> list[float]:
    """Space values of the groups evenly."""
    return [float(one) for one in np.linspace(low, high, groups)]


def _equalized_odds() -> Iterator[Case]:
    """Both error rates equal, over sizes and groups."""
    sizes = ("100 each", "1,000 each", "5,000, others 50")
    for groups, size, rates in product((2, 6, 12, 30), sizes, ERROR_RATES):
        if groups == 30 and size != "5,000, others 50":
            continue
        yield _case(
            "equalized odds",
            f"TPR {rates[0]:g}, FPR {rates[1]:g}",
            size,
            groups,
            failing("equalized_odds", _odds(SIZES[size](groups), *rates), TOLERANCES),
        )


def _odds(
    people: Sequence[int], tpr: float, fpr: float
) -> Callable[[np.random.Generator], list[GroupTable]]:
    """Draw groups with the same error rates and different base rates."""
    groups = len(people)

    def draw(rng: np.random.Generator) -> list[GroupTable]:
        base = spread(0.1, 0.5, groups)
        cells = classified(rng, people, base=base, tpr=[tpr] * groups, fpr=[fpr] * groups)
        return [table(cells)]

    return draw


def _predictive_parity() -> Iterator[Case]:
    """Selections right equally often, over sizes and groups."""
    sizes = ("100 each", "1,000 each", "5,000, others 50")
    for groups, size, ppv in product((2, 6, 12), sizes, (0.6, 0.98)):
        people = SIZES[size](groups)
        chosen = spread(0.1, 0.4, groups)

        def draw(
            rng: np.random.Generator,
            people: Sequence[int] = people,
            chosen: Sequence[float] = chosen,
            ppv: float = ppv,
        ) -> list[GroupTable]:
            same = [ppv] * len(people)
            omission = [0.1] * len(people)
            return [
                table(predicted(rng, people, selection=chosen, ppv=same, omission=omission))
            ]

        yield _case(
            "predictive parity",
            f"PPV {ppv:g}",
            size,
            groups,
            failing("predictive_parity", draw, TOLERANCES),
        )


def _comparisons() -> Iterator[Case]:
    """Each group against all others, and against a reference."""
    ways = ("rest", "reference:group 00")
    for way, groups, rate in product(ways, (6, 12), (0.005, 0.2)):

        def draw(
            rng: np.random.Generator,
            way: str = way,
            groups: int = groups,
            rate: float = rate,
        ) -> list[GroupTable]:
            people = SIZES["5,000, others 50"](groups)
            return [table(decided(rng, people, [rate] * groups), compare=way)]

        yield _case(
            f"demographic parity, against {way.partition(':')[0]}",
            f"selection rate {rate:g}",
            "5,000, others 50",
            groups,
            failing("demographic_parity", draw, TOLERANCES),
        )


def _ratios() -> Iterator[Case]:
    """Smaller over larger at least 1 (any difference fails), and at least 0.8."""
    for size, rate in product(("100 each", "5,000, others 50"), (0.02, 0.2, 0.5)):

        def trial(
            rng: np.random.Generator, size: str = size, rate: float = rate
        ) -> list[float]:
            one = table(decided(rng, SIZES[size](6), [rate] * 6))
            return [
                float(_any_fails([one], gate("demographic_parity", least, ratio=True)))
                for least in (1.0, 0.8)
            ]

        yield Case(
            section=ID,
            settings={
                "gated": "demographic parity as a ratio",
                "true rates": f"selection rate {rate:g}",
                "groups": "6",
                "people": size,
            },
            watched=tuple(
                Watched(settings={"tolerance": f"ratio {r:g}"}, what="fails", bound=ALLOWED)
                for r in (1.0, 0.8)
            ),
            trial=trial,
            weight=DEAR[6],
        )


def _families() -> Iterator[Case]:
    """Several attributes with their crossing, and several criteria, in one run."""
    for rate in (0.005, 0.2):

        def draw(rng: np.random.Generator, rate: float = rate) -> list[GroupTable]:
            return _sex_race_and_crossing(rng, rate)

        yield _case(
            "demographic parity on sex, race and their crossing",
            f"selection rate {rate:g}",
            "5,000, others 50 per crossing",
            10,
            failing("demographic_parity", draw, TOLERANCES),
        )
    for size in ("100 each", "5,000, others 50"):
        yield _case(
            "demographic parity, equalized odds and predictive parity together",
            "base rate 0.3, TPR 0.7, FPR 0.1",
            size,
            6,
            _all_three(SIZES[size](6)),
        )


def _sex_race_and_crossing(rng: np.random.Generator, rate: float) -> list[GroupTable]:
    """Draw two by five crossings; an audit gates both attributes and the crossing."""
    crossings = [(sex, race) for sex in ("f", "m") for race in "abcde"]
    cells = decided(rng, SIZES["5,000, others 50"](10), [rate] * 10)
    counts = Counts(
        attributes=("sex", "race"),
        cells={Key(groups=key): here for key, here in zip(crossings, cells, strict=True)},
    )
    pairs, rest = settings("pairs", cells), settings("rest", cells)
    return [
        group_table(counts, ("sex",), pairs),
        group_table(counts, ("race",), pairs),
        group_table(counts, ("sex", "race"), rest),
    ]


def _all_three(people: Sequence[int]) -> Callable[[np.random.Generator], list[float]]:
    """Gate the three main criteria on groups that are alike in everything."""
    asked = ("demographic_parity", "equalized_odds", "predictive_parity")

    def trial(rng: np.random.Generator) -> list[float]:
        groups = len(people)
        cells = classified(
            rng, people, base=[0.3] * groups, tpr=[0.7] * groups, fpr=[0.1] * groups
        )
        return [
            float(_any_fails([table(cells)], *(gate(name, t) for name in asked)))
            for t in TOLERANCES
        ]

    return trial


def _any_fails(tables: Sequence[GroupTable], *gates: CriterionGate) -> bool:
    """Tell whether anything fails."""
    return any(one.status == "fail" for one in verdicts(tables, *gates))


def _case(
    gated: str,
    rates: str,
    size: str,
    groups: int,
    trial: Callable[[np.random.Generator], Sequence[float]],
) -> Case:
    """Put a case together; many comparisons are dear and get fewer runs."""
    return Case(
        section=ID,
        settings={
            "gated": gated,
            "true rates": rates,
            "groups": str(groups),
            "people": size,
        },
        watched=watched(TOLERANCES),
        trial=trial,
        weight=DEAR.get(groups, 1.0),
    )
