"""One comparison in plain words: both groups, both rates, and how far apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.evidence import Comparison, GroupTable, StratifiedComparison
from fairaudit.core.value import replace, value
from fairaudit.report.model import DecisionAudit
from fairaudit.report.numbers import NBSP, decimal, interval, share

if TYPE_CHECKING:
    from fairaudit.core.estimate import Estimate
    from fairaudit.report.sections.pairs import Compared


@value
class Words:
    """What comparisons of one table are put into words with.

    `ratio` says that smaller over larger is compared, not the difference; `tolerance` is
    what is held against.
    """

    part: DecisionAudit
    table: GroupTable
    ratio: bool
    tolerance: float

    @property
    def all_pairs(self) -> bool:
        """Tell whether every group is compared with every other."""
        return self.table.compare == "pairs"

    def names(self, one: Compared) -> str:
        """Name two groups, the higher rate first; or the one that is held against all."""
        if not self.all_pairs:
            return one.first
        seen = estimate_of(one).value
        turned = seen is not None and seen < (1 if self.ratio else 0)
        first, second = (one.second, one.first) if turned else (one.first, one.second)
        return f"{first} v {second}"

    def rates(self, one: Compared) -> str:
        """Write both groups' rates in words, the higher one first."""
        if isinstance(one, StratifiedComparison):
            strata = "stratum" if one.strata_used == 1 else "strata"
            return f"among people alike, {one.strata_used} {strata}"
        found = self._rates(one)
        if found is None:
            return self.symbol(one)
        shown = f"{NBSP}v{NBSP}".join(share(rate) for rate in sorted(found, reverse=True))
        term = self.part.glossary.get(one.rate)
        return f"{shown} {term.plain} ({term.symbol})" if term else f"{shown} ({one.rate})"

    def apart(self, one: Compared) -> str:
        """Write both rates, how far apart they are with an interval, and at most."""
        return f"{self.rates(one)}, {self._difference(one)}, {self.at_most(one)}"

    def _difference(self, one: Compared) -> str:
        """Write how far apart two groups are, with the interval of this one comparison."""
        seen = estimate_of(one)
        if seen.value is None:
            return seen.undefined_because or "undefined"
        seen = _smaller_over_larger(seen) if self.ratio else _higher_minus_lower(seen)
        assert seen.value is not None
        what = "ratio" if self.ratio else "gap"
        return f"{what}{NBSP}{decimal(seen.value)} {interval(seen.interval)}".rstrip()

    def at_least(self, one: Compared) -> str:
        """Write how far apart two groups are at least."""
        limit = one.at_least or 0.0
        return self._limit("at most" if self.ratio else "at least", limit)

    def at_most(self, one: Compared) -> str:
        """Write how far apart two groups are at most."""
        limit = 1.0 if one.at_most is None else one.at_most
        return self._limit("at least" if self.ratio else "at most", limit)

    def symbol(self, one: Compared) -> str:
        """Give the short name of the compared rate."""
        if isinstance(one, StratifiedComparison):
            return "among people alike"
        term = self.part.glossary.get(one.rate)
        return term.symbol if term else one.rate

    def _limit(self, words: str, limit: float) -> str:
        """Write a limit so that it does not round onto the tolerance."""
        number = 1 - limit if self.ratio else limit
        return f"{words} {decimal(number, against=self.tolerance)}".replace(" ", NBSP)

    def _rates(self, one: Comparison) -> tuple[float, float] | None:
        """Look up both rates; that of everyone else follows from the comparison."""
        known = {
            row.name: row.rates[one.rate].value
            for row in self.table.groups
            if one.rate in row.rates
        }
        first, second = known.get(one.first), known.get(one.second)
        seen = one.difference.value
        if first is not None and second is None and seen is not None:
            second = first - seen if not self.ratio else first / seen if seen else None
        return None if first is None or second is None else (first, second)


def estimate_of(one: Compared) -> Estimate:
    """Give the difference, or ratio, of first and second."""
    return one.common if isinstance(one, StratifiedComparison) else one.difference


def _higher_minus_lower(seen: Estimate) -> Estimate:
    """Turn a negative difference around."""
    limits = seen.interval
    if seen.value is None or seen.value >= 0:
        return seen
    if limits is not None:
        low, high = limits.high, limits.low
        limits = replace(limits, low=low and -low, high=high and -high)
    return replace(seen, value=-seen.value, interval=limits)


def _smaller_over_larger(seen: Estimate) -> Estimate:
    """Turn a ratio above 1 around."""
    limits = seen.interval
    if seen.value is None or seen.value <= 1:
        return seen
    if limits is not None:
        low, high = limits.high, limits.low
        limits = replace(
            limits, low=1 / low if low else 0.0, high=1 / high if high else None
        )
    return replace(seen, value=1 / seen.value, interval=limits)
