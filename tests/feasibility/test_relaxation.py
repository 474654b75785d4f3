from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fairaudit.feasibility.linear_program import Solver
from fairaudit.feasibility.narrowing import Narrowing
from fairaudit.feasibility.question import parities, question
from fairaudit.feasibility.regions import Regions, among
from fairaudit.feasibility.relaxation import Box, Program, first_box, relaxation
from fairaudit.feasibility.rules import rates
from fairaudit.tally.rates import (
    NEGATIVE_PREDICTIVE_VALUE,
    POSITIVE_PREDICTIVE_VALUE,
    TRUE_POSITIVE_RATE,
)
from tests.feasibility.reaches import MIXTURES, REACH

RATES = (TRUE_POSITIVE_RATE, POSITIVE_PREDICTIVE_VALUE, NEGATIVE_PREDICTIVE_VALUE)


def mixture(given_: list[float]) -> np.ndarray:
    weights = np.array(given_)
    return weights / np.add.reduceat(weights, REACH.starts)[REACH.group]


def excesses(
    of: Regions, program: Program, cells: np.ndarray, unknowns: np.ndarray
) -> np.ndarray:
    return (
        (cells[program.group] * program.cells).sum(axis=1)
        + program.unknowns @ unknowns
        - program.limit
    )


@settings(deadline=None)
@given(MIXTURES, st.floats(0, 0.3), st.floats(0, 0.3))
def test_every_rule_keeps_the_rows_of_every_box_that_holds_it(
    given_: list[float], below: float, above: float
) -> None:
    cells = REACH.mixed(mixture(given_))
    found = [rates(cells, rate) for rate in RATES]
    apart = max(float(np.ptp(one)) for one in found)
    asked = question(parities(RATES, apart), selection_rate=None)
    levels = [float(one.min()) for one in found]
    box = Box(
        levels=tuple(
            (max(0.0, level - below), min(1.0, level + above)) for level in levels[1:]
        ),
        spans=tuple(
            tuple((max(0.0, d - below), min(1.0, d + above)) for d in of)
            for of in (cells @ among(rate.denominator) for rate in RATES[1:])
        ),
    )
    rows = relaxation(REACH, asked, box, widened=0.0, give="nothing")
    assert excesses(REACH, rows, cells, np.array([*levels, 0.0])).max() <= 1e-12


def test_at_a_point_the_rows_are_the_gap_itself() -> None:
    asked = question(parities((POSITIVE_PREDICTIVE_VALUE,), 0.1), selection_rate=None)
    spans = first_box(REACH, asked, open_ended=True).spans
    at = relaxation(
        REACH, asked, Box(levels=((0.6, 0.6),), spans=spans), widened=0.0, give="nothing"
    )
    rng = np.random.default_rng(3)
    for _ in range(200):
        cells = REACH.mixed(mixture(rng.exponential(size=len(REACH.group)).tolist()))
        ppv = rates(cells, POSITIVE_PREDICTIVE_VALUE)
        kept = bool(((ppv >= 0.6) & (ppv <= 0.7)).all())
        within = excesses(REACH, at, cells, np.array([0.6, 0.0])).max() <= 0
        assert kept == within


@settings(max_examples=20, deadline=None)
@given(MIXTURES)
def test_narrowing_keeps_every_rule_that_keeps_the_gaps(given_: list[float]) -> None:
    cells = REACH.mixed(mixture(given_))
    asked = question(parities(RATES, 0.0), selection_rate=None)
    widened = float(gaps_of(cells).max())
    narrow = Narrowing(
        of=REACH,
        asked=asked,
        solver=Solver(REACH),
        widened=widened,
        meet=lambda _: None,
        until=10_000,
    ).narrowed(first_box(REACH, asked, open_ended=True))
    for rate, (low, high), spans in zip(
        RATES[1:], narrow.levels, narrow.spans, strict=True
    ):
        assert low - 1e-9 <= rates(cells, rate).min() <= high + 1e-9
        for d, (d1, d2) in zip(cells @ among(rate.denominator), spans, strict=True):
            assert d1 - 1e-9 <= d <= d2 + 1e-9


def gaps_of(cells: np.ndarray) -> np.ndarray:
    return np.array([np.ptp(rates(cells, rate)) for rate in RATES])
