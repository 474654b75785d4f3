"""Price lists of an audit's tables: who takes part, and how they are decided on today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.prices import FEWEST
from fairaudit.core.seeds import generator
from fairaudit.core.value import replace
from fairaudit.report.model import Note
from fairaudit.tradeoffs.findings import headline_pair
from fairaudit.tradeoffs.on_scores import joint_gap_on_scores, three_of
from fairaudit.tradeoffs.price_findings import price_finding
from fairaudit.tradeoffs.scored import Scored, by_decisions, by_threshold, taking_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.core.columns import Roles
    from fairaudit.core.evidence import GroupTable
    from fairaudit.core.finding import Finding
    from fairaudit.core.prices import JointGap
    from fairaudit.tally.profile import ScoreProfile


def scored_table(table: GroupTable, profile: ScoreProfile, roles: Roles) -> Scored | str:
    """Who of a table's groups can be priced on the scores, or why nobody?

    Parameters
    ----------
    table : GroupTable
        Groups with their cells.
    profile : ScoreProfile
        Their scores.
    roles : Roles
        Which column decides.

    Returns
    -------
    Scored or str
        The groups large enough, the largest first; or what is missing for a second one.
    """
    assert roles.score is not None
    if roles.amount_kind == "weight":
        return "hulls are made of whole people, and survey weights are none"
    rows = {row.name: row for row in table.groups if row.kind == "group"}
    levels = profile.by(table.columns)
    groups, left_out = taking_part({name: levels[name] for name in rows if name in levels})
    if len(groups) < 2:
        reasons = [
            f"{name} has {why}; {FEWEST} of each are needed"
            for name, why in left_out.items()
        ]
        return "; ".join(reasons[:3]) or "fewer than two groups have scores and labels"
    distinct = {score for of in groups for score in of.scores[:2].tolist()}
    if len(distinct) < 2:
        return f"{roles.score} is the same for everybody"
    by_score = roles.prediction is None and roles.threshold is not None
    if by_score and profile.bits is None:
        assert roles.threshold is not None
        made = by_threshold(
            groups,
            roles.threshold,
            attribute=table.attribute,
            score=roles.score,
            left_out=left_out,
        )
    else:
        cells = [rows[of.name].cells for of in groups]
        made = by_decisions(
            groups,
            [here for here in cells if here is not None],
            attribute=table.attribute,
            score=roles.score,
            left_out=left_out,
        )
    if not 0 < made.selection_rate < 1:
        return "everybody is decided on alike, so there is nothing to share out"
    return made


def price_findings(
    tables: tuple[GroupTable, ...],
    profile: ScoreProfile | None,
    roles: Roles,
    *,
    tolerance: float | None,
    seed: int,
) -> Iterator[tuple[GroupTable, Finding | Note, JointGap | None]]:
    """Price the main criteria on every table, or say why a table is left out.

    Parameters
    ----------
    tables : tuple of GroupTable
        The tables of the audit.
    profile : ScoreProfile, optional
        People by score; without it there is nothing to price.
    roles : Roles
        Which column decides.
    tolerance : float, optional
        The gap that is accepted.
    seed : int
        For the intervals.

    Yields
    ------
    tuple of (GroupTable, Finding or Note, JointGap or None)
        The last is how near the two groups of the table's bill come.
    """
    if profile is None or roles.label is None or roles.score is None:
        return
    for table in tables:
        made = scored_table(table, profile, roles)
        if isinstance(made, str):
            note = Note(
                id=f"no_prices_{table.attribute}",
                kind="limit",
                text=f"What criteria would cost on {roles.score} was not computed for "
                f"{table.attribute}: {made}.",
            )
            yield table, note, None
            continue
        rng = generator(seed, "prices", table.attribute)
        finding = price_finding(made, tolerance=tolerance, rng=rng)
        yield table, finding, _of_the_bill(table, made, finding, seed=seed)


def _of_the_bill(
    table: GroupTable, made: Scored, finding: Finding, *, seed: int
) -> JointGap | None:
    """Give the joint gap of the bill's two groups, where both take part."""
    pair = headline_pair(table)
    if isinstance(pair, str):
        return None
    names = {row.name for row in pair}
    groups = tuple(of for of in made.groups if of.name in names)
    if len(groups) < 2:
        return None
    if len(groups) == len(made.groups):
        return three_of(finding)
    cells = [row.cells for of in groups for row in pair if row.name == of.name]
    alone = by_decisions(
        groups,
        [here for here in cells if here is not None],
        attribute=made.attribute,
        score=made.score,
        left_out={},
    )
    if made.today is not None:
        alone = replace(alone, today={of.name: made.today[of.name] for of in groups})
    return joint_gap_on_scores(alone, rng=generator(seed, "pair", table.attribute))
