"""Every section of the simulation, in the order of the page."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from benchmarks.verdicts import (
    alike,
    balance,
    calibration,
    enough_rows,
    false_fail,
    false_fail_elsewhere,
    false_pass,
    false_pass_elsewhere,
    growth,
    missing,
    noise,
    plain_gate,
    real_gaps,
    scope,
)

if TYPE_CHECKING:
    from benchmarks.verdicts.section import Section


@lru_cache(maxsize=1)
def suite() -> tuple[Section, ...]:
    """Make all sections once per process."""
    modules = (
        false_fail,
        false_fail_elsewhere,
        false_pass,
        false_pass_elsewhere,
        real_gaps,
        enough_rows,
        scope,
        missing,
        plain_gate,
        noise,
        calibration,
        balance,
        alike,
        growth,
    )
    return tuple(module.section() for module in modules)
