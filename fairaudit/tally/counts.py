"""Counts at the finest crossing of groups; every coarser table is a sum of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from fairaudit.core.cells import Cells
from fairaudit.core.value import value
from fairaudit.core.weights import Weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Addable = TypeVar("Addable", Cells, Weights)

CROSS = " × "
"""Joins the values of a crossing into one group name."""


@value
class Key:
    """One finest crossing: a value per attribute and stratum column, `None` if missing."""

    groups: tuple[str | None, ...]
    strata: tuple[str | None, ...] = ()


@value
class Counts:
    """People by group, label and prediction.

    Counts of disjoint sets of rows add with ``+``, so that chunks, partitions and files
    count together. `weights` is what is kept of survey weights, or `None`.
    """

    attributes: tuple[str, ...]
    strata: tuple[str, ...] = ()
    cells: dict[Key, Cells]
    weights: dict[Key, Weights] | None = None

    def __add__(self, other: Counts) -> Counts:
        """Count two disjoint sets of rows together."""
        assert (self.attributes, self.strata) == (other.attributes, other.strata)
        assert (self.weights is None) == (other.weights is None)
        weights = None
        if self.weights is not None and other.weights is not None:
            weights = _merged([self.weights, other.weights], Weights())
        return Counts(
            attributes=self.attributes,
            strata=self.strata,
            cells=_merged([self.cells, other.cells], Cells()),
            weights=weights,
        )

    def by(self, columns: tuple[str, ...]) -> dict[str | None, Cells]:
        """Sum to the groups of one attribute or crossing; `None` holds the missing."""
        return _summed(self.cells, self._named(columns), Cells())

    def weights_by(self, columns: tuple[str, ...]) -> dict[str | None, Weights]:
        """Sum what is kept of weights the same way; empty without survey weights."""
        return _summed(self.weights or {}, self._named(columns), Weights())

    @property
    def all_weights(self) -> Weights | None:
        """Give what is kept of the weights of everybody."""
        return sum(self.weights.values(), Weights()) if self.weights else None

    def stratum_names(self) -> list[str | None]:
        """Name the strata, sorted, people without one last."""
        names = {_joined(key.strata) for key in self.cells}
        return sorted(names, key=lambda name: (name is None, name or ""))

    def in_stratum(self, name: str | None) -> Counts:
        """Keep the people of one stratum."""
        return self.where(lambda key: _joined(key.strata) == name)

    def where(self, keeps: Callable[[Key], bool]) -> Counts:
        """Keep the people whose key is kept."""
        weights = self.weights
        return Counts(
            attributes=self.attributes,
            strata=self.strata,
            cells={key: cells for key, cells in self.cells.items() if keeps(key)},
            weights=weights and {key: one for key, one in weights.items() if keeps(key)},
        )

    def group_of(self, key: Key, columns: tuple[str, ...]) -> str | None:
        """Name the group of a key in one table."""
        return self._named(columns)(key)

    def stratum_of(self, key: Key) -> str | None:
        """Name the stratum of a key, `None` where it is not recorded."""
        return _joined(key.strata) if self.strata else None

    def _named(self, columns: tuple[str, ...]) -> Callable[[Key], str | None]:
        """Give the function from a key to its group's name."""
        return named(self.attributes, columns)


def named(
    attributes: tuple[str, ...], columns: tuple[str, ...]
) -> Callable[[Key], str | None]:
    """Give the function from a key to its group's name in one table."""
    places = [attributes.index(column) for column in columns]
    return lambda key: _joined(tuple(key.groups[place] for place in places))


def _joined(values: tuple[str | None, ...]) -> str | None:
    """Join the parts of a name; one missing part makes it missing."""
    known = [part for part in values if part is not None]
    return CROSS.join(known) if len(known) == len(values) else None


def _merged(parts: Iterable[dict[Key, Addable]], nothing: Addable) -> dict[Key, Addable]:
    """Add up key by key."""
    merged: dict[Key, Addable] = {}
    for part in parts:
        for key, here in part.items():
            merged[key] = merged.get(key, nothing) + here
    return merged


def _summed(
    parts: dict[Key, Addable], named: Callable[[Key], str | None], nothing: Addable
) -> dict[str | None, Addable]:
    """Add up group by group."""
    summed: dict[str | None, Addable] = {}
    for key, here in parts.items():
        name = named(key)
        summed[name] = summed.get(name, nothing) + here
    return summed
