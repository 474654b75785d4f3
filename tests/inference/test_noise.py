"""What noise explains of a gap, against the reference."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.inference.noise import expected_fair_gap, mean_range, noise_corrected

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "reference" / "incompatibility.json").read_text()
)
CASES = REFERENCE["simultaneous"]
GROUPS = st.lists(
    st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=2,
    max_size=8,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_corrected_gap_is_the_reference_one(case: dict[str, list[int]]) -> None:
    found = noise_corrected(case["successes"], case["totals"])
    assert found.gap == pytest.approx(case["noise_corrected_gap"], abs=5e-9)
    assert found.between_group_sd == pytest.approx(
        case["noise_corrected_between_group_sd"], abs=5e-9
    )


@pytest.mark.parametrize("groups", list(REFERENCE["normal_range_constants"]))
def test_the_mean_range_is_the_reference_one(groups: str) -> None:
    expected = REFERENCE["normal_range_constants"][groups]["mean_range"]
    assert mean_range(int(groups)) == pytest.approx(expected, abs=5e-9)


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case["expected_gap_if_exactly_fair"] is not None],
    ids=lambda case: case["name"],
)
def test_the_gap_of_a_fair_process_is_the_reference_one(case: dict[str, list[int]]) -> None:
    people = case["totals"]
    rate = sum(case["successes"]) / sum(people)
    assert expected_fair_gap(len(people), rate, people[0]) == pytest.approx(
        case["expected_gap_if_exactly_fair"], abs=5e-9
    )


@given(GROUPS, st.floats(0, 1))
def test_correction_never_widens_the_gap_and_no_two_groups_pass_each_other(
    groups: list[tuple[int, int]], share: float
) -> None:
    hits, people = zip(*groups, strict=True)
    rates = [x / n for x, n in groups]
    seen = max(rates) - min(rates)
    found = noise_corrected(hits, people, at_least=0.99 * share * seen)
    assert 0.99 * share * seen <= found.gap <= seen + 1e-12
    pairs = list(zip(rates, found.rates, strict=True))
    raised = [shrunken for rate, shrunken in pairs if shrunken > rate + 1e-12]
    lowered = [shrunken for rate, shrunken in pairs if shrunken < rate - 1e-12]
    assert max(raised, default=0) <= min(lowered, default=1) + 1e-12


@given(GROUPS, st.integers(1, 300))
def test_groups_of_one_size_have_the_moment_estimate_and_its_root(
    groups: list[tuple[int, int]], people: int
) -> None:
    hits = [min(x, people) for x, _ in groups]
    found = noise_corrected(hits, [people] * len(hits))
    rates = np.array(hits) / people
    noise = rates.mean() * (1 - rates.mean()) / people
    between = max(0.0, rates.var(ddof=1) - noise)
    kept = math.sqrt(between / (between + noise)) if between else 0.0
    # Where nearly all is noise the spread is a small difference, and its root a rough one.
    assert found.between_group_sd == pytest.approx(math.sqrt(between), abs=1e-6)
    assert found.gap == pytest.approx(kept * np.ptp(rates), abs=1e-6)


@pytest.mark.parametrize("hits", [0, 1])
def test_a_group_of_one_person_leaves_the_gap_of_two_large_ones(hits: int) -> None:
    found = noise_corrected([2500, 1500, hits], [5000, 5000, 1])
    without = noise_corrected([2500, 1500], [5000, 5000])
    assert found.gap == pytest.approx(without.gap, abs=0.001)
    assert min(found.rates) < found.rates[2] < max(found.rates)


def test_small_groups_of_fair_data_leave_next_to_nothing() -> None:
    rng = np.random.default_rng(5)
    people = [5000, 5000, 1]
    gaps = [noise_corrected(rng.binomial(people, 0.4), people).gap for _ in range(300)]
    # Plain moments leave .14 on average, for the noise of the one person.
    assert np.mean(gaps) < 0.01


def test_a_gap_that_is_shown_is_not_taken_for_noise() -> None:
    assert noise_corrected([5, 5, 5, 8], [10] * 4).gap == 0
    assert noise_corrected([5, 5, 5, 8], [10] * 4, at_least=0.1).gap == pytest.approx(0.1)


def test_identical_groups_have_no_gap_left() -> None:
    assert noise_corrected([5, 50], [10, 100]).gap == 0


def test_one_group_has_no_gap() -> None:
    assert noise_corrected([5], [10]).gap == 0
