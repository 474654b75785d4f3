"""The reference cases of what can be achieved, as regions and questions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fairaudit.feasibility.hull import steps
from fairaudit.feasibility.regions import regions

if TYPE_CHECKING:
    from fairaudit.feasibility.regions import Regions

REFERENCE = Path(__file__).parents[1] / "reference" / "incompatibility.json"


def tables(case: dict[str, Any]) -> Regions:
    """Read a case's tables, whose levels run from the lowest score up."""
    return regions(
        [
            steps(name, range(len(table)), *zip(*table, strict=True))
            for name, table in case["score_level_tables_pos_neg"].items()
        ]
    )


def selection_rate(case: dict[str, Any]) -> float:
    """Give the share of people at or above the case's threshold."""
    all_levels = list(case["score_level_tables_pos_neg"].values())
    start = case["select_levels_from_index"]
    selected = sum(sum(level) for table in all_levels for level in table[start:])
    return float(selected / sum(sum(level) for table in all_levels for level in table))


@pytest.fixture(scope="session")
def reference() -> dict[str, Any]:
    """Give the reference file."""
    found: dict[str, Any] = json.loads(REFERENCE.read_text())
    return found


@pytest.fixture(scope="session")
def compas(reference: dict[str, Any]) -> Regions:
    """Give the COMPAS deciles of the two large groups."""
    return tables(reference["achievable"][0])
