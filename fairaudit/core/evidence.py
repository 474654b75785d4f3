"""What was found about groups: their rates, and how far apart those are."""

from __future__ import annotations

from typing import Literal

from fairaudit.core.cells import Cells
from fairaudit.core.estimate import Amount, Estimate
from fairaudit.core.value import value
from fairaudit.core.weights import Weights

MISSING = "(missing)"
"""Shown for people whose group is not recorded: counted, never compared."""

EVERYONE_ELSE = "everyone else"
"""The other side of a comparison of one group with the rest."""

GroupKind = Literal["group", "missing", "absent", "withheld", "overall"]


@value
class GroupRow:
    """One group of one table: its people, its cells and its rates.

    `kind` is "group"; "missing" for people without a recorded group; "absent" for an
    expected group that has nobody; "withheld" where all its counts are; or
    "overall". `weights` is what is kept of survey weights beside the sums in `cells`.
    """

    name: str
    kind: GroupKind
    cells: Cells | None
    weights: Weights | None = None
    rates: dict[str, Estimate]
    impact_ratio: Estimate | None = None

    @property
    def people(self) -> Amount | None:
        """Count the group's people; `None` where withheld."""
        return None if self.cells is None else self.cells.total

    @property
    def whole(self) -> bool:
        """Tell whether nothing of the group is withheld."""
        return self.cells is not None and not any(map(self.withholds, self.rates))

    def withholds(self, rate: str) -> bool:
        """Tell whether a rate is not told because of small counts."""
        estimate = self.rates.get(rate)
        return (
            estimate is not None and estimate.value is None and estimate.denominator is None
        )


@value
class Stratum:
    """The groups of a table among people alike in the columns of `--strata`.

    `name` is `None` for people whose stratum is not recorded.
    """

    name: str | None
    groups: tuple[GroupRow, ...]


@value
class GroupTable:
    """The groups that one attribute, or a crossing of several, makes."""

    attribute: str
    columns: tuple[str, ...]
    compare: str
    groups: tuple[GroupRow, ...]
    overall: GroupRow
    strata: tuple[Stratum, ...] = ()

    @property
    def weighted(self) -> bool:
        """Tell whether people are sums of survey weights."""
        return any(row.weights is not None for row in self.groups)

    @property
    def compared(self) -> tuple[GroupRow, ...]:
        """Give the groups that take part in comparisons, what is withheld undefined."""
        return tuple(
            row for row in self.groups if row.kind != "missing" and row.name != MISSING
        )


@value
class Comparison:
    """One rate of one group beside another's: seen, and the limits that decide a verdict.

    `difference` is first minus second with its *printed* interval (Newcombe, or
    Miettinen-Nurminen for small groups). `at_least` is the simultaneous lower limit of the
    absolute difference, `at_most` its one-sided 95 % upper limit (MOVER over
    Clopper-Pearson); under a ratio measure both are limits of the smaller-over-larger
    ratio's shortfall from 1. `None` where the comparison is undefined.
    """

    rate: str
    first: str
    second: str
    difference: Estimate
    at_least: float | None
    at_most: float | None
    in_scope: bool
    status: Literal["pass", "undecided", "fail"] | None = None


@value
class StratifiedComparison:
    """Two groups' selection rates compared among people alike.

    `common` is the Mantel-Haenszel difference, first minus second. `worst_stratum` is the
    one with the largest simultaneous lower limit; `strata_skipped` hold only one of the
    two groups.
    """

    first: str
    second: str
    common: Estimate
    at_least: float | None
    at_most: float | None
    worst_stratum: str | None
    worst_stratum_at_least: float | None
    heterogeneity_p: float | None
    strata_used: int
    strata_skipped: int
    in_scope: bool
    status: Literal["pass", "undecided", "fail"] | None = None


@value
class Gap:
    """How far apart two groups are, and which."""

    value: float
    high: str
    low: str


@value
class RateGap:
    """How far one rate is apart over all groups of a table.

    `largest` is max minus min as seen; `noise_corrected` what shrinkage leaves of it;
    `shown` the largest simultaneous lower limit above zero, `None` where no difference is
    shown; `not_excluded` the largest one-sided upper limit.
    """

    rate: str
    largest: Gap | None
    noise_corrected: float | None
    between_group_sd: float | None
    shown: Gap | None
    not_excluded: Gap | None
    ratio: float | None
    undefined: dict[str, str]


@value
class Disparity:
    """One criterion measured on one table, before any judgement.

    `main` marks the criteria that every report shows in full, asked for or not.
    """

    kind: Literal["disparity"] = "disparity"
    criterion: str
    main: bool = False
    attribute: str
    family_size: int
    gaps: tuple[RateGap, ...]
    stratified: tuple[StratifiedComparison, ...] = ()
