"""Score profiles: how many people of each group have each score, by what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from fairaudit.core.value import value
from fairaudit.engines.score_grid import on_grid, width
from fairaudit.tally.counts import Key, named

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from fairaudit.engines.score_cells import Levels, ScoredCells

    Array = np.ndarray[Any, np.dtype[Any]]

Outcome = Literal["positives", "negatives", "unlabelled"]
OUTCOMES: tuple[Outcome, ...] = ("positives", "negatives", "unlabelled")


@value
class ScoreTable:
    """The scores of one group, rising and each once, with the people who have it.

    Parallel arrays: `scores` (float64), then people with a positive label, a negative one
    and none (int64, or float64 sums of survey weights). `squares` holds sums of squared
    weights in the same three rows, shape (3, n_scores), or is `None`. `missing` people have
    no score and are in none of the arrays.
    """

    scores: Array
    positives: Array
    negatives: Array
    unlabelled: Array
    squares: Array | None = None
    missing: int | float = 0

    def __eq__(self, other: object) -> bool:
        """Compare by content."""
        import numpy as np

        if not isinstance(other, ScoreTable):
            return NotImplemented
        squares = self.squares is None or other.squares is None
        return (
            np.array_equal(self.scores, other.scores)
            and np.array_equal(self.people, other.people)
            and (
                self.squares is other.squares
                if squares
                else np.array_equal(self.squares, other.squares)  # type: ignore[arg-type]
            )
            and self.missing == other.missing
        )

    __hash__ = None  # type: ignore[assignment]

    @property
    def people(self) -> Array:
        """Give positives, negatives and unlabelled as the rows of one array."""
        import numpy as np

        return np.stack([self.positives, self.negatives, self.unlabelled])

    @property
    def labelled(self) -> Array:
        """Count the people of each score whose outcome is known."""
        found: Array = self.positives + self.negatives
        return found

    def __add__(self, other: ScoreTable) -> ScoreTable:
        """Count two disjoint sets of people together."""
        return added([self, other])


@value
class ScoreProfile:
    """People by group, score and label.

    Profiles of disjoint sets of rows add with ``+``. With `bits` the scores are the lower
    edges of bins on a fixed grid (2^−bits wide between −1 and 1), because there were too
    many distinct ones; without, they are exact. `strata` are columns within which people
    count as alike.
    """

    attributes: tuple[str, ...]
    strata: tuple[str, ...] = ()
    tables: dict[Key, ScoreTable]
    bits: int | None = None

    def __add__(self, other: ScoreProfile) -> ScoreProfile:
        """Count two disjoint sets of rows together, on the coarser of two grids."""
        assert (self.attributes, self.strata) == (other.attributes, other.strata)
        known = [bits for bits in (self.bits, other.bits) if bits is not None]
        bits = min(known, default=None)
        one, two = self.coarsened(bits).tables, other.coarsened(bits).tables
        return ScoreProfile(
            attributes=self.attributes,
            strata=self.strata,
            tables={
                key: added([tables[key] for tables in (one, two) if key in tables])
                for key in {**one, **two}
            },
            bits=bits,
        )

    def by(self, columns: tuple[str, ...]) -> dict[str | None, ScoreTable]:
        """Sum to the groups of one attribute or crossing; `None` holds the missing."""
        return self._summed(named(self.attributes, columns))

    def overall(self) -> ScoreTable:
        """Sum over everybody, people without a recorded group included."""
        return added(list(self.tables.values()))

    def where(self, keeps: Callable[[Key], bool]) -> ScoreProfile:
        """Keep the people whose key is kept."""
        return ScoreProfile(
            attributes=self.attributes,
            strata=self.strata,
            tables={key: table for key, table in self.tables.items() if keeps(key)},
            bits=self.bits,
        )

    def coarsened(self, bits: int | None) -> ScoreProfile:
        """Put the scores on a grid; bins of a coarser grid hold whole bins of a finer."""
        if bits is None or bits == self.bits:
            return self
        return ScoreProfile(
            attributes=self.attributes,
            strata=self.strata,
            tables={key: _coarser(table, bits) for key, table in self.tables.items()},
            bits=bits,
        )

    @property
    def widest(self) -> float:
        """Give the width of the widest bin that has somebody; 0 where scores are exact.

        A score stands at most so far above the one it is counted at.
        """
        if self.bits is None:
            return 0.0
        ends = [
            width(float(score), self.bits)
            for table in self.tables.values()
            for score in (*table.scores[:1], *table.scores[-1:])
        ]
        return max(ends, default=0.0)

    def _summed(self, name_of: Callable[[Key], str | None]) -> dict[str | None, ScoreTable]:
        members: dict[str | None, list[ScoreTable]] = {}
        for key, table in self.tables.items():
            members.setdefault(name_of(key), []).append(table)
        return {name: added(tables) for name, tables in members.items()}


def profile_of(
    scored: ScoredCells,
    attributes: tuple[str, ...],
    strata: tuple[str, ...],
    place_of: Callable[[tuple[str | None, ...]], tuple[Key, Outcome]],
) -> ScoreProfile:
    """Make a profile of what an engine counted.

    Parameters
    ----------
    scored : ScoredCells
        People by cell and score.
    attributes, strata : tuple of str
        The columns of a `Key`.
    place_of : callable
        From a cell's texts to whose and which outcome it is.

    Returns
    -------
    ScoreProfile
        Over decisions it sums: a score has what happened beside it, not what was decided.
    """
    parts: dict[Key, list[tuple[Levels, Outcome]]] = {}
    for texts, levels in scored.levels.items():
        key, outcome = place_of(texts)
        parts.setdefault(key, []).append((levels, outcome))
    return ScoreProfile(
        attributes=attributes,
        strata=strata,
        tables={key: _of_outcomes(levels) for key, levels in parts.items()},
        bits=scored.bits,
    )


def added(tables: list[ScoreTable]) -> ScoreTable:
    """Count several disjoint sets of people together; of nobody there are no scores."""
    import numpy as np

    if len(tables) == 1:
        return tables[0]
    if not tables:
        nobody = np.zeros(0, np.int64)
        return ScoreTable(
            scores=np.zeros(0), positives=nobody, negatives=nobody, unlabelled=nobody
        )
    scores, places = united([table.scores for table in tables])
    kind = np.result_type(*(table.positives for table in tables))
    people = np.zeros((len(OUTCOMES), len(scores)), kind)
    weighted = any(table.squares is not None for table in tables)
    squares = np.zeros(people.shape) if weighted else None
    for table, place in zip(tables, places, strict=True):
        for row, outcome in enumerate(OUTCOMES):
            people[row][place] += getattr(table, outcome)
        if squares is not None and table.squares is not None:
            squares[:, place] += table.squares
    missing = sum(table.missing for table in tables)
    return _table(scores, people, squares, missing)


def united(lists: list[Array]) -> tuple[Array, list[Array]]:
    """Which scores are in any of several lists, and where do those of each stand?

    Parameters
    ----------
    lists : list of array of shape (n_scores,)
        One or more, each rising and each score once.

    Returns
    -------
    array of shape (n_distinct,)
        Rising.
    list of array of shape (n_scores,)
        For each list the places of its scores.

    Examples
    --------
    >>> import numpy as np
    >>> united([np.array([1.0, 3.0]), np.array([2.0, 3.0])])
    (array([1., 2., 3.]), [array([0, 2]), array([1, 2])])
    """
    import numpy as np

    scores = np.concatenate(lists)
    # Lists that rise are merged, not sorted.
    order = np.argsort(scores, kind="stable")
    rising = scores[order]
    firsts = np.ones(len(scores), np.bool_)
    np.not_equal(rising[1:], rising[:-1], out=firsts[1:])
    places = np.empty(len(scores), np.int64)
    places[order] = np.cumsum(firsts) - 1
    ends = np.cumsum([len(one) for one in lists])
    return rising.compress(firsts), np.split(places, ends[:-1])


def _merged(
    scores: Array, people: Array, squares: Array | None, *, missing: float
) -> ScoreTable:
    """Sort by score and sum what has the same one."""
    import numpy as np

    order = np.argsort(scores, kind="stable")
    scores, people = scores[order], people[:, order]
    firsts = np.flatnonzero(np.diff(scores, prepend=-np.inf))
    if len(scores):
        people = np.add.reduceat(people, firsts, axis=1)
    if squares is not None and len(scores):
        squares = np.add.reduceat(squares[:, order], firsts, axis=1)
    return _table(scores[firsts], people, squares, missing)


def _table(
    scores: Array, people: Array, squares: Array | None, missing: float
) -> ScoreTable:
    """Make a table of the rows of an array."""
    positives, negatives, unlabelled = people
    return ScoreTable(
        scores=scores,
        positives=positives,
        negatives=negatives,
        unlabelled=unlabelled,
        squares=squares,
        missing=missing,
    )


def _of_outcomes(parts: list[tuple[Levels, Outcome]]) -> ScoreTable:
    """Put the scores of people of each label into one table."""
    import numpy as np

    scores, places = united([levels.scores for levels, _ in parts])
    kind = np.result_type(*(levels.amounts for levels, _ in parts))
    people = np.zeros((len(OUTCOMES), len(scores)), kind)
    weighted = any(levels.squares is not None for levels, _ in parts)
    squares = np.zeros(people.shape) if weighted else None
    for (levels, outcome), place in zip(parts, places, strict=True):
        row = OUTCOMES.index(outcome)
        people[row][place] += levels.amounts
        if squares is not None and levels.squares is not None:
            squares[row][place] += levels.squares
    missing = sum(levels.missing for levels, _ in parts)
    return _table(scores, people, squares, missing)


def _coarser(table: ScoreTable, bits: int) -> ScoreTable:
    edges = on_grid(table.scores, bits)
    return _merged(edges, table.people, table.squares, missing=table.missing)
