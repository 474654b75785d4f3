"""What is asked of a table, and what comes back: the question and the answer of a count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol, Self

from fairaudit.core.value import replace, value
from fairaudit.engines.score_cells import ScoredCells

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType
    from typing import Any

    import numpy as np

    from fairaudit.core.provenance import Source

    Array = np.ndarray[Any, np.dtype[Any]]

MOST_DISTINCT = 1_000
"""The most distinct values of a key that `few` does not name: labels and predictions."""

MOST_CELLS = 100_000
"""The most cells a count may have; beyond it an audit would be a copy of the data."""


@value
class KeyColumn:
    """One column of the group-by.

    With `edges` the column is cut inside the query into half-open bins, with `threshold`
    into "1" (at or above it) and "0".
    """

    column: str
    edges: tuple[float, ...] | None = None
    threshold: float | None = None

    @property
    def is_cut(self) -> bool:
        """Whether the column is read as a number and cut, rather than as text."""
        return self.edges is not None or self.threshold is not None


@value
class CountQuery:
    """How a table is to be counted.

    `amount` names the column of `--count` or `--weight`, `numeric` further columns that
    must hold numbers and are not grouped by, `score` a column of numbers whose distinct
    values are counted within each cell. The columns in `few` may have at most
    `max_distinct` distinct values, other keys that are not cut `MOST_DISTINCT`.
    """

    keys: tuple[KeyColumn, ...]
    amount: str | None = None
    amount_kind: Literal["rows", "count", "weight"] = "rows"
    numeric: tuple[str, ...] = ()
    score: str | None = None
    max_distinct: int = 50
    few: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Name every column the count reads, once."""
        others = (name for name in (self.score, self.amount) if name is not None)
        keys = (key.column for key in self.keys)
        return tuple(dict.fromkeys((*keys, *self.numeric, *others)))

    @property
    def keys_and_score(self) -> int:
        """Count the columns of the group-by."""
        return len(self.keys) + (self.score is not None)

    def unscored(self) -> CountQuery:
        """Ask the same without counting by score; it must still hold numbers."""
        assert self.score is not None
        return replace(self, score=None, numeric=(*self.numeric, self.score))

    def most_distinct(self, key: KeyColumn) -> int | None:
        """Give the most values a key may have; a cut key has as many as it was cut into."""
        if key.is_cut:
            return None
        return self.max_distinct if key.column in self.few else MOST_DISTINCT


@value
class CellCount:
    """Rows that agree in every key.

    `key` holds canonical text per key column, `None` for a missing value. `amount` is the
    rows, the sum of counts (an integer, exact) or the sum of weights; `squares` is the sum
    of squared weights, and only weights have it.
    """

    key: tuple[str | None, ...]
    rows: int
    amount: int | float
    squares: float | None = None


@value
class TextColumn:
    """A column read row by row: `labels[codes[row]]` is a row's canonical text."""

    codes: Array
    labels: tuple[str | None, ...]


@value
class CellTable:
    """A counted table: sorted cells, every key once, missing values last.

    `rows` is all rows read; those whose count or weight is empty are in no cell. `heaviest`
    is the largest weight. `scores` is there where the query names a score.
    """

    cells: tuple[CellCount, ...]
    rows: int
    missing_amount_rows: int = 0
    heaviest: float | None = None
    scores: ScoredCells | None = None


class Table(Protocol):
    """A table that can be counted, whatever holds it."""

    source: Source
    engine: str
    columns: tuple[str, ...]

    def count(self, query: CountQuery) -> CellTable:
        """Group the rows by the keys and count them."""
        ...

    def texts(self, columns: Sequence[str]) -> list[TextColumn]:
        """Read columns row by row, for tables that are joined; memory grows with rows."""
        ...

    def close(self) -> None:
        """Let go of whatever the table holds open."""
        ...

    def __enter__(self) -> Self:
        """Give the table itself."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        ...
