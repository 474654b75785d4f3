"""How far apart groups are under some decisions, counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairaudit.core.cells import Cells
from fairaudit.tally.rates import proportion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fairaudit.engines.codes import Array
    from fairaudit.mitigation.constraints import RateConstraint
    from fairaudit.mitigation.people import People
    from fairaudit.tally.rates import Rate


def cells_by_group(labels: Array, decided: Array, found: People) -> tuple[Cells, ...]:
    """Count each group by label and decision, both 0 or 1."""
    code = 4 * found.codes + 2 * labels + decided
    counts = np.bincount(code, minlength=4 * len(found.names)).reshape(-1, 4)
    return tuple(
        Cells(tn=int(tn), fp=int(fp), fn=int(fn), tp=int(tp)) for tn, fp, fn, tp in counts
    )


def rate_gap(rate: Rate, groups: Iterable[Cells]) -> float | None:
    """Give max minus min of a rate, `None` where a group has none."""
    values = [proportion(rate, cells).value for cells in groups]
    known = [one for one in values if one is not None]
    return max(known) - min(known) if len(known) == len(values) else None


def excess(constraints: Sequence[RateConstraint], groups: Sequence[Cells]) -> float:
    """Give how far the worst constraint is exceeded; one that is undefined counts as 1."""
    gaps = [(rate_gap(one.rate, groups), one.tolerance) for one in constraints]
    return max(1.0 if gap is None else max(0.0, gap - within) for gap, within in gaps)


def accuracy(groups: Iterable[Cells]) -> float:
    """Give the share of decisions that were right."""
    groups = tuple(groups)
    right = sum(cells.tp + cells.tn for cells in groups)
    return right / sum(cells.complete for cells in groups)
