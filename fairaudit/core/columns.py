"""Which column of a table plays which part."""

from __future__ import annotations

from typing import Literal

from fairaudit.core.value import value
from fairaudit.core.words import Favourable


@value
class Bin:
    """Where a numeric column is cut into groups."""

    column: str
    edges: tuple[float, ...]


@value
class Roles:
    """The parts the columns of a table play in one audit.

    `tables` holds what is compared: each entry one attribute, or the attributes of a
    crossing. `label` is what happened, `prediction` what the system decided, or `score`
    at or above `threshold`. `positive` maps a column to its positive value where one was
    named. `amount` is a column that says how many people a row stands for ("count") or
    its survey weight.
    """

    label: str | None
    prediction: str | None
    score: str | None = None
    threshold: float | None = None
    positive: dict[str, str]
    favourable: Favourable | None
    tables: tuple[tuple[str, ...], ...]
    bins: tuple[Bin, ...] = ()
    strata: tuple[str, ...] = ()
    amount: str | None = None
    amount_kind: Literal["rows", "count", "weight"] = "rows"

    @property
    def attributes(self) -> tuple[str, ...]:
        """Name every column that makes groups, once."""
        return tuple(dict.fromkeys(column for table in self.tables for column in table))
