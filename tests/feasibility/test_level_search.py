from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairaudit.feasibility.answers import Answer, Leaf
from fairaudit.feasibility.branch_and_bound import Search
from fairaudit.feasibility.certificate import certificate
from fairaudit.feasibility.hull import steps
from fairaudit.feasibility.incumbent import Goal
from fairaudit.feasibility.level_search import LevelSearch
from fairaudit.feasibility.linear_program import Multipliers, Solver
from fairaudit.feasibility.question import parities, question
from fairaudit.feasibility.regions import Regions, regions
from fairaudit.tally.rates import (
    FALSE_POSITIVE_RATE,
    NEGATIVE_PREDICTIVE_VALUE,
    POSITIVE_PREDICTIVE_VALUE,
    SELECTION_RATE,
    TRUE_POSITIVE_RATE,
)

if TYPE_CHECKING:
    from collections.abc import Callable

ASKED = {
    "precision": (POSITIVE_PREDICTIVE_VALUE,),
    "selection and precision": (SELECTION_RATE, POSITIVE_PREDICTIVE_VALUE),
    "odds and precision": (
        TRUE_POSITIVE_RATE,
        FALSE_POSITIVE_RATE,
        POSITIVE_PREDICTIVE_VALUE,
    ),
    "negative precision": (TRUE_POSITIVE_RATE, NEGATIVE_PREDICTIVE_VALUE),
}
TOLERANCE = 1e-5


@pytest.mark.parametrize("goal", ["cost", "excess"])
@pytest.mark.parametrize("name", ASKED)
def test_the_answer_is_that_of_mccormicks_planes_with_no_more_programs(
    compas: Regions, name: str, goal: Goal
) -> None:
    within = 0.03 if goal == "cost" else 0.0
    asked = question(parities(ASKED[name], within), selection_rate=0.45)
    ours, planes = (
        search(compas, asked, Solver(compas), goal, TOLERANCE, 2_000).run()
        for search in (LevelSearch, Search)
    )
    assert ours.status == planes.status
    assert ours.work < max(planes.work, 10)
    if ours.attained is None:
        assert math.isinf(ours.bound)
        return
    assert planes.attained is not None
    assert ours.attained - ours.bound <= TOLERANCE
    assert ours.bound <= planes.attained + 1e-9
    assert planes.bound <= ours.attained + 1e-9


@settings(max_examples=10, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40)), min_size=3, max_size=5),
        min_size=2,
        max_size=3,
    ),
    st.sampled_from(sorted(ASKED)),
    st.sampled_from([0.0, 0.02, 0.1]),
)
def test_every_cover_is_whole_and_shows_the_bound(
    tables: list[list[tuple[int, int]]], name: str, within: float
) -> None:
    of = regions(
        [steps(str(n), range(len(t)), *zip(*t, strict=True)) for n, t in enumerate(tables)]
    )
    asked = question(parities(ASKED[name], within), selection_rate=None)
    goals: tuple[Goal, ...] = ("cost", "excess")
    for goal in goals:
        answer = LevelSearch(of, asked, Solver(of), goal, TOLERANCE, 200).run()
        proof = certificate(of, answer)
        assert proof.bound == answer.bound
        ranges = [levels[0] for levels, _ in proof.levels]
        assert all(end == start for (_, end), (start, _) in pairwise(ranges))


def nearest(of: Regions, *, known: float = 0.0, work: int = 2_000, near: float) -> Answer:
    asked = question(parities(ASKED["odds and precision"], 0.0), selection_rate=0.478)
    return LevelSearch(of, asked, Solver(of), "excess", near, work, known=known).run()


def without_start(leaf: Leaf) -> Leaf:
    nothing = Multipliers(rows=np.zeros(len(leaf.program.limit)), held=0.0)
    return replace(leaf, multipliers=nothing)


def without_end(leaf: Leaf) -> Leaf:
    assert leaf.end is not None
    nothing = Multipliers(rows=np.zeros(len(leaf.end.program.limit)), held=0.0)
    return replace(leaf, end=replace(leaf.end, multipliers=nothing))


@pytest.mark.parametrize("forge", [without_start, without_end])
def test_without_either_end_nothing_is_shown(
    compas: Regions, forge: Callable[[Leaf], Leaf]
) -> None:
    answer = nearest(compas, near=TOLERANCE)
    shown = certificate(compas, replace(answer, cover=tuple(map(forge, answer.cover))))
    assert answer.bound > 0.01
    assert shown.bound == 0


def test_what_was_known_is_not_shown_again(compas: Regions) -> None:
    free = nearest(compas, near=TOLERANCE)
    again = nearest(compas, near=TOLERANCE, known=free.bound)
    assert again.status == "proven"
    assert again.attained == pytest.approx(free.attained, abs=TOLERANCE)
    assert again.bound >= free.bound


def test_at_the_cap_there_is_a_bracket_that_narrows_with_the_work(compas: Regions) -> None:
    widths = []
    for work in (8, 14, 2_000):
        answer = nearest(compas, near=1e-7, work=work)
        assert answer.attained is not None
        assert certificate(compas, answer).bound == answer.bound
        widths.append(answer.attained - answer.bound)
    assert widths[0] > widths[1] > widths[2]
