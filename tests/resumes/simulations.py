"""Outcomes without any gap, of designs that differ in how names meet résumés."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
Made = tuple[Array, Array, Array]
Design = Callable[..., Made]
NOISE = 0.6


def reused(
    rng: np.random.Generator, *, name_sd: float, groups: int = 2, count: int = 120
) -> Made:
    """One pair of five names a group on every résumé."""
    effects = rng.normal(0, name_sd, (groups, 5))
    which = rng.integers(0, 5, (count, groups))
    level = rng.normal(size=(count, 1)) + effects[np.arange(groups)[None], which]
    names = np.array([[f"{g}-{k}" for g, k in enumerate(row)] for row in which])
    return level + rng.normal(0, NOISE, level.shape), names, np.arange(count)


def crossed(
    rng: np.random.Generator, *, name_sd: float, groups: int = 2, count: int = 50
) -> Made:
    """Four names a group, each on every résumé."""
    effects = rng.normal(0, name_sd, (groups, 4))
    resumes, which = np.repeat(np.arange(count), 4), np.tile(np.arange(4), count)
    level = rng.normal(size=count)[resumes][:, None] + effects[:, which].T
    names = np.array([[f"{g}-{k}" for g in range(groups)] for k in which])
    return level + rng.normal(0, NOISE, level.shape), names, resumes


def fresh(
    rng: np.random.Generator, *, name_sd: float, groups: int = 2, count: int = 120
) -> Made:
    """New names for every résumé."""
    level = rng.normal(size=(count, 1)) + rng.normal(0, name_sd, (count, groups))
    names = np.array([[f"{g}-{k}" for g in range(groups)] for k in range(count)])
    return level + rng.normal(0, NOISE, level.shape), names, np.arange(count)
