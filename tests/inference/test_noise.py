"""What noise explains of a gap, against the reference."""

from __future__ import annotations

import json
from pathlib import Path

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


@given(GROUPS)
def test_correction_never_widens_the_gap_and_keeps_the_order(
    groups: list[tuple[int, int]],
) -> None:
    hits, people = zip(*groups, strict=True)
    rates = [x / n for x, n in groups]
    found = noise_corrected(hits, people)
    assert found.gap <= max(rates) - min(rates) + 1e-12
    mean = sum(rates) / len(rates)
    for rate, shrunken in zip(rates, found.rates, strict=True):
        assert min(rate, mean) - 1e-12 <= shrunken <= max(rate, mean) + 1e-12


def test_identical_groups_have_no_gap_left() -> None:
    assert noise_corrected([5, 50], [10, 100]).gap == 0


def test_one_group_has_no_gap() -> None:
    assert noise_corrected([5], [10]).gap == 0
