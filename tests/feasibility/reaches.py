"""Groups with scores: any, drawn by hypothesis, and two that many tests look at."""

from __future__ import annotations

from hypothesis import strategies as st

from fairaudit.feasibility.hull import Steps, steps
from fairaudit.feasibility.regions import regions

LEVELS = st.lists(
    st.tuples(st.integers(0, 200), st.integers(0, 200)), min_size=1, max_size=8
).filter(lambda levels: all(map(any, zip(*levels, strict=True))))
"""Positives and negatives at each score of one group, with some of either."""

REACH = regions(
    [
        steps("a", [3, 2, 1], [60, 30, 10], [10, 30, 60]),
        steps("b", [3, 2, 1], [30, 12, 8], [5, 15, 80]),
    ]
)

MIXTURES = st.lists(
    st.floats(0.02, 1), min_size=len(REACH.group), max_size=len(REACH.group)
)


def group(name: str, levels: list[tuple[int, int]]) -> Steps:
    return steps(name, range(len(levels)), *zip(*levels, strict=True))
