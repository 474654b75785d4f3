"""Which rows are thresholds made on, which test them, and how many people are where?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from fairaudit.core.errors import InputError
from fairaudit.core.value import replace
from fairaudit.feasibility.hull import Steps
from fairaudit.feasibility.regions import regions
from fairaudit.mitigation.constraints import require_people

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fairaudit.engines.codes import Array
    from fairaudit.feasibility.regions import Regions
    from fairaudit.mitigation.constraints import RateConstraint
    from fairaudit.mitigation.people import People

_SAMPLE = 256
"""Rows that tell whether scores are so few that they are sooner looked up than sorted."""


class Rows:
    """Rows of one purpose: to make thresholds on, or to test them."""

    def __init__(
        self, features: Any, labels: Array, found: People, rows: Array | None
    ) -> None:
        self.features, self.labels, self.found = features, labels, found
        if rows is not None:
            from sklearn.utils import _safe_indexing

            self.features = _safe_indexing(features, rows)
            self.labels = labels[rows]
            self.found = replace(found, codes=found.codes[rows])


def kept_apart(
    labels: Array,
    found: People,
    size: float,
    random_state: Any,
    *,
    by_label: bool,
    where: str,
) -> tuple[Array, Array]:
    """Keep rows of every group apart, to test a promise on; of every label if `by_label`.

    That is for rates among people of one label only. Any other rate depends on how many are
    positive: fixed at the same share in both parts, what a rule owes to chance in the rows
    it was made on would come back in its test.

    Raises
    ------
    InputError
        When there are too few rows for every group to be in both parts, or all with which
        the model is to learn are of one class.
    """
    from sklearn.model_selection import train_test_split

    cells = 2 * found.codes + labels if by_label else found.codes
    kinds, counts = np.unique(cells, return_counts=True)
    few = counts.min() < 2
    apart = int(np.ceil(size * len(labels)))
    if min(apart, len(labels) - apart) < len(kinds):
        raise InputError(
            f"{where}: test_size={size:g} keeps {apart:,} of {len(labels):,} rows apart; "
            f"each part needs {len(kinds)} or more, for people of every "
            f"{'group and label' if by_label else 'group'}. Give more rows, or another "
            f"test_size."
        )
    learn, held = train_test_split(
        np.arange(len(labels)),
        test_size=size,
        random_state=random_state,
        stratify=None if few else cells,
    )
    if len(np.unique(labels[learn])) < 2:
        raise InputError(
            f"{where}: the {len(learn):,} rows that are not kept apart are of one class; "
            f"two are needed. Give more rows of the other."
        )
    return np.sort(learn), np.sort(held)


def counted(
    scores: Array, made: Rows, asked: Sequence[RateConstraint], where: str
) -> Regions:
    """Count people by group, score and label.

    Raises
    ------
    InputError
        When everybody has one score, or a group has nobody whom a constraint is about.
    """
    distinct, places = _ranked(scores)
    if len(distinct) == 1:
        raise InputError(
            f"{where}: the base estimator gives everybody the same score, so no "
            f"threshold can tell people apart. Choose another estimator or features."
        )
    cells = 2 * places + made.labels
    groups, people = [], []
    by_group = _by_group(cells, 2 * len(distinct), made.found)
    for name, own in zip(made.found.names, by_group, strict=True):
        negatives, positives = own.reshape(-1, 2).T
        seen = (negatives + positives).nonzero()[0][::-1]
        steps = Steps(
            name=name,
            scores=distinct[seen],
            positives=positives[seen],
            negatives=negatives[seen],
        )
        groups.append(steps)
        people.append((name, *own.reshape(-1, 2).sum(axis=0).tolist()))
    require_people(asked, people, where)
    return regions(groups)


def _by_group(cells: Array, kinds: int, found: People) -> Iterable[Array]:
    """Count cells by group: at once, unless the counts of all are more than the rows."""
    groups = len(found.names)
    if groups * kinds <= len(cells):
        at_once: Array = np.bincount(cells + kinds * found.codes, minlength=groups * kinds)
        return at_once.reshape(groups, kinds)
    return (
        np.bincount(cells[found.codes == code], minlength=kinds) for code in range(groups)
    )


def _ranked(scores: Array) -> tuple[Array, Array]:
    """Give the distinct scores, rising, and the place of every row's among them."""
    sample = set(scores[:: 1 + len(scores) // _SAMPLE].tolist())
    if len(sample) > _SAMPLE / 2:
        return np.unique(scores, return_inverse=True)
    distinct = np.array(sorted(sample))
    places = distinct.searchsorted(scores)
    if not (distinct.take(places, mode="clip") == scores).all():
        distinct = np.unique(scores)
        places = distinct.searchsorted(scores)
    return distinct, places
