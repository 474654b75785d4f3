from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairaudit.core.errors import InputError
from fairaudit.feasibility.certificate import certificate
from fairaudit.feasibility.hull import steps
from fairaudit.feasibility.question import Parity, Question, parities, question
from fairaudit.feasibility.regions import Regions, regions
from fairaudit.feasibility.rules import excess, rule
from fairaudit.feasibility.solve import best_rule, smallest_excess, smallest_joint_gap
from fairaudit.tally.rates import (
    ACCURACY,
    FALSE_NEGATIVE_SHARE,
    FALSE_POSITIVE_RATE,
    NEGATIVE_PREDICTIVE_VALUE,
    POSITIVE_PREDICTIVE_VALUE,
    SELECTION_RATE,
    TRUE_POSITIVE_RATE,
    Rate,
)
from tests.feasibility.conftest import selection_rate, tables

RATES = {
    "sr": SELECTION_RATE,
    "tpr": TRUE_POSITIVE_RATE,
    "fpr": FALSE_POSITIVE_RATE,
    "ppv": POSITIVE_PREDICTIVE_VALUE,
    "npv": NEGATIVE_PREDICTIVE_VALUE,
}
TO_THE_REFERENCE = 1e-5
ODDS_AND_PRECISION = (TRUE_POSITIVE_RATE, FALSE_POSITIVE_RATE, POSITIVE_PREDICTIVE_VALUE)


def named(names: str) -> list[Rate]:
    return [RATES[name] for name in names.split("+") if name != "none"]


def asked(
    rates: Sequence[Rate], within: float, held: float | None, **floors: float
) -> Question:
    return question(parities(rates, within), selection_rate=held, **floors)


@pytest.mark.parametrize("number", range(4))
def test_the_best_accuracies_are_those_of_the_reference(
    number: int, reference: dict[str, Any]
) -> None:
    case = reference["achievable"][number]
    of, held = tables(case), selection_rate(case)
    for names, by_tolerance in case["best_accuracy"].items():
        for tolerance, expected in by_tolerance.items():
            within = float(tolerance.removeprefix("tolerance_"))
            about = asked(named(names), within, held, least_people=0)
            answer = best_rule(of, about)
            if not expected["feasible"]:
                assert answer.status == "impossible", (names, within)
                continue
            assert answer.status == "proven", (names, within)
            assert answer.attained is not None
            for wrong in (answer.attained, answer.bound):
                assert 1 - wrong >= expected["at_least"] - TO_THE_REFERENCE, names
                assert 1 - wrong <= expected["at_most"] + TO_THE_REFERENCE, names


@pytest.mark.parametrize("number", range(4))
def test_the_smallest_joint_gaps_are_those_of_the_reference(
    number: int, reference: dict[str, Any]
) -> None:
    case = reference["achievable"][number]
    of, held = tables(case), selection_rate(case)
    for names, expected in case["smallest_joint_gap"].items():
        answer = smallest_joint_gap(of, asked(named(names), 0.0, held, least_people=0))
        assert answer.status == "proven"
        assert answer.attained is not None
        assert answer.bound >= expected["at_least"] - TO_THE_REFERENCE
        assert answer.attained <= expected["at_most"] + TO_THE_REFERENCE


def inside(table: list[tuple[int, int]], n: int) -> tuple[Any, Any]:
    """Mix the thresholds of one group in every way on a grid: tp and fp as shares."""
    positives, negatives = np.array(table[::-1]).T
    people = positives.sum() + negatives.sum()
    corners = np.concatenate([[[0, 0]], np.cumsum(np.array(table[::-1]), axis=0)]) / people
    steps_of = [
        np.array(mix) / n
        for mix in itertools.product(range(n + 1), repeat=len(corners))
        if sum(mix) == n
    ]
    tp, fp = (np.array(steps_of) @ corners).T
    return tp, fp


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ([(2, 8), (5, 5), (8, 2)], [(1, 9), (3, 6), (4, 2)]),
        ([(1, 3), (3, 1)], [(2, 9), (3, 1)]),
        ([(4, 4), (6, 2)], [(1, 5), (2, 1)]),
    ],
)
@pytest.mark.parametrize(
    "rates",
    [ODDS_AND_PRECISION, (SELECTION_RATE, POSITIVE_PREDICTIVE_VALUE)],
    ids=["odds and precision", "selection and precision"],
)
def test_a_brute_force_over_all_mixtures_stays_above_the_bound_and_comes_near(
    a: list[tuple[int, int]], b: list[tuple[int, int]], rates: tuple[Rate, ...]
) -> None:
    of = regions(
        [steps(n, range(len(t)), *zip(*t, strict=True)) for n, t in (("a", a), ("b", b))]
    )
    answer = smallest_joint_gap(of, asked(rates, 0.0, None, least_people=0))
    found = np.inf
    points = []
    for table in (a, b):
        tp, fp = inside(table, 14)
        base = sum(one for one, _ in table) / sum(map(sum, table))
        kept = tp + fp >= 0.01
        tp, fp = tp[kept], fp[kept]
        by_name = {
            "true_positive_rate": tp / base,
            "false_positive_rate": fp / (1 - base),
            "positive_predictive_value": tp / (tp + fp),
            "selection_rate": tp + fp,
        }
        points.append(np.stack([by_name[rate.id] for rate in rates]))
    for row in points[0].T:
        found = min(found, np.abs(points[1] - row[:, None]).max(axis=0).min())
    assert answer.attained is not None
    assert answer.bound - 1e-9 <= found
    assert answer.attained <= found + 1e-5
    assert found <= answer.attained + 0.08  # the grid's steps are 1/14 of a mixture


