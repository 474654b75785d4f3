"""People with scores made up for tests, as profiles and as the groups of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairaudit.core.cells import Cells
from fairaudit.criteria.scored_groups import scored_groups
from fairaudit.tally.counts import Key
from fairaudit.tally.profile import ScoreProfile, ScoreTable
from tests.people import table_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairaudit.criteria.scored_groups import ScoredGroups

People = dict[str, list[tuple[float, bool]]]
"""Groups with the score of each person, and whether their label is positive."""


def score_table(people: Sequence[tuple[float, bool]], *, missing: int = 0) -> ScoreTable:
    """Count people by score."""
    levels = sorted({score for score, _ in people})
    counts = [
        np.array([sum(one == (level, happened) for one in people) for level in levels], int)
        for happened in (True, False)
    ]
    return ScoreTable(
        scores=np.array(levels, float),
        positives=counts[0],
        negatives=counts[1],
        unlabelled=counts[0] * 0,
        missing=missing,
    )


def profile_of(tables: Mapping[str, ScoreTable]) -> ScoreProfile:
    """Make the profile of one attribute, called "group"."""
    return ScoreProfile(
        attributes=("group",),
        tables={Key(groups=(name,)): table for name, table in tables.items()},
    )


def groups_of(
    tables: Mapping[str, ScoreTable],
    *,
    compare: str = "pairs",
    expected: tuple[str, ...] = (),
) -> ScoredGroups:
    """Give the groups of a table their scores."""
    table = table_of(
        {
            name: Cells(tp=int(here.positives.sum()), fp=int(here.negatives.sum()))
            for name, here in tables.items()
        },
        compare=compare,
        expected=expected,
    )
    return scored_groups(profile_of(tables), table)


def scored(people: People, *, compare: str = "pairs") -> ScoredGroups:
    """Count people by score, and make the groups of a table of them."""
    tables = {name: score_table(rows) for name, rows in people.items()}
    return groups_of(tables, compare=compare)


def drawn(
    seed: int, people: int, *, shift: float = 0.0, shape: tuple[float, float] = (2, 2)
) -> ScoreTable:
    """Draw scores of two decimals; chances are the scores, shifted."""
    rng = np.random.default_rng(seed)
    scores = rng.beta(*shape, people).round(2)
    happened = rng.random(people) < scores + shift
    levels, places = np.unique(scores, return_inverse=True)
    positives = np.bincount(places, happened, len(levels)).astype(int)
    everybody = np.bincount(places, minlength=len(levels))
    return ScoreTable(
        scores=levels,
        positives=positives,
        negatives=everybody - positives,
        unlabelled=everybody * 0,
    )
