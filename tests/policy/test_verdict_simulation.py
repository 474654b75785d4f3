"""How often verdicts are right: the committed table, and a small part of it drawn anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pytest
from scipy.stats import binom

from benchmarks.simulate_verdicts import as_json
from benchmarks.verdicts.case import Case, Watched, result
from benchmarks.verdicts.drawing import gate, table, verdicts
from benchmarks.verdicts.false_fail import failing
from benchmarks.verdicts.page import page
from benchmarks.verdicts.running import Job, runs_of, simulate
from benchmarks.verdicts.scope import says_for_whom
from benchmarks.verdicts.suite import suite
from fairaudit.core.cells import Cells

if TYPE_CHECKING:
    from fairaudit.core.evidence import GroupTable

FOLDER = Path(__file__).parents[2] / "docs" / "statistics"
COMMITTED = FOLDER / "verdict_simulation.json"
RECORD: dict[str, Any] = json.loads(COMMITTED.read_text(encoding="utf-8"))
CASES = [case for section in suite() for case in section.cases]


def key(section: str, settings: dict[str, str], what: str, runs: int) -> tuple[str, ...]:
    return section, json.dumps(settings, sort_keys=True), what, str(runs)


def watch(watched: Watched) -> Case:
    """Make a case that watches one number."""
    return Case(section="s", settings={}, watched=(watched,), trial=lambda _: [0.0])


def two_groups(first: int, second: int) -> GroupTable:
    """Make two groups of 1,000 with so many selected."""
    return table(
        [
            Cells(unlabelled_selected=hits, unlabelled_rejected=1000 - hits)
            for hits in (first, second)
        ]
    )


def test_the_committed_table_has_every_case_with_all_its_runs() -> None:
    expected = {
        key(
            case.section,
            case.settings | watched.settings,
            watched.what,
            runs_of(case, RECORD["made"]["runs"]),
        )
        for case in CASES
        for watched in case.watched
    }
    found = [
        key(one["section"], one["settings"], one["what"], one["runs"])
        for one in RECORD["results"]
    ]
    assert RECORD["made"]["runs"] >= 2000
    assert sorted(found) == sorted(expected)


def test_no_bound_is_missed() -> None:
    assert [one for one in RECORD["results"] if one["met"] is False] == []


def test_the_page_is_made_from_the_numbers_beside_it() -> None:
    committed = (FOLDER / "verdict_simulation.md").read_text(encoding="utf-8")
    assert committed == page(RECORD)
    assert COMMITTED.read_text(encoding="utf-8") == as_json(RECORD)


def test_the_page_says_how_it_was_made_and_marks_a_miss() -> None:
    missed = {**RECORD, "results": [dict(one) for one in RECORD["results"]]}
    missed["results"][0] |= {"value": 0.25, "met": False}
    text = page(missed)
    assert RECORD["made"]["command"] in text
    assert RECORD["made"]["on"] in text
    assert "1 are MISSED" in text.replace("\n", " ")
    assert "**25.00**" in text


@pytest.mark.parametrize(
    ("side", "bound", "total", "met"),
    [
        # 5 % of 400 runs: 20, and two standard errors of 4.36 runs.
        ("at most", 0.05, 28, True),
        ("at most", 0.05, 29, False),
        ("at least", 0.95, 372, True),
        ("at least", 0.95, 371, False),
        ("at most", 0.0, 1, False),
        ("at least", 1.0, 399, False),
    ],
)
def test_a_bound_is_missed_beyond_two_standard_errors_of_it(
    side: Literal["at most", "at least"], bound: float, total: float, met: bool
) -> None:
    watched = Watched(settings={}, what="fails", side=side, bound=bound)
    seen = result(watch(watched), watched, runs=400, total=total, squares=total)
    assert seen.met is met
    assert seen.value == total / 400


def test_what_is_only_reported_is_neither_met_nor_missed() -> None:
    watched = Watched(settings={}, what="fails")
    assert result(watch(watched), watched, runs=9, total=9, squares=9).met is None


def test_growing_tolerances_are_judged_until_nothing_fails() -> None:
    def draw(_: np.random.Generator) -> list[GroupTable]:
        return [two_groups(600, 400)]

    trial = failing("demographic_parity", draw, (0.0, 0.1, 0.2, 0.3))
    assert list(trial(np.random.default_rng(0))) == [1.0, 1.0, 0.0, 0.0]


def test_a_verdict_without_a_scope_says_for_nobody() -> None:
    asked = gate("demographic_parity", 0.1)
    for min_group in (None, 30):
        (verdict,) = verdicts([two_groups(500, 500)], asked, min_group=min_group)
        assert verdict.status == "pass"
        assert not says_for_whom(verdict)


def test_a_chunk_is_the_same_whenever_it_is_drawn() -> None:
    job = Job(section=0, case=3, chunk=1, runs=20, seed=1)
    first, again = simulate(job), simulate(job)
    assert (first.totals, first.squares) == (again.totals, again.squares)


@pytest.mark.parametrize("part", RECORD["exact"][1:], ids=lambda part: part["id"])
def test_printed_intervals_hold_the_truth_where_textbook_ones_fail(
    part: dict[str, Any],
) -> None:
    small = [row for row in part["rows"] if row[1].startswith("10")]
    least = {row[0].partition(" (")[0]: float(row[3]) for row in small[-3:]}
    textbook = {"Wald", "Katz"} & set(least)
    assert textbook
    assert all(
        least[name] > 2 * least[worse]
        for name in set(least) - textbook
        for worse in textbook
    )


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES[::11], ids=lambda case: case.id)
def test_drawn_anew_no_bound_is_missed_beyond_chance(case: Case) -> None:
    runs, rng = 200, np.random.default_rng([20, CASES.index(case)])
    seen = np.array([case.trial(rng) for _ in range(runs)])
    for watched, column in zip(case.watched, seen.T, strict=True):
        if watched.bound is None or watched.side == "about":
            continue
        total = column.sum()
        chance = (
            binom.sf(total - 1, runs, watched.bound)
            if watched.side == "at most"
            else binom.cdf(total, runs, watched.bound)
        )
        # One in a hundred thousand per number: a few hundred are looked at.
        assert chance > 1e-5, (watched, total)
