"""AUC and calibration of twelve groups, against a loop over scikit-learn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.ratios.line import Line, at_least_times
from benchmarks.ratios.rounds import cpu_seconds, in_turn

if TYPE_CHECKING:
    from benchmarks.ratios.rounds import Effort
    from fairaudit.criteria.scored_groups import ScoredGroups

GROUPS = 12
_KEPT = 4
"""Decimals of scores that are few enough to be counted exactly."""


def measure(effort: Effort) -> list[Line]:
    """Measure a million people: with scores of four decimals, and all distinct."""
    rows = effort.rows(1_000_000, 200_000)
    lines = []
    for decimals, what in (
        (_KEPT, "10,000 distinct scores"),
        (None, "all scores distinct"),
    ):
        people = _people(rows, decimals)
        exact = decimals is not None
        _same_areas(people, within=1e-9 if exact else 1e-3)
        times = in_turn(
            {
                "ours": cpu_seconds(lambda people=people: _ours(people)),  # type: ignore[misc]
                "loop": cpu_seconds(lambda people=people: _loop(people)),  # type: ignore[misc]
            },
            effort.rounds,
        )
        lines.append(
            at_least_times(
                10,
                f"AUC and calibration, {GROUPS} groups, {rows:,} rows, {what}",
                "`roc_auc_score` and `calibration_curve` per group",
                ours=times["ours"],
                peers=times["loop"],
                note="equal areas" if exact else "areas within the error that is stated",
            )
        )
    return lines


def _people(rows: int, decimals: int | None) -> dict[str, Any]:
    import numpy as np

    rng = np.random.default_rng(20264)
    scores = rng.beta(2, 3, rows)
    return {
        "group": rng.integers(0, GROUPS, rows),
        "label": (rng.random(rows) < scores).astype(np.int64),
        "score": scores if decimals is None else scores.round(decimals),
    }


def _scored(people: dict[str, Any]) -> ScoredGroups:
    """Count by score, and cut the groups into bands."""
    from fairaudit.criteria.scored_groups import scored_groups
    from fairaudit.engines import open_table
    from fairaudit.metrics.by_group import TableSettings, group_table
    from fairaudit.tally.count_query import tally
    from fairaudit.tally.roles import Wanted, find_roles

    wanted = Wanted(groups=("group",), label="label", score="score", threshold=0.5)
    with open_table(people) as table:
        roles = find_roles(wanted, table.columns, where="people").roles
        counted = tally(table, roles, profile=True)
    settings = TableSettings(compare="pairs", withheld={})
    assert counted.profile is not None
    return scored_groups(counted.profile, group_table(counted.counts, ("group",), settings))


def _ours(people: dict[str, Any]) -> dict[str, float]:
    """Give areas with their intervals; shares and mean scores of ten bands are counted."""
    from fairaudit.inference.auc import auc_estimate, ranking

    groups = _scored(people)
    return {
        side.name: auc_estimate(
            ranking(side.table.positives, side.table.negatives), "none"
        ).value
        or 0.0
        for side in groups.sides
    }


def _loop(people: dict[str, Any]) -> dict[str, float]:
    """Do the same with scikit-learn, group by group, without intervals."""
    from sklearn.calibration import calibration_curve
    from sklearn.metrics import roc_auc_score

    areas = {}
    for group in range(GROUPS):
        inside = people["group"] == group
        label, score = people["label"][inside], people["score"][inside]
        areas[str(group)] = float(roc_auc_score(label, score))
        calibration_curve(label, score, n_bins=10, strategy="quantile")
    return areas


def _same_areas(people: dict[str, Any], *, within: float) -> None:
    """Refuse to compare two answers that differ."""
    ours, theirs = _ours(people), _loop(people)
    for group, area in theirs.items():
        if abs(ours[group] - area) > within:
            raise RuntimeError(f"group {group}: {ours[group]} and {area}")
