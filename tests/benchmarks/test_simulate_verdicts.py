"""The committed simulation is of the suite as it stands, and the page is made from it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks.simulate_verdicts import FOLDER, as_json
from benchmarks.verdicts.page import page
from benchmarks.verdicts.running import runs_of
from benchmarks.verdicts.suite import suite


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(
        (FOLDER / "verdict_simulation.json").read_text("utf-8")
    )
    return read


def test_every_case_of_the_suite_is_in_the_committed_results(
    record: dict[str, Any],
) -> None:
    runs = record["made"]["runs"]
    wanted = [
        (
            case.section,
            {**case.settings, **watched.settings},
            watched.what,
            runs_of(case, runs),
        )
        for section in suite()
        for case in section.cases
        for watched in case.watched
    ]
    assert wanted == [
        (one["section"], one["settings"], one["what"], one["runs"])
        for one in record["results"]
    ]


def test_what_is_watched_is_held_to_todays_bounds(record: dict[str, Any]) -> None:
    bounds = [
        (watched.side, watched.bound, watched.within)
        for section in suite()
        for case in section.cases
        for watched in case.watched
    ]
    assert bounds == [
        (one["side"], one["bound"], one["within"]) for one in record["results"]
    ]


def test_the_committed_page_is_made_from_the_committed_numbers(
    record: dict[str, Any],
) -> None:
    assert (FOLDER / "verdict_simulation.md").read_text("utf-8") == page(record)
    assert (FOLDER / "verdict_simulation.json").read_text("utf-8") == as_json(record)
