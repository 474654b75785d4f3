"""How the comparisons of a criterion join into one status."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.core.evidence import Comparison, StratifiedComparison
    from fairaudit.core.verdict import Judgement, MissingData


def decide(
    comparisons: Sequence[Comparison | StratifiedComparison], missing: MissingData
) -> Judgement:
    """Join the comparisons: one failure fails, all in scope must pass, else undecided."""
    if any(one.status == "fail" for one in comparisons):
        return "fail"
    inside = [one for one in comparisons if one.in_scope]
    passed = bool(inside) and all(one.status == "pass" for one in inside)
    return "pass" if passed and not missing.blocks_pass else "undecided"
