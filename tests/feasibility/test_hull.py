from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.errors import InputError
from fairaudit.feasibility.hull import Hull, Steps, hull, steps

levels = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=12)


def as_rates(of: Hull) -> list[list[float]]:
    upper = slice(of.n_upper)
    return np.stack(
        [of.fp[upper] / of.fp.max(), of.tp[upper] / of.tp.max()], axis=1
    ).tolist()


def test_the_corners_are_those_of_the_reference(reference: dict[str, Any]) -> None:
    for case in reference["hull"]:
        table = case["score_level_tables_pos_neg"]
        found = hull(steps("a", range(len(table)), *zip(*table, strict=True)))
        expected = np.array(case["expected_vertices_fpr_tpr"])
        assert np.array(as_rates(found)) == pytest.approx(expected, abs=1e-8)


def test_the_corners_of_the_achievable_cases_are_those_of_the_reference(
    reference: dict[str, Any],
) -> None:
    for case in reference["achievable"]:
        for name, table in case["score_level_tables_pos_neg"].items():
            found = hull(steps(name, range(len(table)), *zip(*table, strict=True)))
            expected = case["hull_vertices_fpr_tpr"][name]
            assert np.array(as_rates(found)) == pytest.approx(np.array(expected), abs=1e-8)


def both(table: list[tuple[int, int]]) -> Steps:
    positives, negatives = zip(*[*table, (1, 0), (0, 1)], strict=True)
    return steps("a", range(len(positives)), positives, negatives)


@given(levels)
def test_every_threshold_lies_between_the_chains_and_every_corner_is_needed(
    table: list[tuple[int, int]],
) -> None:
    of = both(table)
    found = hull(of)
    upper = list(zip(found.fp, found.tp, strict=True))[: found.n_upper]
    lower = [upper[0], *list(zip(found.fp, found.tp, strict=True))[found.n_upper :][::-1]]
    lower.append(upper[-1])
    reached = zip([0, *np.cumsum(of.negatives)], [0, *np.cumsum(of.positives)], strict=True)
    for fp, tp in reached:
        assert height(lower, fp, least=True) <= tp <= height(upper, fp, least=False)
    for chain, turn in ((upper, -1), (lower, 1)):
        for (x0, y0), (x1, y1), (x2, y2) in zip(chain, chain[1:], chain[2:], strict=False):
            crossed = int(x1 - x0) * int(y2 - y1) - int(y1 - y0) * int(x2 - x1)
            assert turn * crossed > 0


def height(chain: list[tuple[Any, Any]], fp: int, *, least: bool) -> Fraction:
    """Interpolate along a chain, exactly; at a vertical edge take one of its ends."""
    heights = []
    for (x0, y0), (x1, y1) in pairwise(chain):
        if x0 <= fp <= x1:
            if x0 == x1:
                heights += [Fraction(int(y0)), Fraction(int(y1))]
            else:
                part = Fraction(int(fp - x0), int(x1 - x0))
                heights.append(int(y0) + part * int(y1 - y0))
    return min(heights) if least else max(heights)


@given(levels, st.randoms(use_true_random=False))
def test_the_order_of_levels_and_ties_do_not_matter(
    table: list[tuple[int, int]], random: Random
) -> None:
    of = both(table)
    rows = [
        (score, *one)
        for score, positive, negative in zip(
            of.scores, of.positives, of.negatives, strict=True
        )
        for one in [(1, 0)] * positive + [(0, 1)] * negative
    ]
    random.shuffle(rows)
    again = steps("a", *zip(*rows, strict=True))
    assert again.positives.tolist() == of.positives.tolist()
    assert hull(again).levels.tolist() == hull(of).levels.tolist()


def test_many_levels_give_what_the_plain_scan_of_a_few_gives() -> None:
    rng = np.random.default_rng(4)
    label = rng.random(30_000) < 0.4
    score = rng.normal(size=30_000) + label
    fine = hull(steps("a", score, label, ~label))
    # Straight from the definition: from each corner to the steepest point beyond it.
    order = np.argsort(-score)
    tp = np.concatenate([[0], np.cumsum(label[order])])
    fp = np.concatenate([[0], np.cumsum(~label[order])])
    at, corners = 0, [0]
    while at < 30_000:
        slopes = np.arctan2(tp[at + 1 :] - tp[at], fp[at + 1 :] - fp[at])
        at += 1 + int(np.flatnonzero(slopes == slopes.max())[-1])
        corners.append(at)
    assert fine.levels[: fine.n_upper].tolist() == corners


def test_counts_too_large_for_64_bit_products_stay_exact() -> None:
    big = 10**10
    found = hull(steps("a", [2, 1, 0], [big, big + 1, big], [big, big, big]))
    # The middle level is better than the first by one in ten thousand million.
    assert found.levels.tolist() == [0, 2, 3, 1]


@pytest.mark.parametrize(
    ("positives", "negatives", "missing"),
    [([0, 0], [3, 4], "positive"), ([3, 4], [0, 0], "negative")],
)
def test_a_group_without_an_outcome_is_refused_by_name(
    positives: list[int], negatives: list[int], missing: str
) -> None:
    with pytest.raises(InputError, match=f"nobody in group Green has a {missing} label"):
        steps("Green", [1, 2], positives, negatives)
