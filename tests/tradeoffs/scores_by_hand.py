"""Groups with scores for the tests of prices: the reference's, and small ones."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from fairaudit.feasibility.hull import steps
from fairaudit.tradeoffs.scored import Scored, by_threshold

REFERENCE = Path(__file__).parents[1] / "reference" / "incompatibility.json"


@cache
def reference(number: int) -> dict[str, Any]:
    """Give one case of the reference."""
    case: dict[str, Any] = json.loads(REFERENCE.read_text())["achievable"][number]
    return case


def scored(case: dict[str, Any], times: int = 1) -> Scored:
    """Decide on a case's people by its threshold, each of them `times` over."""
    groups = [
        steps(
            name,
            range(len(table)),
            *([times * people for people in column] for column in zip(*table, strict=True)),
        )
        for name, table in case["score_level_tables_pos_neg"].items()
    ]
    return by_threshold(
        groups,
        case["select_levels_from_index"],
        attribute="race",
        score="decile",
        left_out={"Other": "few"},
    )
