"""The groups of a table with their scores, cut into the same bands of scores."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from fairaudit.core.evidence import EVERYONE_ELSE, GroupTable
from fairaudit.core.value import value
from fairaudit.tally.effective_sizes import size_of_share
from fairaudit.tally.profile import ScoreTable, added, united

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np

    from fairaudit.tally.profile import ScoreProfile

    Array = np.ndarray[Any, np.dtype[Any]]

BANDS = 10
"""Bands of scores, each with about as many people of all groups together."""

STEPS = 100
"""Finer steps of scores, by which groups are matched within a band."""


@value
class Banded:
    """People with a label in every band of scores, in parallel arrays.

    `sizes` is what `people` are worth: the same, or less under survey weights.
    """

    people: Array
    positives: Array
    mean_scores: Array
    sizes: Array

    __hash__ = None  # type: ignore[assignment]

    def counts(self, place: int) -> tuple[float, float]:
        """Give positives and people of one band, at their effective size."""
        positives, people = self.positives[place].item(), self.people[place].item()
        size = self.sizes[place].item()
        if size == people:
            return positives, people
        return min(1.0, positives / people) * size, size


@value
class Cut:
    """Where scores are cut: the lowest score of every band, and of every finer step."""

    bands: Array
    steps: Array

    __hash__ = None  # type: ignore[assignment]

    def steps_of(self, band: int) -> range:
        """Name the steps within a band."""
        import numpy as np

        starts = [*np.searchsorted(self.steps, self.bands).tolist(), len(self.steps)]
        return range(starts[band], starts[band + 1])


@value
class ScoredSide:
    """One side of a comparison: a group, or everyone else."""

    name: str
    table: ScoreTable
    bands: Banded
    steps: Banded


@value
class ScoredGroups:
    """The compared groups of a table, with the bands that their scores fall in.

    `ranges` holds the lowest and the highest score of each band. `widest` is how far a
    score may stand above the one it is counted at. `heaviest` is the largest survey weight.
    """

    table: GroupTable
    sides: tuple[ScoredSide, ...]
    cut: Cut
    ranges: tuple[tuple[float, float], ...]
    low: float | None
    high: float | None
    widest: float
    heaviest: float

    def pairings(self) -> Iterator[tuple[ScoredSide, ScoredSide]]:
        """Give every comparison: all pairs, each with the rest, or with a reference."""
        if self.table.compare == "pairs":
            yield from combinations(self.sides, 2)
        elif self.table.compare == "rest":
            for side in self.sides if len(self.sides) > 1 else ():
                others = [other.table for other in self.sides if other is not side]
                yield side, side_of(EVERYONE_ELSE, added(others), self.cut, self.heaviest)
        else:
            wanted = self.table.compare.removeprefix("reference:")
            reference = next(side for side in self.sides if side.name == wanted)
            yield from ((side, reference) for side in self.sides if side is not reference)

    def is_one_score(self, band: int) -> bool:
        """Tell whether everybody in a band has the same score."""
        return self.ranges[band][0] == self.ranges[band][1]

    def are_probabilities(self) -> bool:
        """Tell whether every score lies between 0 and 1."""
        return (
            self.low is not None
            and self.high is not None
            and 0 <= self.low <= self.high <= 1
        )


def scored_groups(profile: ScoreProfile, table: GroupTable) -> ScoredGroups:
    """Give the compared groups of a table their scores.

    Parameters
    ----------
    profile : ScoreProfile
        People by group, score and label.
    table : GroupTable
        Which groups there are, and how they are compared.

    Returns
    -------
    ScoredGroups
        A group without scores has empty ones.
    """
    import numpy as np

    by_group = profile.by(table.columns)
    tables = {row.name: by_group.get(row.name, added([])) for row in table.compared}
    scores, people = _pooled(list(tables.values()))
    bands = quantile_edges(scores, people, BANDS)
    cut = Cut(bands=bands, steps=np.union1d(bands, quantile_edges(scores, people, STEPS)))
    weights = table.overall.weights
    heaviest = 0.0 if weights is None else float(weights.heaviest)
    highest = [*scores[np.searchsorted(scores, bands[1:]) - 1], *scores[-1:]]
    return ScoredGroups(
        table=table,
        sides=tuple(side_of(name, here, cut, heaviest) for name, here in tables.items()),
        cut=cut,
        ranges=tuple(zip(bands.tolist(), map(float, highest), strict=True)),
        low=float(scores[0]) if len(scores) else None,
        high=float(scores[-1]) if len(scores) else None,
        widest=profile.widest,
        heaviest=heaviest,
    )


def _pooled(tables: Sequence[ScoreTable]) -> tuple[Array, Array]:
    """Give the distinct scores of people with a label, and how many of them have each."""
    import numpy as np

    nobody = np.zeros(0)
    distinct, places = united([nobody, *(table.scores for table in tables)])
    people = np.concatenate([nobody, *(table.labelled for table in tables)])
    counted = np.bincount(np.concatenate(places), people, minlength=len(distinct))
    return distinct[counted > 0], counted[counted > 0]


def side_of(name: str, table: ScoreTable, cut: Cut, heaviest: float) -> ScoredSide:
    """Cut the scores of a group into bands and steps."""
    return ScoredSide(
        name=name,
        table=table,
        bands=_banded(table, cut.bands, heaviest),
        steps=_banded(table, cut.steps, heaviest),
    )


def quantile_edges(scores: Array, people: Array, wanted: int) -> Array:
    """Where to cut scores so that every part has about as many people?

    Parameters
    ----------
    scores, people : array of shape (n_scores,)
        Distinct scores, rising, and how many people have each.
    wanted : int
        How many parts; fewer where many people share a score.

    Returns
    -------
    array of shape (n_parts,)
        The lowest score of each. Few distinct scores have a part each.

    Examples
    --------
    >>> import numpy as np
    >>> quantile_edges(np.arange(8), np.ones(8), 4).tolist()
    [0, 2, 4, 6]
    """
    import numpy as np

    if len(scores) <= wanted:
        return scores
    below = np.cumsum(people) - people / 2
    part = np.minimum((below / people.sum() * wanted).astype(np.int64), wanted - 1)
    return scores[np.flatnonzero(np.diff(part, prepend=-1))]


def _banded(table: ScoreTable, edges: Array, heaviest: float) -> Banded:
    """Sum people between edges."""
    import numpy as np

    # Scores below the first edge are of nobody with a label.
    starts = np.searchsorted(table.scores, edges)
    starts[:1] = 0
    held = np.diff(starts, append=len(table.scores)) > 0

    def summed(values: Array) -> Array:
        sums = np.zeros(len(edges), values.dtype)
        sums[held] = np.add.reduceat(values, starts[held]) if held.any() else 0
        return sums

    people, positives = summed(table.labelled), summed(table.positives)
    somebody = np.where(people > 0, people, 1)
    sizes = people
    if table.squares is not None:
        parts = zip(
            positives.tolist(),
            summed(table.negatives).tolist(),
            summed(table.squares[0]).tolist(),
            summed(table.squares[1]).tolist(),
            strict=True,
        )
        sizes = np.array(
            [
                size_of_share((x, rest), squares=(x2, rest2), heaviest=heaviest)
                for x, rest, x2, rest2 in parts
            ]
        )
    return Banded(
        people=people,
        positives=positives,
        mean_scores=summed(table.scores * table.labelled) / somebody,
        sizes=sizes,
    )
