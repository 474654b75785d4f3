"""Probabilities of counts at true rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.stats import binom

if TYPE_CHECKING:
    from numpy.typing import NDArray


def probabilities(people: int, rates: NDArray[Any]) -> NDArray[Any]:
    """Give the probability of each count (columns) at each rate (rows)."""
    return np.asarray(binom.pmf(np.arange(people + 1)[None, :], people, rates[:, None]))
