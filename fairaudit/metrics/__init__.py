"""Rates by group, and array functions with fairlearn's names that raise where 0/0 is.

There is a function for every rate (`selection_rate`), for every rate over groups
(`selection_rate_difference`, `_ratio`, `_group_min`, `_group_max`) and for every criterion
(`demographic_parity_difference`, `_ratio`). `dir` lists them. `estimate` gives any of them
with its interval. In the place of fairlearn's `MetricFrame` stands `fairaudit.audit`.

Examples
--------
>>> from fairaudit.metrics import demographic_parity_difference
>>> groups = ["a", "a", "b", "b"]
>>> demographic_parity_difference([1, 0, 1, 0], [1, 1, 1, 0], sensitive_features=groups)
0.5
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fairaudit.metrics.array_estimates import estimate as estimate


def __getattr__(name: str) -> Any:  # noqa: ANN401 - mostly functions that give a number
    """Make the functions on first use, so that importing the room costs nothing."""
    if name == "estimate":
        from fairaudit.metrics.array_estimates import estimate as found

        return found
    if name == "__all__":
        return __dir__()
    if not name.startswith("_"):
        from fairaudit.metrics.array_functions import functions

        if name in functions():
            return functions()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the functions."""
    from fairaudit.metrics.array_functions import functions

    return sorted(["estimate", *functions()])
