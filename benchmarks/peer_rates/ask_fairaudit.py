"""Ask fairaudit."""

from __future__ import annotations

import sys

from answering import RATES, answer, people

from fairaudit.metrics.array_cells import count_arrays
from fairaudit.tally.rates import RATES as OURS

y_true, y_pred, group = people(sys.argv[1])


def rates() -> dict[str, list[float]]:
    """Count once, then divide."""
    cells = count_arrays(y_true, y_pred, group)
    ids = [name if name in OURS else "positive_predictive_value" for name in RATES]
    return {
        name: [side.proportion(OURS[rate]).value or 0.0 for side in cells.groups]
        for name, rate in zip(RATES, ids, strict=True)
    }


answer(rates)
