"""Every engine counts the same people by score, exactly or on the grid."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from fairaudit.core.errors import InputError
from fairaudit.engines import open_table
from fairaudit.engines.query import CountQuery, KeyColumn
from fairaudit.engines.score_grid import on_grid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fairaudit.engines.score_cells import ScoredCells

    Columns = Mapping[str, Sequence[Any]]
    Make = Callable[[Columns], Any]

ROWS = 400
KEYS = (KeyColumn(column="group"), KeyColumn(column="score", threshold=0.5))
QUERY = CountQuery(keys=KEYS, score="score", few=("group",))


def made_up() -> dict[str, list[Any]]:
    rng = random.Random(21)  # noqa: S311
    scores = [rng.choice([0.0, 0.1, 0.5, 7.25, -3.5]) for _ in range(ROWS // 2)]
    scores += [rng.gauss(0, 30) for _ in range(ROWS - len(scores))]
    return {
        "group": rng.choices(["a", "b", "NA"], k=ROWS),
        "score": scores,
        "written": [f"{score!r}" for score in scores],
        "people": [rng.randrange(1, 50) for _ in range(ROWS)],
        "weight": [rng.random() * 3.7 for _ in range(ROWS)],
    }


DATA = made_up()


def scored(data: object, query: CountQuery = QUERY) -> ScoredCells:
    with open_table(data) as table:
        found = table.count(query).scores
    assert found is not None
    return found


def by_hand(column: str | None = None) -> Counter[tuple[str, str, float]]:
    people: Counter[tuple[str, str, float]] = Counter()
    for row, (group, score) in enumerate(zip(DATA["group"], DATA["score"], strict=True)):
        amount = 1 if column is None else DATA[column][row]
        people[group, str(int(score >= 0.5)), score] += amount
    return people


def flat(found: ScoredCells) -> dict[tuple[str | None, str | None, float], int]:
    return {
        (*key, score): people
        for key, levels in found.levels.items()
        for score, people in zip(
            levels.scores.tolist(), levels.amounts.tolist(), strict=True
        )
    }


def test_every_frame_counts_each_distinct_score(frame: Make) -> None:
    found = scored(frame(DATA))
    assert found.bits is None
    assert flat(found) == by_hand()


def test_every_file_counts_each_distinct_score(file: Make) -> None:
    assert flat(scored(file(DATA))) == by_hand()


def test_scores_written_as_text_are_the_same_scores_in_every_frame(frame: Make) -> None:
    data = {"group": DATA["group"], "score": DATA["written"]}
    assert flat(scored(frame(data))) == by_hand()


def test_every_frame_counts_people_by_score(frame: Make) -> None:
    query = CountQuery(keys=KEYS, score="score", amount="people", amount_kind="count")
    assert flat(scored(frame(DATA), query)) == by_hand("people")


def test_every_frame_sums_weights_by_score_to_the_last_bit(frame: Make) -> None:
    check_weights(frame(DATA))


def test_every_file_sums_weights_by_score_to_the_last_bit(file: Make) -> None:
    check_weights(file(DATA))


def check_weights(data: object) -> None:
    query = CountQuery(keys=KEYS, score="score", amount="weight", amount_kind="weight")
    lists = scored(DATA, query)
    assert scored(data, query) == lists
    assert flat(lists) == pytest.approx(dict(by_hand("weight")))


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lower the cap: ten thousand distinct scores in every library would take long."""
    for module in ("levels", "duckdb_table", "score_codes"):
        monkeypatch.setattr(f"fairaudit.engines.{module}.MOST_SCORES", 20)


def test_every_frame_puts_scores_into_the_same_bins(frame: Make, few: None) -> None:
    check_bins(frame(DATA))


def test_every_file_puts_scores_into_the_same_bins(file: Make, few: None) -> None:
    check_bins(file(DATA))


def check_bins(data: object) -> None:
    people: Counter[tuple[str, str, float]] = Counter()
    edges = on_grid(np.array(DATA["score"]), 13).tolist()
    for group, score, edge in zip(DATA["group"], DATA["score"], edges, strict=True):
        people[group, str(int(score >= 0.5)), edge] += 1
    found = scored(data)
    assert found.bits == 13
    assert flat(found) == people


def test_missing_scores_are_counted_apart_by_every_frame(frame: Make) -> None:
    nan = float("nan")
    data = {"group": ["a", "a", "b"], "score": [nan, 0.9, 0.1]}
    found = scored(frame(data))
    assert flat(found) == {("a", "1", 0.9): 1, ("b", "0", 0.1): 1}
    assert found.levels["a", None].missing == 1


def test_single_precision_scores_are_the_decimals_that_were_stored() -> None:
    import polars as pl

    scores = np.array([0.1, 0.7], np.float32)
    wanted = {("a", "0", 0.1): 1, ("a", "1", 0.7): 1}
    data = {"group": np.array(["a", "a"]), "score": scores}
    assert flat(scored(data)) == wanted
    assert flat(scored(pl.DataFrame(data))) == wanted


@pytest.mark.parametrize("bad", [float("inf"), float("-inf")])
def test_an_infinite_score_is_refused_by_every_frame(frame: Make, bad: float) -> None:
    data = {"group": ["a", "a", "b"], "score": [0.5, bad, 0.25]}
    with pytest.raises(InputError, match=r"'score' holds .*inf.*not a number"):
        scored(frame(data))
