"""People by cell and score: the values that a count by score gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairaudit.core.value import value

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]


@value
class Levels:
    """The scores of one cell, rising, and how many people have each.

    `amounts` are people (int64) or sums of survey weights, `squares` sums of squared
    weights. `missing` people have no score.
    """

    scores: Array
    amounts: Array
    squares: Array | None = None
    missing: int | float = 0
    missing_squares: float = 0.0

    def __eq__(self, other: object) -> bool:
        """Compare by content."""
        if not isinstance(other, Levels):
            return NotImplemented
        import numpy as np

        return (
            np.array_equal(self.scores, other.scores)
            and np.array_equal(self.amounts, other.amounts)
            and _same(self.squares, other.squares)
            and self.missing == other.missing
            and self.missing_squares == other.missing_squares
        )

    __hash__ = None  # type: ignore[assignment]


@value
class ScoredCells:
    """Levels per key of a cell; `bits` is `None` where the scores are exact."""

    levels: dict[tuple[str | None, ...], Levels]
    bits: int | None


def _same(one: Array | None, other: Array | None) -> bool:
    if one is None or other is None:
        return one is other
    import numpy as np

    return bool(np.array_equal(one, other))