def test_a_brute_force_over_plain_thresholds_never_beats_the_best_rule(
    compas: Regions,
) -> None:
    about = asked([TRUE_POSITIVE_RATE], 0.03, None)
    answer = best_rule(compas, about)
    assert answer.attained is not None
    kept = []
    starts = [*compas.starts, len(compas.group)]
    for first, second in itertools.product(*map(range, starts[:-1], starts[1:])):
        weights = np.zeros(len(compas.group))
        weights[[first, second]] = 1
        cells = compas.mixed(weights)
        if (cells[:, 0] + cells[:, 1]).min() < 0.01 or excess(compas, about, weights) > 0:
            continue
        kept.append(float(compas.portions @ (cells[:, 1] + cells[:, 2])))
    assert answer.bound <= min(kept)
    assert answer.attained <= min(kept) + 1e-5


counts = st.integers(1, 40)
table = st.lists(st.tuples(counts, counts), min_size=2, max_size=4)


@settings(max_examples=12, deadline=None)
@given(table, table, st.floats(0.2, 0.8))
def test_at_equal_base_rates_everything_can_hold_together(
    a: list[tuple[int, int]], b: list[tuple[int, int]], held: float
) -> None:
    # One more level each turns both base rates to one half.
    both = []
    for levels in (a, b):
        positives, negatives = (sum(column) for column in zip(*levels, strict=True))
        both.append([*levels, (negatives + 9, positives + 9)])
    of = regions(
        [steps(str(n), range(len(t)), *zip(*t, strict=True)) for n, t in enumerate(both)]
    )
    about = asked([*ODDS_AND_PRECISION, NEGATIVE_PREDICTIVE_VALUE], 0.0, held)
    answer = smallest_joint_gap(of, about)
    assert answer.attained == pytest.approx(0.0, abs=1e-5)


@settings(max_examples=12, deadline=None)
@given(counts, counts, counts, counts)
def test_a_useless_score_leaves_precision_as_far_apart_as_base_rates(
    a: int, b: int, c: int, d: int
) -> None:
    of = regions([steps("a", [5], [30 * a], [30 * b]), steps("b", [5], [30 * c], [30 * d])])
    gap = smallest_joint_gap(of, asked([POSITIVE_PREDICTIVE_VALUE], 0.0, 0.5))
    assert gap.attained == pytest.approx(abs(a / (a + b) - c / (c + d)), abs=1e-5)


def test_a_perfect_score_keeps_equalized_odds_and_predictive_parity_exactly() -> None:
    of = regions(
        [steps("a", [1, 0], [30, 0], [0, 70]), steps("b", [1, 0], [60, 0], [0, 40])]
    )
    answer = best_rule(of, asked(ODDS_AND_PRECISION, 0.0, 0.45))
    assert answer.status == "proven"
    assert answer.attained == pytest.approx(0.0, abs=1e-9)
    parts = rule(of, answer.weights)  # type: ignore[arg-type]
    assert [(p.threshold, p.probability) for p in parts["a"]] == [(1, 1.0)]


def test_the_order_of_groups_does_not_matter_and_ten_times_the_people_change_nothing(
    reference: dict[str, Any],
) -> None:
    case = reference["achievable"][3]
    about = asked(ODDS_AND_PRECISION, 0.12, selection_rate(case), least_people=0)
    expected = best_rule(tables(case), about).attained
    levels = list(case["score_level_tables_pos_neg"].items())[::-1]
    again = regions([steps(n, range(len(t)), *(10 * np.array(t).T)) for n, t in levels])
    assert best_rule(again, about).attained == pytest.approx(expected, abs=1.1e-5)


def test_a_wider_tolerance_never_costs_more(compas: Regions) -> None:
    costs = [
        best_rule(compas, asked([SELECTION_RATE, POSITIVE_PREDICTIVE_VALUE], e, 0.478))
        for e in (0.0, 0.02, 0.05, 0.2)
    ]
    found = [one.attained or 0.0 for one in costs]
    assert all(wide <= narrow + 1e-5 for narrow, wide in itertools.pairwise(found))
    assert found[0] > found[-1] + 0.05


