"""A true gap of exactly the tolerance must not pass: more groups, criteria, measures."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from benchmarks.verdicts.case import Case
from benchmarks.verdicts.drawing import classified, decided, gate, predicted
from benchmarks.verdicts.false_pass import PASSES, passing
from benchmarks.verdicts.section import Section, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from benchmarks.verdicts.case import Trial
    from fairaudit.core.cells import Cells

ID = "false_pass_elsewhere"
SIZES = (1000, 5000)


def section() -> Section:
    """Give the cases."""
    return Section(
        id=ID,
        title="Unfair data that pass: more groups, other criteria and measures",
        text=(
            "Again the largest true gap is exactly the tolerance: between one group and "
            "all others, in one of two error rates, against the rest, as a ratio, or "
            "within a declared scope beside two groups too small for it."
        ),
        views=(
            View(
                rows=("gated", "true rates", "tolerance", "groups"),
                across="people in each",
                where={},
            ),
        ),
        cases=tuple(
            one
            for size in SIZES
            for cases in (_groups, _odds, _precision, _ways)
            for one in cases(size)
        ),
    )


def _groups(size: int) -> Iterator[Case]:
    """One group is off, or half of them are."""
    for groups, (low, high) in product((3, 6, 12), ((0.02, 0.07), (0.2, 0.3))):
        for off, words in ((1, "one of them"), (groups // 2, "half of them")):
            if (groups, off, words) == (3, 1, "half of them"):
                continue
            rates = [high] * off + [low] * (groups - off)
            tolerance = round(high - low, 9)
            yield _case(
                "demographic parity",
                f"{low:g}, {words} {high:g}",
                tolerance,
                groups,
                size,
                _selecting([size] * groups, rates, tolerance),
            )


def _selecting(people: list[int], rates: list[float], tolerance: float) -> Trial:
    """Draw selections and gate demographic parity."""

    def draw(rng: np.random.Generator) -> list[Cells]:
        return decided(rng, people, rates)

    return passing(draw, gate("demographic_parity", tolerance))


def _odds(size: int) -> Iterator[Case]:
    """One of the two error rates is off, or both."""
    offs = (
        ("TPR 0.7 and 0.8, FPR 0.1", (0.7, 0.8), (0.1, 0.1)),
        ("TPR 0.8, FPR 0.002 and 0.102", (0.8, 0.8), (0.002, 0.102)),
        ("TPR 0.9 and 1, FPR 0 and 0.1", (0.9, 1.0), (0.0, 0.1)),
    )
    for words, tpr, fpr in offs:

        def draw(
            rng: np.random.Generator,
            tpr: tuple[float, ...] = tpr,
            fpr: tuple[float, ...] = fpr,
        ) -> list[Cells]:
            return classified(rng, [size, size], base=[0.3, 0.5], tpr=tpr, fpr=fpr)

        yield _case(
            "equalized odds",
            words,
            0.1,
            2,
            size,
            passing(draw, gate("equalized_odds", 0.1)),
        )


def _precision(size: int) -> Iterator[Case]:
    """Selections are right less often in one group."""

    def draw(rng: np.random.Generator) -> list[Cells]:
        return predicted(
            rng, [size] * 2, selection=[0.2, 0.4], ppv=[0.6, 0.7], omission=[0.1] * 2
        )

    yield _case(
        "predictive parity",
        "PPV 0.6 and 0.7",
        0.1,
        2,
        size,
        passing(draw, gate("predictive_parity", 0.1)),
    )


def _ways(size: int) -> Iterator[Case]:
    """Against the rest, as a ratio, and within a scope."""
    four = [size] * 4
    yield _case(
        "demographic parity, against rest",
        "0.2, one of them 0.3",
        0.1,
        4,
        size,
        passing(
            lambda rng: decided(rng, four, [0.3, 0.2, 0.2, 0.2]),
            gate("demographic_parity", 0.1),
            compare="rest",
        ),
    )
    for low, high in ((0.08, 0.1), (0.4, 0.5), (0.8, 1.0)):

        def draw(
            rng: np.random.Generator, low: float = low, high: float = high
        ) -> list[Cells]:
            return decided(rng, [size, size], [low, high])

        yield _case(
            "demographic parity as a ratio",
            f"{low:g} and {high:g}",
            0.8,
            2,
            size,
            passing(draw, gate("demographic_parity", 0.8, ratio=True)),
        )
    yield _case(
        "demographic parity, groups of 30 or more",
        "0.2, one of them 0.3; and 0.2 in groups of 20 and 12",
        0.1,
        6,
        size,
        passing(
            lambda rng: decided(rng, [*four, 20, 12], [0.3, *[0.2] * 5]),
            gate("demographic_parity", 0.1),
            min_group=30,
        ),
    )


def _case(
    gated: str, rates: str, tolerance: float, groups: int, size: int, trial: Trial
) -> Case:
    """Put a case together."""
    return Case(
        section=ID,
        settings={
            "gated": gated,
            "true rates": rates,
            "tolerance": f"{tolerance:g}",
            "groups": str(groups),
            "people in each": f"{size:,}",
        },
        watched=(PASSES,),
        trial=trial,
    )
