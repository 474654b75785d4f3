"""Who was audited, and where every row of the table went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.evidence import MISSING
from fairaudit.report.model import LedgerLine, Population
from fairaudit.tally.count_query import Tallied, ledger_of
from fairaudit.tally.counts import CROSS

if TYPE_CHECKING:
    from fairaudit.core.columns import Roles
    from fairaudit.tally.suppression import Suppressed


def population_of(
    tallied: Tallied, safe: Suppressed, roles: Roles, suppress_below: int | None
) -> Population:
    """Say where every row went; after suppression only what the safe counts say."""
    ledger = tallied.ledger
    if suppress_below is not None:
        ledger = ledger_of(safe, roles.tables, labelled=roles.label is not None)
    return Population(
        rows=None if suppress_below is not None else tallied.rows,
        people=sum(people for _, people in ledger.values()),
        ledger=tuple(
            LedgerLine(name=name, rows=rows, people=people)
            for name, (rows, people) in ledger.items()
        ),
        weighted=roles.amount_kind == "weight",
        suppress_below=suppress_below,
        withheld={
            f"{CROSS.join(columns)}: {MISSING if group is None else group}": what
            for columns, groups in safe.withheld.items()
            for group, what in groups.items()
        },
    )
