"""The best single thresholds there are: a search over windows of rates.

Gaps are within their tolerances exactly if every rate has a window, as wide as its
tolerance, that holds all groups. A window may be moved up until it begins at the rate of
some group's threshold. So each threshold in turn is taken for the lowest in the first rate,
which leaves every group those within the window, and near that threshold in all other
rates; of these, each in turn for the lowest in the second rate, and so on. What each group
would choose by itself from what is left costs no more than any rule there: where that is
not less than the best rule found, nothing is left to look for, and where those choices keep
all gaps, they are the best.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from fairaudit.core.value import value
from fairaudit.mitigation.levels import ROUNDING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairaudit.engines.codes import Array

_BATCH = 20_000
"""Windows that are looked into at once, about."""


class Sets(Protocol):
    """One group's allowed thresholds, and what can be done with sets of them.

    Many sets take one step: they are the rows of an array. `rates` has a row per rate, and
    `levels` says how many of the highest distinct scores each threshold selects.
    """

    levels: Array
    rates: Array

    def every(self) -> Array:
        """Give the one set of all thresholds."""

    def only(self, places: Array) -> Array:
        """Give the sets of one threshold each."""

    def between(self, low: Array, high: Array) -> Array:
        """Give the sets of thresholds whose every rate lies between two, a row per rate."""

    def both(self, sets: Array, others: Array) -> Array:
        """Give what is in both of two sets, row by row."""

    def sizes(self, sets: Array) -> Array:
        """Count the thresholds of each set."""

    def members(self, sets: Array) -> tuple[Array, Array]:
        """List the thresholds of all sets: in which row, and at which place."""

    def cheapest(self, sets: Array) -> tuple[Array, Array]:
        """Give each set's place and cost of the cheapest; infinite where it is empty."""


@value
class Found:
    """One threshold per group: how many of the highest distinct scores it selects.

    `levels` is `None` where no thresholds were found; `complete` says that there are none,
    and otherwise none better.
    """

    levels: list[int] | None
    complete: bool


def best_thresholds(
    groups: Sequence[Sets],
    within: Array,
    apart: Array,
    *,
    most: int,
    any_will_do: bool = False,
) -> Found:
    """Which thresholds, one per group, keep every gap at the least cost of errors?

    Parameters
    ----------
    groups : sequence of Sets
        Each group's thresholds.
    within : ndarray of shape (n_rates,)
        How wide each rate's window is.
    apart : ndarray of shape (n_groups, n_rates)
        How far outside its window, on either side, a group's rate may be.
    most : int
        Windows, times groups, that are looked into before the search is given up.
    any_will_do : bool
        Take the first thresholds found, be they the best or not.

    Returns
    -------
    Found
        The best there are where the search is complete.
    """
    if not all(own.levels.size for own in groups):
        return Found(levels=None, complete=True)
    search = _Search(groups, within, apart)
    complete = search.run(most // len(groups), any_will_do=any_will_do)
    return Found(levels=search.levels, complete=complete)


class _Search:
    """Windows and what each leaves to every group; the best rule found so far."""

    def __init__(self, groups: Sequence[Sets], within: Array, apart: Array) -> None:
        self.groups = groups
        self.within = within
        self.apart = apart
        self.levels: list[int] | None = None
        self._least = np.inf
        self._near: dict[tuple[int, int, int], Array] = {}
        # One of two groups is taken for itself alone: the other is near it on either side.
        self._pair = len(groups) == 2

    def run(self, most: int, *, any_will_do: bool) -> bool:
        """Look into windows, those that promise most first; tell whether into all."""
        waiting = [(0, [own.every() for own in self.groups], np.zeros(1))]
        while waiting:
            if most <= 0 or (any_will_do and self.levels):
                return False
            rate, sets, bounds = waiting.pop()
            better = bounds < self._least - ROUNDING
            narrower = self._narrowed([each[better] for each in sets], rate)
            most -= len(narrower[0])
            last = self._pair or rate + 1 == len(self.within)
            left, bounds = self._settled(narrower, last=last)
            batches = list(self._batches(left, bounds))
            waiting += [(rate + 1, *batch) for batch in reversed(batches)]
        return True

    def _narrowed(self, sets: list[Array], rate: int) -> list[Array]:
        """Take each threshold of each group in turn for the lowest in a rate."""
        found: list[list[Array]] = [[] for _ in self.groups]
        for group, own in enumerate(self.groups[:1] if self._pair else self.groups):
            rows, places = own.members(sets[group])
            for other, its in enumerate(self.groups):
                if other == group:
                    found[other].append(own.only(places))
                else:
                    near = self._near_to(group, other, rate)[places]
                    found[other].append(its.both(sets[other][rows], near))
        return [np.concatenate(each) for each in found]

    def _near_to(self, group: int, other: int, rate: int) -> Array:
        """Give another group's sets beside each threshold of one, the lowest in a rate."""
        key = group, other, rate
        if key not in self._near:
            rates = self.groups[group].rates
            own, its = self.apart[group], self.apart[other]
            reach = (self.within + own + its)[:, None]
            low = rates - reach
            if not self._pair:
                low[rate] = rates[rate] + own[rate] - its[rate]
            self._near[key] = self.groups[other].between(low, rates + reach)
        return self._near[key]

    def _settled(self, sets: list[Array], *, last: bool) -> tuple[list[Array], Array]:
        """Note the best choices that keep all gaps; give what may hold better ones.

        In windows of the last rate whatever is left keeps all gaps.
        """
        chosen = [own.cheapest(each) for own, each in zip(self.groups, sets, strict=True)]
        bounds = np.sum([costs for _, costs in chosen], axis=0)
        better = np.flatnonzero(bounds < self._least - ROUNDING)
        keeps = (
            np.full(better.shape, fill_value=True)
            if last
            else self._keeps([places[better] for places, _ in chosen])
        )
        kept, left = better[keeps], better[~keeps]
        if kept.size:
            best = kept[bounds[kept].argmin()]
            self._least = float(bounds[best])
            self.levels = [
                int(own.levels[places[best]])
                for own, (places, _) in zip(self.groups, chosen, strict=True)
            ]
            left = left[bounds[left] < self._least - ROUNDING]
        return [each[left] for each in sets], bounds[left]

    def _keeps(self, places: list[Array]) -> Array:
        """Tell which choices of one threshold per group keep all gaps."""
        rates = [own.rates[:, at] for own, at in zip(self.groups, places, strict=True)]
        apart = self.apart[:, :, None]
        gaps = np.max(rates - apart, axis=0) - np.min(rates + apart, axis=0)
        kept: Array = (gaps <= self.within[:, None] + ROUNDING).all(axis=0)
        return kept

    def _batches(
        self, sets: list[Array], bounds: Array
    ) -> Iterator[tuple[list[Array], Array]]:
        """Part windows into batches, those that promise most first."""
        order = bounds.argsort(kind="stable")
        sizes = np.sum(
            [own.sizes(each) for own, each in zip(self.groups, sets, strict=True)], axis=0
        )[order]
        parts = np.flatnonzero(np.diff(sizes.cumsum() // _BATCH)) + 1
        for rows in np.split(order, parts):
            if rows.size:
                yield [each[rows] for each in sets], bounds[rows]
