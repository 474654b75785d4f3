"""Which rows are thresholds made on, which test them, and how many people are where?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from fairaudit.core.errors import InputError
from fairaudit.core.value import replace
from fairaudit.feasibility.hull import steps
from fairaudit.feasibility.regions import regions

if TYPE_CHECKING:
    from fairaudit.engines.codes import Array
    from fairaudit.feasibility.regions import Regions
    from fairaudit.mitigation.people import People


class Rows:
    """Rows of one purpose: to make thresholds on, or to test them."""

    def __init__(self, features: Any, labels: Array, found: People, rows: Array) -> None:
        from sklearn.utils import _safe_indexing

        everything = len(rows) == len(labels)
        self.features = features if everything else _safe_indexing(features, rows)
        self.labels = labels[rows]
        self.found = replace(found, codes=found.codes[rows])


def kept_apart(
    labels: Array, found: People, size: float, random_state: Any, *, by_label: bool
) -> tuple[Array, Array]:
    """Keep rows of every group apart, to test a promise on; of every label if `by_label`.

    That is for rates among people of one label only. Any other rate depends on how many are
    positive: fixed at the same share in both parts, what a rule owes to chance in the rows
    it was made on would come back in its test.
    """
    from sklearn.model_selection import train_test_split

    cells = 2 * found.codes + labels if by_label else found.codes
    few = np.bincount(cells)[np.unique(cells)].min() < 2
    learn, held = train_test_split(
        np.arange(len(labels)),
        test_size=size,
        random_state=random_state,
        stratify=None if few else cells,
    )
    return np.sort(learn), np.sort(held)


def counted(scores: Array, made: Rows, where: str) -> Regions:
    """Count people by group, score and label."""
    if np.ptp(scores) == 0:
        raise InputError(
            f"{where}: the base estimator gives everybody the same score, so no "
            f"threshold can tell people apart. Choose another estimator or features."
        )
    for place, name in enumerate(made.found.names):
        of_group = made.labels[made.found.codes == place]
        for label, word in ((1, "positive"), (0, "negative")):
            if not (of_group == label).any():
                raise InputError(
                    f"{where}: nobody in group {name} has a {word} label among "
                    f"the rows that thresholds are made on, so its rates are not "
                    f"defined. Leave the group out or join it with another."
                )
    return regions(
        [
            steps(
                name,
                scores[rows],
                made.labels[rows],
                1 - made.labels[rows],
            )
            for place, name in enumerate(made.found.names)
            for rows in (made.found.codes == place,)
        ]
    )
