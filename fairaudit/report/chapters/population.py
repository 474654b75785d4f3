"""Who was audited, and where every row went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.value import value
from fairaudit.report.numbers import count

if TYPE_CHECKING:
    from fairaudit.report.model import DecisionAudit, RunFacts

PLACE = 20
TITLE = "People and rows"


@value
class PopulationText:
    """The row ledger as texts; its lines sum to the last one."""

    ledger: tuple[tuple[str, str, str], ...]
    total: tuple[str, str, str]
    weighted: bool
    suppress_below: int | None
    withheld: tuple[tuple[str, str], ...]


def content(part: DecisionAudit, run: RunFacts | None) -> PopulationText:
    """Give the ledger."""
    del run
    population = part.population
    return PopulationText(
        ledger=tuple(
            (line.name, "–" if line.rows is None else count(line.rows), count(line.people))
            for line in population.ledger
        ),
        total=(
            "all shown"
            if any(one.overall.people is None for one in part.tables)
            else "all",
            "–" if population.rows is None else count(population.rows),
            count(population.people),
        ),
        weighted=population.weighted,
        suppress_below=population.suppress_below,
        withheld=tuple(population.withheld.items()),
    )
