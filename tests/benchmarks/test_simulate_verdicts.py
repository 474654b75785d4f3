"""The committed simulation is of the suite as it stands, and the page is made from it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks.simulate_verdicts import FOLDER, as_json
from benchmarks.verdicts.page import page
from benchmarks.verdicts.running import runs_of
from benchmarks.verdicts.section import Section
from benchmarks.verdicts.suite import suite

OF_ITS_OWN = {
    "calibration": "calibration_simulation",
    "balance": "balance_simulation",
    "alike": "alike_simulation",
    "growth": "growth_simulation",
}
"""Sections that are committed on a page of their own."""

PAGES = ("verdict_simulation", *OF_ITS_OWN.values())


@pytest.fixture(scope="module", params=PAGES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def record(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return read


def sections_of(name: str) -> list[Section]:
    return [
        section
        for section in suite()
        if OF_ITS_OWN.get(section.id, "verdict_simulation") == name
    ]


def test_every_case_of_the_suite_is_in_the_committed_results(
    record: dict[str, Any], name: str
) -> None:
    runs = record["made"]["runs"]
    wanted = [
        (
            case.section,
            {**case.settings, **watched.settings},
            watched.what,
            runs_of(case, runs),
        )
        for section in sections_of(name)
        for case in section.cases
        for watched in case.watched
    ]
    assert wanted == [
        (one["section"], one["settings"], one["what"], one["runs"])
        for one in record["results"]
    ]


def test_what_is_watched_is_held_to_todays_bounds(
    record: dict[str, Any], name: str
) -> None:
    bounds = [
        (watched.side, watched.bound, watched.within)
        for section in sections_of(name)
        for case in section.cases
        for watched in case.watched
    ]
    assert bounds == [
        (one["side"], one["bound"], one["within"]) for one in record["results"]
    ]


def test_the_committed_page_is_made_from_the_committed_numbers(
    record: dict[str, Any], name: str
) -> None:
    assert (FOLDER / f"{name}.md").read_text("utf-8") == page(record)
    assert (FOLDER / f"{name}.json").read_text("utf-8") == as_json(record)
