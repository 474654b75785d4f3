"""The committed simulation of weights is whole, and what the page says follows from it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks.simulate_weights import (
    ABSENT,
    FOLDER,
    NAME,
    PEOPLE,
    SETTINGS,
    page,
    simulate,
)


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FOLDER / f"{NAME}.json").read_text("utf-8"))
    return read


def test_every_setting_is_in_the_committed_results(record: dict[str, Any]) -> None:
    assert [
        (one["weights"], one["selected"], one["rate"], one["people"])
        for one in record["results"]
    ] == [
        (setting.weights, setting.selected, round(setting.rate, 4), people)
        for setting in SETTINGS
        for people in PEOPLE
    ]


def test_the_page_is_made_from_the_results(record: dict[str, Any]) -> None:
    assert (FOLDER / f"{NAME}.md").read_text("utf-8") == page(record)


def test_intervals_hold_and_verdicts_are_true_where_the_heavy_are_seen(
    record: dict[str, Any],
) -> None:
    for one in record["results"]:
        if one["heavy_absent"] <= ABSENT:
            assert one["covered"] >= 0.94
            assert one["fails_if_equal"] <= 0.055
            assert one["passes_at_tolerance"] <= 0.055
            assert one["fails_at_tolerance"] <= 0.055


def test_a_short_run_counts_shares_of_runs() -> None:
    results = simulate(2, 0)["results"]
    assert len(results) == len(SETTINGS) * len(PEOPLE)
    assert {one["covered"] for one in results} <= {0, 0.5, 1}
