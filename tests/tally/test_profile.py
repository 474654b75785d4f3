from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.engines import open_table
from fairaudit.engines.levels import MOST_SCORES
from fairaudit.tally.count_query import Tallied, tally
from fairaudit.tally.profile import ScoreProfile, ScoreTable
from fairaudit.tally.roles import Wanted, find_roles


def tallied(data: Any, **wanted: Any) -> Tallied:  # noqa: ANN401
    asked = {"groups": ("group",), "label": "label", "score": "score", "threshold": 0.5}
    asked.update(wanted)
    with open_table(data) as table:
        found = find_roles(Wanted(**asked), table.columns, where="people")
        return tally(table, found.roles, profile=True)


def profile_of(data: Any, **wanted: Any) -> ScoreProfile:  # noqa: ANN401
    profile = tallied(data, **wanted).profile
    assert profile is not None
    return profile


def rows_of(table: ScoreTable) -> list[tuple[float, int, int, int]]:
    parts = (table.scores, table.positives, table.negatives, table.unlabelled)
    return list(zip(*(part.tolist() for part in parts), strict=True))


SMALL: dict[str, list[Any]] = {
    "group": ["a", "a", "a", "b", "b", None],
    "label": [1, 0, None, 1, 1, 0],
    "score": [0.25, 0.25, 0.75, 0.5, None, 0.5],
}


def test_people_are_counted_by_group_score_and_label() -> None:
    by_group = profile_of(SMALL).by(("group",))
    assert rows_of(by_group["a"]) == [(0.25, 1, 1, 0), (0.75, 0, 0, 1)]
    assert rows_of(by_group["b"]) == [(0.5, 1, 0, 0)]
    assert rows_of(by_group[None]) == [(0.5, 0, 1, 0)]


def test_people_without_a_score_are_counted_apart() -> None:
    by_group = profile_of(SMALL).by(("group",))
    assert {name: table.missing for name, table in by_group.items()} == {
        "a": 0,
        "b": 1,
        None: 0,
    }


def test_counting_by_score_changes_no_count() -> None:
    found = tallied(SMALL)
    with open_table(SMALL) as table:
        wanted = Wanted(groups=("group",), label="label", score="score", threshold=0.5)
        plain = tally(table, find_roles(wanted, table.columns, where="people").roles)
    assert found.counts == plain.counts
    assert found.ledger == plain.ledger
    assert plain.profile is None


def test_with_a_prediction_the_profile_is_the_same() -> None:
    decided = {**SMALL, "prediction": [1, 0, 0, 1, 0, 1]}
    found = profile_of(decided, prediction="prediction", threshold=None)
    assert found == profile_of(SMALL)


def test_minus_zero_is_zero() -> None:
    data = {"group": ["a", "a"], "label": [1, 0], "score": [-0.0, 0.0]}
    assert rows_of(profile_of(data).by(("group",))["a"]) == [(0.0, 1, 1, 0)]


def test_counts_stand_for_people_and_weights_for_sums() -> None:
    data = {**SMALL, "many": [3, 1, 2, 5, 1, 4]}
    counted = profile_of(data, count="many").by(("group",))
    assert rows_of(counted["a"]) == [(0.25, 3, 1, 0), (0.75, 0, 0, 2)]
    assert rows_of(counted[None]) == [(0.5, 0, 4, 0)]
    weighted = profile_of(data, weight="many").by(("group",))
    assert rows_of(weighted["a"]) == rows_of(counted["a"])
    assert weighted["a"].squares is not None
    assert weighted["a"].squares.tolist() == [[9.0, 0.0], [1.0, 0.0], [0.0, 4.0]]


def people(rows: int) -> dict[str, Any]:
    rng = np.random.default_rng(5)
    return {
        "group": rng.choice(["a", "b"], rows),
        "label": rng.integers(0, 2, rows),
        "score": rng.permutation(rows) / rows,
    }


def test_scores_are_exact_up_to_the_cap_and_binned_above_it() -> None:
    exact = profile_of(people(MOST_SCORES))
    assert (exact.bits, exact.widest) == (None, 0.0)
    assert len(exact.overall().scores) == MOST_SCORES
    binned = profile_of(people(MOST_SCORES + 1))
    assert (binned.bits, binned.widest) == (13, 2.0**-13)
    assert len(binned.overall().scores) == 2**13


def test_a_bin_holds_the_people_whose_scores_it_covers() -> None:
    data = people(2 * MOST_SCORES)
    table = profile_of(data).overall()
    edges = np.append(table.scores, 1.0)
    positive = data["score"][data["label"] == 1]
    assert table.positives.tolist() == np.histogram(positive, edges)[0].tolist()


def test_decisions_are_exact_although_scores_are_binned() -> None:
    data = people(2 * MOST_SCORES)
    threshold = 0.333_35
    found = tallied(data, threshold=threshold)
    selected = (data["score"] >= threshold).sum()
    cells = found.counts.by(("group",)).values()
    assert sum(here.tp + here.fp for here in cells) == selected


def test_a_million_distinct_scores_are_kept_in_bins() -> None:
    rng = np.random.default_rng(6)
    rows = 1_000_000
    data = {
        "group": rng.integers(0, 3, rows),
        "label": rng.integers(0, 2, rows),
        "score": rng.random(rows),
    }
    table = profile_of(data).overall()
    assert len(table.scores) == 2**13
    assert table.labelled.sum() == rows


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", None]),
        st.sampled_from([0, 1, None]),
        st.sampled_from([0.0, 0.1, 0.25, 1.0, 20.0, None]),
    ),
    min_size=1,
    max_size=30,
)
BOTH_LABELS = [("a", 0, 0.1), ("a", 1, 0.1)]


def columns_of(rows: list[tuple[Any, Any, Any]]) -> dict[str, list[Any]]:
    groups, labels, scores = zip(*rows, strict=True)
    return {"group": list(groups), "label": list(labels), "score": list(scores)}


@given(ROWS, ROWS)
def test_profiles_of_chunks_add_to_the_whole(
    one: list[tuple[Any, Any, Any]], other: list[tuple[Any, Any, Any]]
) -> None:
    one, other = [*one, *BOTH_LABELS], [*other, *BOTH_LABELS]
    parts = profile_of(columns_of(one)) + profile_of(columns_of(other))
    whole = profile_of(columns_of(one + other))
    assert parts.by(("group",)) == whole.by(("group",))


@given(ROWS)
def test_a_coarser_grid_holds_whole_bins_of_a_finer(
    rows: list[tuple[Any, Any, Any]],
) -> None:
    profile = profile_of(columns_of([*rows, *BOTH_LABELS]))
    assert profile.coarsened(10).coarsened(7) == profile.coarsened(7)


def test_an_exact_and_a_binned_profile_add_on_the_grid() -> None:
    binned, exact = profile_of(people(2 * MOST_SCORES)), profile_of(SMALL)
    both = exact + binned
    assert both.bits == 13
    assert both == binned + exact
    assert both.overall().labelled.sum() == 2 * MOST_SCORES + 4


def test_too_many_bins_in_all_are_made_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    # A table of so many groups takes long; the cap is lowered instead.
    monkeypatch.setattr("fairaudit.engines.levels.MOST_LEVELS", 5_000)
    assert profile_of(people(2 * MOST_SCORES)).bits == 10
    monkeypatch.setattr("fairaudit.engines.levels.MOST_LEVELS", 5)
    assert tallied(people(2 * MOST_SCORES)).profile is None
