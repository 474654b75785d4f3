from __future__ import annotations

from itertools import combinations, product

import pytest

from fairaudit.core.cells import Cells
from fairaudit.criteria.catalogue import catalogue
from fairaudit.criteria.criterion import Criterion
from fairaudit.criteria.incompatibility import exclude_each_other
from fairaudit.tally.rates import (
    FALSE_NEGATIVE_RATE,
    POSITIVE_PREDICTIVE_VALUE,
    TRUE_POSITIVE_RATE,
    Rate,
    proportion,
)

PAIRS = [
    pytest.param(*pair, id=f"{pair[0].id}+{pair[1].id}")
    for pair in combinations(catalogue().values(), 2)
    if not any(criterion.stratified for criterion in pair)
]


def rates_of(point: list[float], first: Criterion, second: Criterion) -> list[float]:
    base, tpr, fpr = point
    cells = Cells(
        tp=base * tpr, fn=base * (1 - tpr), fp=(1 - base) * fpr, tn=(1 - base) * (1 - fpr)
    )
    values = [proportion(rate, cells).value for rate in (*first.rates, *second.rates)]
    assert None not in values
    return [value for value in values if value is not None]


def rank(rows: list[list[float]]) -> int:
    """Count independent rows by elimination with pivoting."""
    found, matrix = 0, [row[:] for row in rows]
    for column in range(3):
        pivot = max(matrix[found:], key=lambda row: abs(row[column]), default=None)
        if pivot is None or abs(pivot[column]) < 1e-4:
            continue
        matrix.remove(pivot)
        matrix.insert(found, pivot)
        for row in matrix[found + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
        found += 1
    return found


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_criteria_exclude_each_other_exactly_when_their_rates_fix_the_base_rate(
    first: Criterion, second: Criterion
) -> None:
    # Three functions of (base rate, TPR, FPR) with independent gradients have one solution
    # nearby; two leave a curve on which the base rate moves.
    step = 1e-6
    for point in map(list, product((0.2, 0.45, 0.7), (0.3, 0.65, 0.8), (0.1, 0.4, 0.55))):
        here = rates_of(point, first, second)
        gradients: list[list[float]] = [[] for _ in here]
        for axis in range(3):
            moved = point[:]
            moved[axis] += step
            for row, there, value in zip(
                gradients, rates_of(moved, first, second), here, strict=True
            ):
                row.append((there - value) / step)
        assert (rank(gradients) == 3) == exclude_each_other(first, second), point


def test_the_triples_of_the_literature_exclude_each_other() -> None:
    known = catalogue()
    # Chouldechova 2017: PPV with both error rates. Kleinberg et al. 2016 likewise for
    # scores; Berk et al. 2021 for conditional use accuracy.
    for one, other in (
        ("predictive_parity", "equalized_odds"),
        ("conditional_use_accuracy_equality", "equalized_odds"),
        ("demographic_parity", "equalized_odds"),
        ("demographic_parity", "conditional_use_accuracy_equality"),
    ):
        assert exclude_each_other(known[one], known[other])
        assert exclude_each_other(known[other], known[one])


def test_single_rates_never_exclude_each_other() -> None:
    single = [one for one in catalogue().values() if len(one.rates) == 1]
    assert not any(exclude_each_other(*pair) for pair in combinations(single, 2))


def test_a_rate_and_its_complement_count_once() -> None:
    def made(*rates: Rate) -> Criterion:
        return Criterion(
            id="x", question="?", rates=rates, references=(), right_when=(), blind_to=()
        )

    both = made(TRUE_POSITIVE_RATE, FALSE_NEGATIVE_RATE)
    assert not exclude_each_other(both, made(POSITIVE_PREDICTIVE_VALUE))


def test_within_strata_nothing_is_excluded() -> None:
    known = catalogue()
    stratified = known["conditional_demographic_parity"]
    assert not exclude_each_other(stratified, known["equalized_odds"])