def test_a_free_selection_rate_costs_no_more_than_a_held_one(compas: Regions) -> None:
    held = best_rule(compas, asked([TRUE_POSITIVE_RATE], 0.0, 0.2))
    free = best_rule(compas, asked([TRUE_POSITIVE_RATE], 0.0, None))
    assert held.attained is not None
    assert free.attained is not None
    assert free.attained < held.attained


def test_stated_costs_change_the_rule(compas: Regions) -> None:
    about = parities([TRUE_POSITIVE_RATE], 0.05)
    cautious = best_rule(compas, question(about, selection_rate=None, costs=(1, 5)))
    sparing = best_rule(compas, question(about, selection_rate=None, costs=(5, 1)))
    selected = []
    for answer in (cautious, sparing):
        assert answer.weights is not None
        cells = compas.mixed(answer.weights)
        selected.append(float(compas.portions @ cells[:, :2].sum(axis=1)))
    assert selected[0] > 0.8
    assert selected[1] < 0.2


def test_every_kind_of_rate_can_be_held(compas: Regions) -> None:
    for rate in (ACCURACY, FALSE_NEGATIVE_SHARE, NEGATIVE_PREDICTIVE_VALUE):
        about = asked([rate], 0.01, 0.478)
        answer = best_rule(compas, about)
        assert answer.status == "proven", rate.id
        assert answer.weights is not None
        assert excess(compas, about, answer.weights) <= 1e-9


def test_every_group_keeps_its_floor(compas: Regions) -> None:
    answer = best_rule(compas, question((), selection_rate=None, costs=(1, 0)))
    assert answer.weights is not None
    cells = compas.mixed(answer.weights)
    assert cells[:, :2].sum(axis=1) == pytest.approx([0.01, 0.01], abs=1e-9)


def test_floors_that_leave_no_rule_are_told_apart_from_gaps_that_do() -> None:
    of = regions([steps("a", [1, 0], [3, 2], [2, 3]), steps("b", [1, 0], [3, 2], [2, 3])])
    # Five of ten people in each group, yet only four of ten of all.
    answer = smallest_joint_gap(of, asked([TRUE_POSITIVE_RATE], 0.0, 0.4))
    assert answer.status == "impossible"
    assert {ground.side for ground in certificate(of, answer).grounds} == {"floor"}


def many_groups(n: int) -> Regions:
    rng = np.random.default_rng(n)
    groups = []
    for number in range(n):
        label = rng.random(400) < 0.2 + 0.5 * number / n
        score = (rng.normal(size=400) + label).round(1)
        groups.append(steps(f"g{number}", score, label, ~label))
    return regions(groups)


def test_thirty_groups_end_at_the_cap_with_a_bracket_and_the_same_twice() -> None:
    of = many_groups(30)
    about = asked(ODDS_AND_PRECISION, 0.0, 0.4)
    first, again = (smallest_joint_gap(of, about, work=20) for _ in range(2))
    assert first.status == "not proven"
    assert first.attained is not None
    assert 0 < first.bound < first.attained <= 1
    assert (first.attained, first.bound, first.work) == (
        again.attained,
        again.bound,
        again.work,
    )
    assert first.work < 40


def test_what_is_impossible_becomes_possible_at_the_smallest_excess(
    compas: Regions,
) -> None:
    goals = [
        Parity(rate=POSITIVE_PREDICTIVE_VALUE, within=0.02),
        Parity(rate=FALSE_POSITIVE_RATE, within=0.04),
        Parity(rate=TRUE_POSITIVE_RATE, within=0.04),
    ]
    about = question(goals, selection_rate=0.478)
    assert best_rule(compas, about).status == "impossible"
    answer = smallest_excess(compas, about)
    assert answer.attained is not None
    for more, status in ((1e-4, "proven"), (-1e-4, "impossible")):
        wider = [
            Parity(rate=one.rate, within=one.within + answer.attained + more)
            for one in goals
        ]
        assert best_rule(compas, question(wider, selection_rate=0.478)).status == status


@pytest.mark.parametrize(
    ("wrong", "because"),
    [
        ({"asked": parities([SELECTION_RATE], 5.0)}, "must be between 0 and 1; got 5"),
        ({"selection_rate": 1.0}, "selects nobody, or everybody"),
        ({"costs": (-1.0, 1.0)}, "at least 0 and not both 0; got -1 and 1"),
    ],
)
def test_what_cannot_be_asked_is_refused(wrong: dict[str, Any], because: str) -> None:
    given_ = {"asked": (), "selection_rate": 0.4} | wrong
    with pytest.raises(InputError, match=because):
        question(given_.pop("asked"), **given_)


def test_one_group_has_nothing_to_be_equal_to() -> None:
    with pytest.raises(InputError, match="at least two groups to hold equal; got 1"):
        regions([steps("a", [1], [1], [1])])
