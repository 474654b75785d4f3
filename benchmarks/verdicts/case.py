"""One setting that is simulated: what is drawn, what is watched, and what must hold."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from fairaudit.core.value import value

if TYPE_CHECKING:
    import numpy as np

Trial = Callable[["np.random.Generator"], Sequence[float]]
"""Draws the data of one audit, judges them, and gives a number for everything watched."""

STANDARD_ERRORS = 2
"""A bound is missed beyond so many Monte Carlo standard errors of it."""

DIGITS = 6
"""Decimals that are recorded."""

DIGITS = 6
"""Decimals that are recorded."""


@value
class Watched:
    """One number per run, averaged over runs: usually whether something happened, 0 or 1.

    `bound` is what the average must be at most, at least or about; `None` where it is only
    reported. `within` is the difference that "about" forgives before sampling error.
    """

    settings: dict[str, str]
    what: str
    side: Literal["at most", "at least", "about"] = "at most"
    bound: float | None = None
    within: float = 0.0


@value
class Case:
    """One setting. `weight` scales the number of runs where a run is dear."""

    section: str
    settings: dict[str, str]
    watched: tuple[Watched, ...]
    trial: Trial
    weight: float = 1.0

    @property
    def id(self) -> str:
        """Name the case; its random numbers hang on the name."""
        settings = ", ".join(f"{name} {what}" for name, what in self.settings.items())
        return f"{self.section}: {settings}"


@value
class Result:
    """What was seen of one watched number, beside its bound.

    `met` tells whether the value keeps to the bound but for `within` and sampling error;
    `None` where nothing was claimed.
    """

    section: str
    settings: dict[str, str]
    what: str
    runs: int
    value: float
    standard_error: float
    side: Literal["at most", "at least", "about"]
    bound: float | None
    within: float
    met: bool | None


def result(
    case: Case, watched: Watched, *, runs: int, total: float, squares: float
) -> Result:
    """Average one watched number over the runs of a case and hold it against its bound.

    Returns
    -------
    Result
        The standard error of a share b that is bounded is sqrt(b (1 − b) / runs), so that
        seeing nothing is not mistaken for certainty.
    """
    mean = total / runs
    error = math.sqrt(max(0.0, squares / runs - mean**2) / runs)
    if watched.bound is not None and watched.side != "about":
        error = math.sqrt(watched.bound * (1 - watched.bound) / runs)
    return Result(
        section=case.section,
        settings={**case.settings, **watched.settings},
        what=watched.what,
        runs=runs,
        value=round(mean, DIGITS),
        standard_error=round(error, DIGITS),
        side=watched.side,
        bound=watched.bound,
        within=watched.within,
        met=_met(watched, mean, error),
    )


def _met(watched: Watched, mean: float, error: float) -> bool | None:
    """Tell whether an average keeps to its bound, sampling error granted."""
    if watched.bound is None:
        return None
    above = mean - watched.bound
    off = {"at most": above, "at least": -above, "about": abs(above)}[watched.side]
    return off <= watched.within + STANDARD_ERRORS * error
